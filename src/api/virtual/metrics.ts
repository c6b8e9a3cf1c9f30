// metrics.k8s.io, as metrics-server serves it through the aggregation layer: made at each read from what a source says
// that pods and nodes use. Served only while there is a source. sigs.k8s.io/metrics-server/pkg/api.
import { formatTime } from '../../engine/engine.ts'
import type { AnyKind } from '../../kinds/kind.ts'
import { nameIsDNSSubdomain } from '../../kinds/machinery/names.ts'
import type { KubeObject } from '../../kinds/object.ts'
import type { ResourceInfo } from '../../kinds/resources.ts'
import type { Pod } from '../../kinds/schema/types.ts'
import { type Call, tableNamed } from '../call.ts'
import type { CustomResource } from '../custom/custom-resources.ts'
import { notFound } from '../errors.ts'
import type { Stored } from '../store.ts'
import type { Handler } from '../subresources/subresource.ts'
import { get, list } from '../verbs/read.ts'
import { renderList, renderObject } from '../view.ts'

/** CPU in millicores, memory in bytes. */
export interface Usage {
  readonly cpu: number
  readonly memory: number
}

export interface MetricsSource {
  /** By container; undefined where nothing is known of the pod (yet). */
  pod(pod: Pod): ReadonlyMap<string, Usage> | undefined
  node(node: KubeObject): Usage | undefined
}

export const metricsGroup = 'metrics.k8s.io'
const version = 'v1beta1'

const resource = (plural: string, kind: string, namespaced: boolean): ResourceInfo => ({
  group: metricsGroup,
  version,
  kind,
  plural,
  singular: '',
  namespaced,
  verbs: ['get', 'list'],
  shortNames: [],
  categories: [],
  schema: '',
  subresources: [],
})

type Quantities = ReturnType<typeof quantities>

/** NodeMetrics and PodMetrics: what the whole uses, or each container. */
interface Measured extends KubeObject {
  readonly timestamp: string
  readonly window: string
  readonly usage?: Quantities
  readonly containers?: readonly { readonly name: string; readonly usage: Quantities }[]
}

const columns = ['Name', 'Cpu', 'Memory', 'Window'].map((name, i) => ({
  name,
  type: 'string' as const,
  format: i ? ('' as const) : ('name' as const),
  priority: 0 as const,
}))

function row({ metadata, usage, containers = [], window }: Measured): string[] {
  const all = usage ? [usage] : containers.map(each => each.usage)
  const total = (what: 'cpu' | 'memory') => all.reduce((n, each) => n + Number.parseInt(each[what], 10), 0)
  return [metadata.name, `${total('cpu')}n`, `${total('memory')}Ki`, window]
}

export const metricsResources: readonly {
  kind: AnyKind
  resource: ResourceInfo
  custom: CustomResource
}[] = [resource('nodes', 'NodeMetrics', false), resource('pods', 'PodMetrics', true)].map(info => {
  const { subresources: _, ...names } = info
  return {
    resource: info,
    kind: { ...names, nameRule: nameIsDNSSubdomain, row },
    custom: { columns, decode: (value: unknown) => ({ object: value as KubeObject, strict: [] }) },
  }
})

const quantities = ({ cpu, memory }: Usage) => ({
  cpu: `${Math.round(cpu * 1e6)}n`,
  memory: `${Math.round(memory / 1024)}Ki`,
})

function measured(call: Call, object: KubeObject): Stored | undefined {
  const { engine, metrics } = call.server
  const isPod = call.resource.namespaced
  const containers = isPod ? metrics?.pod(object as Pod) : undefined
  const usage = isPod ? undefined : metrics?.node(object)
  if (!containers && !usage) return undefined
  const { name, namespace, labels } = object.metadata
  const timestamp = formatTime(engine.now)
  const shown: Measured = {
    kind: call.resource.kind,
    apiVersion: `${metricsGroup}/${version}`,
    metadata: {
      name,
      ...(namespace && { namespace }),
      creationTimestamp: timestamp,
      ...(labels && { labels }),
    },
    timestamp,
    window: '15s',
    ...(containers
      ? { containers: [...containers].map(([name, used]) => ({ name, usage: quantities(used) })) }
      : { usage: quantities(usage!) }),
  }
  return { object: shown, managed: undefined }
}

/** The same request, about the objects that are measured. */
const about = (call: Call): Call => ({
  ...call,
  resource: call.server.registry.named(call.resource.plural)!,
  table: tableNamed(call, call.resource.plural),
})

const handlers: { get: Handler; list: Handler } = {
  get(call) {
    const found = measured(call, get(about(call)).object)
    if (!found) throw notFound(call.resource, call.name!)
    return { code: 200, body: renderObject(call, found) }
  },
  list(call) {
    const { items, revision } = list(about(call))
    return {
      code: 200,
      body: renderList(call, { items: items.flatMap(i => measured(call, i.object) ?? []), revision }),
    }
  },
}

export const metrics = { [`nodes.${metricsGroup}`]: handlers, [`pods.${metricsGroup}`]: handlers }
