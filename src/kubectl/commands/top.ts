// kubectl top: what nodes and pods use, where a metrics server is installed. k8s.io/kubectl/pkg/cmd/top,
// pkg/metricsutil/metrics_printer.go.
import { parseSelector } from '../../kinds/machinery/labels.ts'
import { quantityMilliValue, quantityValue } from '../../kinds/machinery/quantity.ts'
import type { KubeObject } from '../../kinds/object.ts'
import type { Quantity } from '../../kinds/schema/types.ts'
import type { Command } from '../command.ts'
import type { Context } from '../context.ts'
import type { ResourceOf } from '../discovery.ts'
import { CommandError } from '../errors.ts'
import { TabWriter } from '../print/tab-writer.ts'
import { byCodePoint } from '../print/values.ts'

const group = 'metrics.k8s.io'
const mebibyte = 2 ** 20

interface Usage {
  readonly cpu: number
  readonly memory: number
}
/** What the metrics server tells of a node, or of a container of a pod. */
interface Used {
  readonly usage: { readonly cpu: Quantity; readonly memory: Quantity }
}
interface NodeMetrics extends KubeObject, Used {}
interface PodMetrics extends KubeObject {
  readonly containers: readonly (Used & { readonly name: string })[]
}
interface Metrics {
  readonly nodes: NodeMetrics
  readonly pods: PodMetrics
}

const measures = { cpu: quantityMilliValue, memory: quantityValue }
const usageOf = ({ usage: { cpu, memory } }: Used): Usage => ({
  cpu: measures.cpu(cpu),
  memory: measures.memory(memory),
})
const sum = (list: readonly Usage[]): Usage =>
  list.reduce((a, b) => ({ cpu: a.cpu + b.cpu, memory: a.memory + b.memory }), { cpu: 0, memory: 0 })
const cells = ({ cpu, memory }: Usage): string[] => [
  `${Math.ceil(cpu)}m`,
  `${Math.floor(memory / mebibyte)}Mi`,
]

function metricsOf<Plural extends keyof Metrics>(
  ctx: Context,
  plural: Plural,
  namespace: string,
  query: Record<string, string>,
): Metrics[Plural][] {
  // Which servers stand behind this one is asked first.
  ctx.client.call({ method: 'GET', path: '/apis' })
  const resource: ResourceOf<Metrics[Plural]> | undefined = ctx.discovery.resources.find(
    r => r.group === group && r.plural === plural,
  )
  if (!resource) throw new CommandError('Metrics API not available')
  const [name] = ctx.args
  if (name) return [ctx.client.get(resource, namespace, name)]
  return ctx.client.list(resource, namespace, query).items
}

function checkFlags(ctx: Context): void {
  const sortBy = ctx.flags.string('sort-by')
  if (sortBy && sortBy !== 'cpu' && sortBy !== 'memory')
    throw new CommandError('--sort-by accepts only cpu or memory')
  if (ctx.args.length > 1) throw ctx.usageError(`${ctx.name} [NAME | -l label]`)
  const selector = ctx.flags.string('selector')
  if (ctx.args.length && selector) throw new CommandError('only one of NAME or selector can be provided')
  const parsed = parseSelector(selector)
  if ('error' in parsed) throw new CommandError(parsed.error)
}

/** The most used first where that is asked for, by name else. */
function sorted<T extends { readonly key: string; readonly usage: Usage }>(ctx: Context, rows: T[]): T[] {
  const by = ctx.flags.string('sort-by') as keyof Usage | ''
  return rows.sort((a, b) => (by && b.usage[by] - a.usage[by]) || byCodePoint(a.key, b.key))
}

/** Every cell ends in a tab, the last one too. */
function print(ctx: Context, header: readonly string[], rows: readonly (readonly string[])[]): void {
  const writer = new TabWriter(text => ctx.out(text))
  if (!ctx.flags.bool('no-headers')) writer.write(`${header.join('\t')}\t\n`)
  for (const row of rows) writer.write(`${row.join('\t')}\t\n`)
  writer.flush()
}

export const top: Command = {
  name: 'top',
  help: 'stderr',
  commands: [
    {
      name: 'node',
      aliases: ['nodes', 'no'],
      flags: 'no-headers selector,l:s show-capacity show-swap sort-by:s use-protocol-buffers=true',
      idle: 'show-swap',
      unseen: 'use-protocol-buffers',
      *run(ctx) {
        checkFlags(ctx)
        const labelSelector = ctx.flags.string('selector')
        const metrics = metricsOf(ctx, 'nodes', '', labelSelector ? { labelSelector } : {})
        if (!metrics.length) throw new CommandError('metrics not available yet')
        const nodes = ctx.discovery.known('nodes')
        const list = sorted(
          ctx,
          metrics.map(m => ({ key: m.metadata.name, usage: usageOf(m) })),
        )
        const rows = list.map(({ key, usage }) => {
          const { status } = ctx.client.get(nodes, '', key)
          const all = ctx.flags.bool('show-capacity') ? status.capacity : status.allocatable
          const [cpu, memory] = cells(usage)
          // A node that has not told how much it has gets no such cell (printAllResourceUsages).
          const share = (what: keyof Usage) =>
            all?.[what] === undefined
              ? []
              : [`${Math.floor((usage[what] / measures[what](all[what])) * 100)}%`]
          return [key, cpu!, ...share('cpu'), memory!, ...share('memory')]
        })
        print(ctx, ['NAME', 'CPU(cores)', 'CPU(%)', 'MEMORY(bytes)', 'MEMORY(%)'], rows)
        return 0
      },
    },
    {
      name: 'pod',
      aliases: ['pods', 'po'],
      flags:
        'all-namespaces,A containers field-selector:s no-headers selector,l:s show-swap sort-by:s sum use-protocol-buffers=true',
      idle: 'show-swap',
      unseen: 'use-protocol-buffers',
      *run(ctx) {
        checkFlags(ctx)
        const { flags, allNamespaces } = ctx
        const namespace = allNamespaces ? '' : ctx.namespace
        const [labelSelector, fieldSelector] = [flags.string('selector'), flags.string('field-selector')]
        const query = { ...(labelSelector && { labelSelector }), ...(fieldSelector && { fieldSelector }) }
        const metrics = metricsOf(ctx, 'pods', namespace, query)
        if (!metrics.length) {
          const pods = ctx.client.list(ctx.discovery.known('pods'), namespace, query).items
          if (pods.length) throw new CommandError('metrics not available yet')
          ctx.err(namespace ? `No resources found in ${namespace} namespace.\n` : 'No resources found\n')
          return 0
        }
        const list = sorted(
          ctx,
          metrics.map(({ metadata, containers }) => ({
            key: `${metadata.namespace}/${metadata.name}`,
            metadata,
            containers: containers.map(c => ({ name: c.name, usage: usageOf(c) })),
            usage: sum(containers.map(usageOf)),
          })),
        )
        const byContainer = flags.bool('containers')
        const start = (name: string) => (allNamespaces ? [name] : [])
        const rows = list.flatMap(({ metadata, containers, usage }): string[][] =>
          byContainer
            ? containers.map(c => [
                ...start(metadata.namespace ?? ''),
                metadata.name,
                c.name,
                ...cells(c.usage),
              ])
            : [[...start(metadata.namespace ?? ''), metadata.name, ...cells(usage)]],
        )
        if (flags.bool('sum')) {
          const blanks = [...start(''), ...(byContainer ? [''] : [])]
          rows.push([...blanks, '', '________', '________'])
          rows.push([...blanks, '', ...cells(sum(list.map(l => l.usage)))])
        }
        const header = byContainer ? ['POD', 'NAME'] : ['NAME']
        print(ctx, [...start('NAMESPACE'), ...header, 'CPU(cores)', 'MEMORY(bytes)'], rows)
        return 0
      },
    },
  ],
}
