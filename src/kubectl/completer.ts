// Completion, for Tab in the lab's terminal and for `kubectl __complete`: commands, flags, resource types and the names of the objects that there are.
import type { ApiServer } from '../api/types.ts'
import { resources } from '../kinds/resources.ts'
import type { Completer } from '../shell/complete.ts'
import { type Command, subcommand } from './command.ts'
import { flagTable } from './flags.ts'
import { root } from './kubectl.ts'

/** Commands whose arguments are pods, workloads as TYPE/NAME, nodes, or no objects at all. */
const podCommands = new Set(['logs', 'exec', 'attach', 'port-forward', 'debug', 'cp'])
const nodeCommands = new Set(['cordon', 'uncordon', 'drain'])
const noObjects = new Set([
  'apply',
  'create',
  'run',
  'config',
  'version',
  'api-resources',
  'api-versions',
  'cluster-info',
  'options',
  'help',
  'proxy',
  'diff',
  'kustomize',
  'plugin',
  'completion',
  'auth',
])
const workloads = ['deployment', 'daemonset', 'statefulset']
const scalable = ['deployment', 'replicaset', 'replicationcontroller', 'statefulset']
const formats = ['json', 'yaml', 'name', 'wide', 'jsonpath=', 'custom-columns=', 'go-template=']

export function kubectlCompleter(api: ApiServer): Completer {
  const namesOf = (word: string, namespace: string): string[] => {
    const info = resources.find(r => r.plural === word || r.singular === word || r.shortNames.includes(word))
    if (!info) return []
    const base = info.group ? `/apis/${info.group}/${info.version}` : `/api/${info.version}`
    const scope = info.namespaced ? `/namespaces/${namespace}` : ''
    const { code, body } = api.handle({
      method: 'GET',
      path: `${base}${scope}/${info.plural}`,
      managedFields: false,
      looks: true,
    })
    return code === 200 ? body.items.map((item: { metadata: { name: string } }) => item.metadata.name) : []
  }

  return words => {
    if (words[0] !== 'kubectl') return undefined
    let list: readonly Command[] = root.commands ?? []
    let command: Command | undefined
    const path: string[] = []
    const args: string[] = []
    let namespace = 'default'
    let awaited = ''
    const last = words.at(-1)!
    for (const word of words.slice(1, -1)) {
      const flag = /^(-\w|--[\w-]+)(=.*)?$/.exec(word)
      if (awaited) {
        if (awaited === 'namespace') namespace = word
        awaited = ''
      } else if (flag) awaited = flag[2] === undefined ? valueFlag(command, flag[1]!) : ''
      else {
        const next: Command | undefined = args.length === 0 ? subcommand(list, word) : undefined
        if (next) {
          command = next
          path.push(next.name)
          list = next.commands ?? []
        } else args.push(word)
      }
    }
    if (awaited === 'namespace') return namesOf('namespaces', namespace)
    if (awaited === 'output') return formats
    if (awaited) return undefined
    if (last.startsWith('-')) {
      const flags = flagTable(`${command?.flags ?? ''} namespace,n:s context:s kubeconfig:s help,h`)
      return flags.map(({ name, type }) => (type === 'b' ? `--${name}` : `--${name}=`))
    }
    if (list.length && args.length === 0)
      return list.map(each => each.name).filter(name => !name.startsWith('__'))
    const verb = path[0] ?? ''
    if (path.includes('-f') || noObjects.has(verb) || !command) return undefined
    const slash = /^([\w.]+)\/(.*)$/.exec(last)
    if (slash) return namesOf(slash[1]!, namespace).map(name => `${slash[1]}/${name}`)
    if (podCommands.has(verb)) {
      if (args.length) return []
      return [...namesOf('pods', namespace), ...workloads.map(type => `${type}/`), 'service/']
    }
    if (nodeCommands.has(verb)) return namesOf('nodes', namespace)
    if (args.length === 0) {
      const types =
        verb === 'rollout'
          ? workloads
          : verb === 'scale'
            ? scalable
            : [...new Set(resources.map(r => r.plural))]
      return types
    }
    return args[0]!.includes('/') ? [] : namesOf(args[0]!, namespace)
  }
}

/** Name of the flag whose value comes next; '' where none does. */
function valueFlag(command: Command | undefined, flag: string): string {
  const specs = flagTable(`${command?.flags ?? ''} namespace,n:s`)
  const spec = specs.find(({ name, short }) => flag === `--${name}` || flag === `-${short}`)
  return spec && spec.alone === undefined ? spec.name : ''
}
