// `ssh NODE` and `node-exec NODE`: commands that run on a node, with its name, its network and its files.
import { Client } from '../api/client.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { nodePrograms } from '../cluster/node-tools.ts'
import type { Process, Program } from '../engine/process.ts'
import type { Task } from '../engine/task.ts'
import type { AnyObject } from '../kinds/object.ts'
import { programs, type Tool, ToolError, tool } from '../shell/command.ts'
import { bash } from '../shell/dialect.ts'
import { shellProgram } from '../shell/sh.ts'
import { tools } from '../shell/tools/index.ts'
import { stringifyYaml } from '../yaml/stringify.ts'

const masterName = 'k8s-master'

/** What the API adds to a static pod that its manifest does not say. */
const added = new Set([
  'nodeName',
  'restartPolicy',
  'terminationGracePeriodSeconds',
  'dnsPolicy',
  'schedulerName',
  'tolerations',
  'enableServiceLinks',
  'preemptionPolicy',
  'priority',
  'terminationMessagePath',
  'terminationMessagePolicy',
])
const withoutAdded = (object: object) =>
  Object.fromEntries(Object.entries(object).filter(([key]) => !added.has(key)))

/** /etc/kubernetes/manifests of each node, by the static pods that it shows in the API. */
function writeManifests({ api, kubelets }: Cluster): void {
  const pods = new Client(api, 'kubelet').resource('pods')
  for (const { metadata, spec } of pods.list({ namespace: 'kube-system' }) as AnyObject[]) {
    const { name, namespace, labels, annotations = {} } = metadata
    const files = annotations['kubernetes.io/config.mirror'] && kubelets.get(spec.nodeName)?.files
    if (!files) continue
    const own = Object.entries(annotations).filter(([key]) => !key.startsWith('kubernetes.io/config.'))
    const short = name.slice(0, -spec.nodeName.length - 1)
    files.mkdir(manifests, { parents: true })
    files.write(
      `${manifests}/${short}.yaml`,
      stringifyYaml({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          ...(own.length && { annotations: Object.fromEntries(own) }),
          labels,
          name: short,
          namespace,
        },
        spec: { ...withoutAdded(spec), containers: spec.containers.map(withoutAdded) },
        status: {},
      }),
      { mode: 0o600 },
    )
  }
}

const manifests = '/etc/kubernetes/manifests'

/** Everyone is root on a node: sudo runs the command as it stands. */
const sudo = tool('sudo', 'run a command as root', function* (process) {
  const args = process.argv.slice(1)
  while (/^-/.test(args[0] ?? '')) {
    const option = args.shift()!
    if (option === '-i' || option === '-s') args.unshift(...(args.length ? [] : ['bash']))
    if (/^-[ug]$/.test(option)) args.shift()
  }
  const start = args.findIndex(arg => !/^\w+=/.test(arg))
  const argv = start < 0 ? [] : args.slice(start)
  const env = new Map(process.env)
  for (const setting of args.slice(0, args.length - argv.length))
    env.set(setting.slice(0, setting.indexOf('=')), setting.slice(setting.indexOf('=') + 1))
  if (!argv.length) throw new ToolError('usage: sudo [-u user] [VAR=value] command [arg ...]')
  const program = process.find(argv[0]!)
  if (!program) throw new ToolError(`sudo: ${argv[0]}: command not found`)
  return yield* program({ ...process, argv, env })
})

/** `control` is what the control plane's machine has too: kubectl, with the administrator's kubeconfig. */
export function nodeTools(cluster: Cluster, control: { kubectl: Program; kubeconfig: string }): Tool[] {
  writeManifests(cluster)
  const master = cluster.kubelets.get(masterName)?.files
  for (const path of ['/etc/kubernetes/admin.conf', '/root/.kube/config']) {
    master?.mkdir(path.slice(0, path.lastIndexOf('/')), { parents: true })
    master?.write(path, control.kubeconfig, { mode: 0o600 })
  }
  const shell = shellProgram(bash)
  const common = [
    ...tools,
    { name: 'bash', summary: '', run: shell },
    { name: 'sh', summary: '', run: shell },
    sudo,
  ]

  function* on(process: Process, name: string, argv: readonly string[], unknown: string): Task<number> {
    const node = cluster.network.node(name)
    const own = nodePrograms(cluster, name)
    const files = cluster.kubelets.get(name)?.files
    if (!node || !own || !files) throw new ToolError(unknown, 255)
    const find = programs([
      ...common,
      ...own,
      ...(name === masterName ? [{ name: 'kubectl', summary: '', run: control.kubectl }] : []),
    ])
    const program = find(argv[0]!)
    if (!program) throw new ToolError(`bash: line 1: ${argv[0]}: command not found`, 127)
    return yield* program({
      ...process,
      argv,
      env: new Map([...process.env, ['HOME', '/root'], ['USER', 'root']]),
      cwd: '/root',
      user: 'root',
      hostname: name,
      files,
      network: node.network,
      find,
    })
  }

  return [
    tool('node-exec', "run a command in a node's network: node-exec NODE COMMAND", function* (process) {
      const [, name, ...argv] = process.argv
      if (!name || argv.length === 0) throw new ToolError('usage: node-exec NODE COMMAND [ARGUMENT…]', 2)
      return yield* on(process, name, argv, `node-exec: no such node: ${name}`)
    }),
    tool('ssh', 'open a shell on a node: ssh NODE [COMMAND]', function* (process) {
      const args = process.argv.slice(1)
      while (args[0]?.startsWith('-')) if (/^-[iloFJp]$/.test(args.shift()!)) args.shift()
      const [target, ...command] = args
      if (!target) throw new ToolError('usage: ssh NODE [COMMAND]', 255)
      const name = target.replace(/^.*@/, '')
      const argv = command.length ? ['bash', '-c', command.join(' ')] : ['bash']
      return yield* on(
        process,
        name,
        argv,
        `ssh: Could not resolve hostname ${name}: Name or service not known`,
      )
    }),
  ]
}
