// `ssh NODE` and `node-exec NODE`: commands that run on a node, with its name, its network and its files.
import type { Cluster } from '../cluster/cluster.ts'
import type { Files } from '../engine/files.ts'
import { MemoryFiles } from '../engine/memory-files.ts'
import type { Process } from '../engine/process.ts'
import type { Task } from '../engine/task.ts'
import { programs, type Tool, ToolError, tool } from '../shell/command.ts'
import { bash } from '../shell/dialect.ts'
import { shellProgram } from '../shell/sh.ts'
import { tools } from '../shell/tools/index.ts'

const machineResolver = { nameserver: undefined, search: [], ndots: 1, hosts: [] }

export function nodeTools(cluster: Cluster): Tool[] {
  const filesOf = new Map<string, Files>()
  const shell = shellProgram(bash)
  const find = programs([
    ...tools,
    { name: 'bash', summary: '', run: shell },
    { name: 'sh', summary: '', run: shell },
  ])

  function* on(process: Process, name: string, argv: readonly string[], unknown: string): Task<number> {
    const node = cluster.network.node(name)
    if (!node) throw new ToolError(unknown, 255)
    let files = filesOf.get(name)
    if (!files) {
      const fresh = new MemoryFiles({ now: () => cluster.engine.now })
      for (const directory of ['/root', '/tmp', '/dev', '/etc']) fresh.mkdir(directory)
      fresh.write('/etc/hostname', `${name}\n`)
      filesOf.set(name, (files = fresh))
    }
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
      network: node.namespace(node.host, () => machineResolver),
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
      const [, target, ...command] = process.argv.filter((arg, i) => i === 0 || !arg.startsWith('-'))
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
