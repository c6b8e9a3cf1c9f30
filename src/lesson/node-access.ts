// `ssh NODE` and `node-exec NODE`: commands that run on a node, with its name, its network and its files.
import type { Cluster } from '../cluster/cluster.ts'
import type { DnsAnswer, DnsRecord, HttpHandler, HttpRequest, Network, Result } from '../engine/network.ts'
import type { Process } from '../engine/process.ts'
import { sleep, type Task } from '../engine/task.ts'
import { programs, type Tool, ToolError, tool } from '../shell/command.ts'
import { bash } from '../shell/dialect.ts'
import { shellProgram } from '../shell/sh.ts'
import { tools } from '../shell/tools/index.ts'

/** Nobody answers at the node's own name server: queries run into their time limit, two tries of 5 s. */
const resolverTime = 10_000
const machineResolver = { nameserver: undefined, search: [], ndots: 1, hosts: [] }

class NodeNamespace implements Network {
  readonly #network: Network
  constructor(network: Network) {
    this.#network = network
  }
  get address(): string {
    return this.#network.address
  }
  listen(port: number, handler: HttpHandler) {
    return this.#network.listen(port, handler)
  }
  connect(host: string, port: number, timeoutMs: number) {
    return this.#network.connect(host, port, timeoutMs)
  }
  http(
    url: { readonly host: string; readonly port: number },
    request: Omit<HttpRequest, 'from'>,
    timeoutMs: number,
  ) {
    return this.#network.http(url, request, timeoutMs)
  }
  *query(_name: string, _type: DnsRecord['type'], timeoutMs: number): Task<Result<DnsAnswer>> {
    yield* sleep(timeoutMs)
    return { ok: false, error: { type: 'timeout' } }
  }
  *lookup(name: string): Task<Result<readonly string[]>> {
    if (name !== 'localhost' && /[a-z]/i.test(name)) yield* sleep(resolverTime)
    return yield* this.#network.lookup(name)
  }
}

export function nodeTools(cluster: Cluster): Tool[] {
  const shell = shellProgram(bash)
  const find = programs([
    ...tools,
    { name: 'bash', summary: '', run: shell },
    { name: 'sh', summary: '', run: shell },
  ])

  function* on(process: Process, name: string, argv: readonly string[], unknown: string): Task<number> {
    const node = cluster.network.node(name)
    const files = cluster.kubelets.get(name)?.files
    if (!node || !files) throw new ToolError(unknown, 255)
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
      network: new NodeNamespace(node.namespace(node.host, () => machineResolver)),
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
