// `ssh NODE` and `node-exec NODE`: commands that run on a node, with its name, its network and its files.
import type { Cluster } from '../cluster/cluster.ts'
import { nodePrograms } from '../cluster/node-tools.ts'
import { findUser, groupsOf } from '../engine/accounts.ts'
import type { Identity } from '../engine/identity.ts'
import type { Process } from '../engine/process.ts'
import { sleep, type Task } from '../engine/task.ts'
import { UserFiles } from '../engine/user-files.ts'
import { programs, type Tool, ToolError, tool } from '../shell/command.ts'
import { bash } from '../shell/dialect.ts'
import { shellProgram } from '../shell/sh.ts'
import { tools } from '../shell/tools/index.ts'
import { dockerOn } from './docker-access.ts'
import { type Control, masterName } from './node-access.ts'

/** How long the kernel asks on its own wire for a neighbour that does not answer. */
const noRouteMs = 3000

/** Everyone is root on a node: sudo runs the command as it stands, or as another user by that one's rights. */
const sudo = tool('sudo', 'run a command as root or another user', function* (process) {
  const args = process.argv.slice(1)
  let user = ''
  while (/^-/.test(args[0] ?? '')) {
    const option = args.shift()!
    if (option === '-i' || option === '-s') args.unshift(...(args.length ? [] : ['bash']))
    if (option === '-u') user = args.shift() ?? ''
    else if (option === '-g') args.shift()
  }
  const start = args.findIndex(arg => !/^\w+=/.test(arg))
  const argv = start < 0 ? [] : args.slice(start)
  const env = new Map(process.env)
  for (const setting of args.slice(0, args.length - argv.length))
    env.set(setting.slice(0, setting.indexOf('=')), setting.slice(setting.indexOf('=') + 1))
  if (!argv.length) throw new ToolError('usage: sudo [-u user] [VAR=value] command [arg ...]')
  const program = process.find(argv[0]!)
  if (!program) throw new ToolError(`sudo: ${argv[0]}: command not found`)
  return yield* program({ ...process, argv, env, ...(user && asUser(process, user)) })
})

/** What a process of another user has in its place. */
function asUser({ files }: Process, name: string): Partial<Process> {
  const number = /^#?(\d+)$/.exec(name)?.[1]
  const found = findUser(files, number === undefined ? name : Number(number))
  if (!found && number === undefined)
    throw new ToolError(`sudo: unknown user ${name}\nsudo: error initializing audit plugin sudoers_audit`)
  const uid = found?.uid ?? Number(number)
  if (uid === 0) return {}
  const groups = found ? groupsOf(files, found.name) : []
  const gid = found?.gid ?? uid
  const identity: Identity = {
    uid,
    gid,
    groups: [gid, ...groups].sort((a, b) => a - b),
    capabilities: new Set(),
  }
  return { user: found?.name ?? String(uid), identity, files: new UserFiles(files, identity) }
}

export function nodeShells(cluster: Cluster, control: Control): readonly Tool[] {
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
      ...(name === masterName
        ? [
            ...['kubectl', 'k', 'kk'].map(each => ({ name: each, summary: '', run: control.kubectl })),
            dockerOn(cluster),
          ]
        : []),
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
      if (cluster.network.node(name)?.isCut) {
        yield* sleep(noRouteMs)
        throw new ToolError(`ssh: connect to host ${name} port 22: No route to host`, 255)
      }
      return yield* on(
        process,
        name,
        argv,
        `ssh: Could not resolve hostname ${name}: Name or service not known`,
      )
    }),
  ]
}
