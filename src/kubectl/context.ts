// What a running command has at hand: arguments and flags, the terminal, the cluster, and the helpers that most
// commands share.

import type { ApiRequest, UserInfo } from '../api/types.ts'
import { dictionary } from '../engine/dictionary.ts'
import { resolvePath } from '../engine/files.ts'
import { latencies } from '../engine/latencies.ts'
import type { Process } from '../engine/process.ts'
import { sleep, type Task } from '../engine/task.ts'
import { goDuration } from '../kinds/machinery/duration.ts'
import { goQuote } from '../kinds/machinery/quote.ts'
import { Client } from './client.ts'
import type { Command } from './command.ts'
import type { Connection } from './connection.ts'
import { Discovery } from './discovery.ts'
import { CommandError, UnreachableError } from './errors.ts'
import { type Flags, parseGoBool, requestTimeout } from './flags.ts'
import { klogPrefix } from './klog.ts'
import type { Kubeconfig } from './kubeconfig.ts'
import { bearerToken, type ClientCertificate, clientCertificate, loadKubeconfig } from './kubeconfig.ts'
import { requestLogParts } from './loaders.ts'
import type { RequestLog } from './request-log.ts'
import { type ServerAddress, serverAddress, serverUrl } from './server-address.ts'

export type DryRun = 'none' | 'client' | 'server'

/** How Go's http.Client begins to say that the time of a request is over. */
const timedOut = 'context deadline exceeded (Client.Timeout'
/** How far apart the attempts at discovery are, in the log. */
const retryMs = 1.8

export class Context {
  readonly process: Process
  readonly connection: Connection
  /** All commands, for those that speak of commands. */
  readonly root: Command
  /** `kubectl create deployment`. */
  readonly path: string
  readonly flags: Flags
  readonly args: readonly string[]
  /** Where `-v` asks for one. */
  log: RequestLog | undefined
  /** How many warnings were printed. */
  warnings = 0
  readonly #warned = new Set<string>()
  #client: Client | undefined
  #discovery: Discovery | undefined
  #config: Kubeconfig | undefined
  #server: ServerAddress | undefined
  #certificate: { readonly found: ClientCertificate | undefined } | undefined
  #dryRun: DryRun | undefined
  constructor(process: Process, connection: Connection, root: Command, path: string, flags: Flags) {
    this.process = process
    this.connection = connection
    this.root = root
    this.path = path
    this.flags = flags
    this.args = flags.args
  }

  /** `get`: the last word of the command. */
  get name(): string {
    return this.path.slice(this.path.lastIndexOf(' ') + 1)
  }

  get now(): number {
    return this.process.engine.now
  }

  out(text: string): void {
    this.process.stdout.write(text)
  }

  err(text: string): void {
    this.process.stderr.write(text)
  }

  line(text: string): void {
    this.process.stdout.write(`${text}\n`)
  }

  warn(text: string): void {
    this.warnings++
    this.process.stderr.write(`Warning: ${text}\n`)
  }

  warnOnce(text: string): void {
    if (!this.#warned.has(text)) this.warn(text)
    this.#warned.add(text)
  }

  get config(): Kubeconfig {
    this.#config ??= loadKubeconfig(this)
    return this.#config
  }

  beginLog(): void {
    const level = this.flags.int('v')
    if (level >= 4) this.log = requestLogParts.get('-v').requestLog(this, level)
  }

  /** Undefined: none, or the administrator's. */
  get #clientCertificate(): ClientCertificate | undefined {
    if (!this.#certificate) this.#certificate = { found: clientCertificate(this, this.config) }
    return this.#certificate.found
  }

  get client(): Client {
    this.#client ??= new Client({
      api: this.connection.api,
      failure: request => this.#unreachable(request),
      user: this.#user(),
      token: bearerToken(this, this.config),
      certificate: this.#clientCertificate?.pem,
      warn: text => this.warn(text),
      log: request => this.log?.request(request),
    })
    return this.#client
  }

  get discovery(): Discovery {
    this.#discovery ??= new Discovery({
      fetch: path => {
        const answer = this.connection.api.handle({ method: 'GET', path, userAgent: 'kubectl' })
        return answer.code < 400 ? answer.body : undefined
      },
      warn: text => this.warnOnce(text),
      failure: attempts => this.#withoutDiscovery(attempts),
    })
    return this.#discovery
  }

  /** The server that the kubeconfig and the command line point at, and whether it is this cluster's. */
  get server(): ServerAddress {
    if (!this.#server) {
      const { cluster, server } = this.config
      const given = this.flags.global('server')
      // A server of the command line's own has nothing of the cluster's entry.
      const secure = !given && Object.keys(cluster).some(key => key.startsWith('certificate'))
      const url = serverUrl(given || server, secure)
      this.#server = serverAddress(this.connection, url)
    }
    return this.#server
  }

  /** As a part of a query: how many objects a list brings at once, where a command has --chunk-size. */
  get chunk(): { limit?: string } {
    const size = this.flags.has('chunk-size') ? this.flags.int('chunk-size') : 0
    return size > 0 ? { limit: String(size) } : {}
  }

  /** `--request-timeout` in ms; 0: none. */
  get requestTimeout(): number {
    return requestTimeout(this.flags) ?? 0
  }

  /** What an answer ends with that is still being read when its time is over. */
  get bodyTimedOut(): CommandError {
    return new CommandError(`${timedOut} or context cancellation while reading body)`)
  }

  /** Where a request goes: `https://10.0.2.2:6443/api/v1/nodes?limit=500`. */
  urlOf({ path, query = {} }: ApiRequest): string {
    const timeout = this.requestTimeout
    const all: Readonly<Record<string, string>> = timeout ? { ...query, timeout: goDuration(timeout) } : query
    const search = Object.keys(all)
      .sort()
      .map(key => `${encodeURIComponent(key)}=${encodeURIComponent(all[key]!)}`)
      .join('&')
    return `${this.server.url}${path}${search && `?${search}`}`
  }

  #unreachable(request: ApiRequest): UnreachableError | undefined {
    const { failure = this.#clientCertificate?.fault, afterMs = 0 } = this.server
    if (failure === undefined) return undefined
    const { method } = request
    const verb = `${method[0]}${method.slice(1).toLowerCase()}`
    const url = this.urlOf(request)
    const timeout = this.requestTimeout
    if (timeout && timeout < afterMs)
      return new UnreachableError(verb, url, `${timedOut} exceeded while awaiting headers)`, timeout)
    return new UnreachableError(verb, url, failure, afterMs)
  }

  /** What asking for the groups of the API ends with, and a line of the client's log for each attempt. */
  #withoutDiscovery(attempts: number): UnreachableError | undefined {
    const request: ApiRequest = { method: 'GET', path: '/api', query: { timeout: '32s' } }
    const error = this.#unreachable(request)
    if (error)
      for (let i = 0; i < attempts; i++) {
        this.log?.request(request)({})
        this.err(
          `${klogPrefix(this, 'E', i * retryMs)} memcache.go:265] "Unhandled Error" err=${goQuote(`couldn't get current server API group list: ${error.message}`)}\n`,
        )
      }
    return error
  }

  #user(): UserInfo | undefined {
    const { flags } = this
    const name = flags.string('as')
    const groups = flags.list('as-group')
    if (!name) {
      if (groups.length || flags.string('as-uid') || flags.list('as-user-extra').length)
        throw new CommandError(
          `requesting uid, groups or user-extra for ${this.config.userName} without impersonating a user`,
        )
      return undefined
    }
    const account = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(name)
    const implied =
      account && !groups.length ? ['system:serviceaccounts', `system:serviceaccounts:${account[1]}`] : []
    const everyone = name === 'system:anonymous' ? 'system:unauthenticated' : 'system:authenticated'
    const all = [...implied, ...groups]
    return { name, groups: all.includes(everyone) ? all : [...all, everyone] }
  }

  get namespace(): string {
    return this.flags.string('namespace') || this.config.namespace || 'default'
  }

  /** Given by -n: objects of files must agree with it. */
  get namespaceEnforced(): boolean {
    return this.flags.changed('namespace')
  }

  get allNamespaces(): boolean {
    return this.flags.has('all-namespaces') && this.flags.bool('all-namespaces')
  }

  get dryRun(): DryRun {
    this.#dryRun ??= this.#readDryRun()
    return this.#dryRun
  }

  /** cmdutil.GetDryRunStrategy: what is deprecated is told in the log. */
  #readDryRun(): DryRun {
    const value = this.flags.string('dry-run')
    if (value === '' || value === 'none' || value === 'client' || value === 'server') return value || 'none'
    const log = (line: number, text: string) =>
      this.err(`${klogPrefix(this, 'W')} helpers.go:${line}] --dry-run${text}\n`)
    if (value === 'unchanged') {
      log(703, ' is deprecated and can be replaced with --dry-run=client.')
      return 'client'
    }
    const bool = parseGoBool(value)
    if (bool === undefined)
      throw new CommandError(`Invalid dry-run value (${value}). Must be "none", "server", or "client".`)
    const meant = bool ? 'client' : 'none'
    log(
      bool ? 717 : 720,
      `=${value} is deprecated (boolean value) and can be replaced with --dry-run=${meant}.`,
    )
    return meant
  }

  /** Query parameters of a write: field manager, dry run and field validation as the flags say. */
  writeQuery(manager = this.flags.string('field-manager')): Record<string, string> {
    const query: Record<string, string> = {}
    if (manager) query.fieldManager = manager
    if (this.flags.has('dry-run') && this.dryRun === 'server') query.dryRun = 'All'
    if (this.flags.has('validate')) query.fieldValidation = this.validation
    return query
  }

  /** Strict, Warn or Ignore. */
  get validation(): string {
    const value = this.flags.string('validate')
    const meaning: Record<string, string> = dictionary({
      strict: 'Strict',
      true: 'Strict',
      warn: 'Warn',
      ignore: 'Ignore',
      false: 'Ignore',
    })
    const found = meaning[value]
    if (!found)
      throw new CommandError(
        `invalid - validate option ${JSON.stringify(value)}; must be one of: strict (or true), warn, ignore (or false)`,
      )
    return found
  }

  /** The words in brackets behind what was done. */
  get dryRunSuffix(): string {
    const { dryRun } = this
    return dryRun === 'none' ? '' : dryRun === 'client' ? ' (dry run)' : ' (server dry run)'
  }

  /** A refusal with a pointer to the command's help (cmdutil.UsageErrorf). */
  usageError(message: string): CommandError {
    return new CommandError(`${message}\nSee '${this.path} -h' for help and examples`)
  }

  /** A flag's value that is refused, as pflag does it. */
  flagError(message: string): CommandError {
    return new CommandError(`${message}\nSee '${this.path} --help' for usage.`)
  }

  /** NameFromCommandArgs. */
  nameArgument(): string {
    const count = this.flags.dashAt >= 0 ? Math.min(this.flags.dashAt, this.args.length) : this.args.length
    if (count !== 1) throw this.usageError(`exactly one NAME is required, got ${count}`)
    return this.args[0]!
  }

  /** The path of a file as the process sees it. */
  file(path: string): string {
    return resolvePath(this.process.cwd, path)
  }

  /** What one object takes before the next one's turn. */
  *pause(): Task {
    yield* sleep(this.process.engine.random.draw(latencies.object))
  }
}
