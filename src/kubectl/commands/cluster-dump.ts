// kubectl cluster-info dump: lists of objects, and the logs of the pods, on stdout or as files
// (kubectl pkg/cmd/clusterinfo/clusterinfo_dump.go).

import type { Pod } from '../../kinds/schema/types.ts'
import { stringifyYaml } from '../../yaml/stringify.ts'
import { pathOf } from '../client.ts'
import type { Command } from '../command.ts'
import type { Context } from '../context.ts'
import { isOurs } from '../errors.ts'
import { makePrinter } from '../print/printers.ts'
import { jsonText } from '../print/values.ts'

/** What is dumped of a namespace before its pods, in this order, and the names of the files. */
const lists = [
  ['events', '', 'events'],
  ['replicationcontrollers', '', 'replication-controllers'],
  ['services', '', 'services'],
  ['daemonsets', 'apps', 'daemonsets'],
  ['deployments', 'apps', 'deployments'],
  ['replicasets', 'apps', 'replicasets'],
] as const

interface Dump {
  /** `default/pods`: the name of a file without its ending. */
  readonly list: (name: string, list: object) => void
  readonly text: (name: string, text: string) => void
  readonly finish: () => void
}

function onStdout(ctx: Context): Dump {
  const print = makePrinter(ctx, { typed: true })
  return { list: (_, list) => print(list), text: (_, text) => ctx.out(text), finish: () => {} }
}

/** A file for each below a directory: `nodes.json`, `default/pods.json`, `default/web/logs.txt`. */
function intoFiles(ctx: Context, directory: string): Dump {
  const { files } = ctx.process
  const yaml = ctx.flags.string('output') === 'yaml'
  const write = (name: string, text: string) => {
    const path = ctx.file(`${directory}/${name}`)
    files.mkdir(path.slice(0, path.lastIndexOf('/')), { parents: true })
    files.write(path, text)
  }
  return {
    list: (name, list) =>
      write(`${name}.${yaml ? 'yaml' : 'json'}`, yaml ? stringifyYaml(list) : jsonText(list)),
    text: (name, text) => write(`${name}.txt`, text),
    finish: () => ctx.line(`Cluster info dumped to ${directory}`),
  }
}

export const clusterInfoDump: Command = {
  name: 'dump',
  flags: `all-namespaces,A allow-missing-template-keys=true namespaces:l output,o:s=json output-directory:s
    pod-running-timeout:d=20s show-managed-fields template:s`,
  *run(ctx) {
    const directory = ctx.flags.string('output-directory')
    const dump = directory && directory !== '-' ? intoFiles(ctx, directory) : onStdout(ctx)
    dump.list('nodes', ctx.client.list(ctx.discovery.known('nodes'), ''))
    const given = ctx.flags.list('namespaces')
    const namespaces: string[] = ctx.flags.bool('all-namespaces')
      ? ctx.client.list(ctx.discovery.known('namespaces'), '').items.map(n => n.metadata.name)
      : given.length
        ? given
        : ['kube-system', ctx.namespace]
    for (const namespace of namespaces) {
      for (const [plural, group, name] of lists) {
        dump.list(`${namespace}/${name}`, ctx.client.list(ctx.discovery.known(plural, group), namespace))
      }
      const pods = ctx.client.list(ctx.discovery.known('pods'), namespace)
      dump.list(`${namespace}/pods`, pods)
      for (const pod of pods.items) dump.text(`${namespace}/${pod.metadata.name}/logs`, logsOf(ctx, pod))
    }
    dump.finish()
    return 0
  },
}

function logsOf(ctx: Context, { metadata: { name, namespace }, spec }: Pod): string {
  const pods = ctx.discovery.known('pods')
  return [...(spec.initContainers ?? []), ...spec.containers]
    .map(({ name: container }) => {
      const of = `logs for container ${container} of pod ${namespace}/${name} ====\n`
      let text: string
      try {
        text = ctx.client.text({
          method: 'GET',
          path: pathOf(pods, namespace!, name, 'log'),
          query: { container },
        })
      } catch (error) {
        if (!(error instanceof Error) || !isOurs(error)) throw error
        text = `Request log error: ${error.message}\n`
      }
      return `==== START ${of}${text}==== END ${of}`
    })
    .join('')
}
