// The API server: one request path that everybody uses, kubectl and the components alike.
// authenticate → route → authorise → read (begin.ts) → decode → admit → default → validate → store → watchers (verbs/).
import type { Engine } from '../engine/engine.ts'
import type { Network } from '../engine/network.ts'
import { servedKinds } from '../kinds/index.ts'
import type { KubeObject } from '../kinds/object.ts'
import type { Admission } from './admission/admission.ts'
import { plugins } from './admission/index.ts'
import { authorize } from './authorization.ts'
import { beginCall } from './begin.ts'
import type { Call, Component, Machinery } from './call.ts'
import { serveCustomResources } from './custom/index.ts'
import { discover } from './discovery.ts'
import { ApiError, badRequest, failure, internal, notFoundPath, plainError, respond } from './errors.ts'
import { expire } from './expiry.ts'
import type { StoreEvent } from './history.ts'
import { isNamed, namedUser, whoAsks } from './identity.ts'
import { streamParts } from './loaders.ts'
import { Refusals } from './refusals.ts'
import { Registry } from './registry.ts'
import { countedVerb, countRequest } from './request-counts.ts'
import { Store, type Stored, storeKey } from './store.ts'
import type {
  ApiRequest,
  ApiResponse,
  ApiServer,
  Connection,
  NodeConnector,
  UserInfo,
  Watch,
  WatchEvent,
  WebhookTransport,
} from './types.ts'
import { handlerOf } from './verbs/index.ts'
import { watch } from './verbs/watch.ts'
import { virtual } from './virtual/index.ts'
import { type MetricsSource, metricsGroup, metricsResources } from './virtual/metrics.ts'

export interface ServerOptions {
  readonly engine: Engine
  readonly admission?: readonly Admission[]
  /** The version of the last write before this world began. */
  readonly revision?: number
}

export class Server implements ApiServer {
  readonly #nodes = new Map<string, NodeConnector>()
  readonly #machinery: Machinery
  /** Why etcd is away: each of these has to be repaired. */
  readonly #etcdAway = new Set<string>()
  /** Watches of clients outside. */
  readonly #outside = new Set<{ end(): void }>()
  readonly refusals = new Refusals()
  /** Its process does not run: connections are refused. */
  refuses = false
  /** Requests of clients outside that changed something. */
  outsideChanges = 0

  constructor({ engine, admission = plugins, revision }: ServerOptions) {
    const store = new Store(engine, revision)
    const registry = new Registry(servedKinds)
    for (const { rules, table, conversion } of registry.all())
      if (rules.ttlSeconds && !conversion) expire(engine, store, store.table(table), rules.ttlSeconds)
    serveCustomResources(engine, store, registry)
    const lookup = <Name extends string>(table: Name, namespace: string | undefined, name: string) =>
      store.table(table).get(storeKey(namespace, name))?.object
    const stopped = new Set<Component>()
    const requests: Machinery['requests'] = new Map()
    this.#machinery = { engine, store, registry, admission, nodes: this.#nodes, lookup, stopped, requests }
  }

  /**
   * Takes etcd away, or gives it back. Requests fail as the server words it; what components read from their own caches
   * (they ask without managed fields) goes on, and watches that are open stay silent.
   */
  setEtcd(isThere: boolean, why = 'fault'): void {
    if (isThere) this.#etcdAway.delete(why)
    else this.#etcdAway.add(why)
    this.#machinery.store.down = this.#etcdAway.size > 0
  }

  /**
   * Stops the server itself, or starts it again. Clients outside are refused and their watches end; what components read
   * from their own caches goes on, as when etcd is away, and what they write is refused.
   */
  setServing(isServing: boolean): void {
    this.refuses = !isServing
    if (isServing) return
    for (const watch of [...this.#outside]) watch.end()
  }

  /** Whether a component that only clients of this server need answers when it is asked how it is. */
  setComponent(component: Component, runs: boolean): void {
    if (runs) this.#machinery.stopped.delete(component)
    else this.#machinery.stopped.add(component)
  }

  /** Serves metrics.k8s.io from a source, or no longer. */
  serveMetrics(source: MetricsSource | undefined): void {
    const server = this.#machinery
    for (const each of metricsResources)
      if (!source) server.registry.remove(metricsGroup, each.resource.version, each.resource.plural)
      else if (!server.metrics) server.registry.add(each)
    server.metrics = source
  }

  /** Gives the server a network, by which it asks webhooks. */
  setWebhookTransport(transport: WebhookTransport): void {
    this.#machinery.webhooks = transport
  }

  /** By which way the server reaches pods and nodes. */
  useNetwork(network: Network): void {
    this.#machinery.network = network
  }

  /** Kubelets register themselves, for logs, exec and the like. */
  registerNode(name: string, connector: NodeConnector): void {
    this.#nodes.set(name, connector)
  }

  unregisterNode(name: string): void {
    this.#nodes.delete(name)
  }

  /**
   * Puts complete objects (uid, resourceVersion, status and all) there as if they had always been: no admission, no
   * events. For the default objects of a new cluster, which many worlds may share.
   */
  seed<T extends KubeObject>(objects: Iterable<T>): void {
    const { store, registry } = this.#machinery
    for (const object of objects) {
      const resource = registry.ofObject(object)
      if (!resource) throw new Error(`no resource for ${object.apiVersion} ${object.kind}`)
      const { namespace, name } = object.metadata
      store.seed(store.table(resource.table), storeKey(namespace, name), { object, managed: undefined })
    }
  }

  /** Like `seed`, for objects of one resource that are made when somebody first asks for one of them. */
  seedLater(group: string, version: string, plural: string, objects: () => readonly KubeObject[]): void {
    const { store, registry } = this.#machinery
    const resource = registry.find(group, version, plural)
    if (!resource) throw new Error(`no resource ${plural}.${group}/${version}`)
    store
      .table(resource.table)
      .defer(() => objects().map((object): Stored => ({ object, managed: undefined })))
  }

  /** What is stored of an object, by its resource's name (`deployments.apps`) and `namespace/name`: a look from outside. */
  stored(resource: string, key: string): Stored | undefined {
    const { store } = this.#machinery
    store.looked = true
    try {
      return store.table(resource).get(key)
    } finally {
      store.looked = false
    }
  }

  /** Tells one listener of every write from now on, by the resource's name (`deployments.apps`), within the write itself. */
  keepJournal(note: (resource: string, event: StoreEvent) => void): void {
    this.#machinery.store.journal = note
  }

  handle(request: ApiRequest): ApiResponse {
    if (!request.looks) return this.#handle(request)
    const { store } = this.#machinery
    store.looked = true
    try {
      return this.#handle(request)
    } finally {
      store.looked = false
    }
  }

  #handle(request: ApiRequest): ApiResponse {
    let call: Call | undefined
    let answer: ApiResponse
    try {
      this.#checkServing(request)
      call = beginCall(this.#machinery, request)
      if (!call) return this.#discover(request)
      checkEtcd(call)
      const { store } = this.#machinery
      const { revision } = store
      const { code, body } = handlerOf(call)(call)
      if (request.managedFields !== false && store.revision !== revision) this.outsideChanges++
      answer = respond(code, body, call.warnings)
    } catch (error) {
      answer = this.#failed(error, call?.warnings)
    }
    if (call && !request.looks) countRequest(call, countedVerb(call), answer.code)
    if (request.managedFields !== false && !request.looks)
      this.refusals.note(request, answer, this.#machinery.engine.now, asked =>
        namedUser(this.#machinery, asked),
      )
    return answer
  }

  watch(request: ApiRequest, onEvent: (event: WatchEvent) => void, onEnd?: () => void): Watch | ApiResponse {
    try {
      this.#checkServing(request)
      const call = this.#resource(request)
      checkEtcd(call)
      const begun = watch(call, onEvent, onEnd)
      if ('stop' in begun && !request.looks) countRequest(call, 'WATCH', 200)
      return request.managedFields === false ? begun : this.#noteOutside(begun, onEnd)
    } catch (error) {
      return this.#failed(error)
    }
  }

  connect(request: ApiRequest): Connection | ApiResponse {
    try {
      this.#checkServing(request)
      const call = this.#resource(request)
      checkEtcd(call)
      return streamParts.get('exec').connect(call)
    } catch (error) {
      return this.#failed(error)
    }
  }

  #checkServing(request: ApiRequest): void {
    const { method, managedFields } = request
    if (!this.refuses || (managedFields === false && method === 'GET')) return
    throw failure(503, undefined, `${goVerb(method)} "https://${address}${request.path}": ${refused}`)
  }

  #noteOutside(begun: Watch, onEnd?: () => void): Watch {
    const outside = this.#outside
    const entry = {
      end() {
        stop()
        onEnd?.()
      },
    }
    function stop() {
      outside.delete(entry)
      begun.stop()
    }
    outside.add(entry)
    return { stop }
  }

  #resource(request: ApiRequest): Call {
    const call = beginCall(this.#machinery, request)
    if (!call) throw notFoundPath()
    return call
  }

  /** What is no answer of the API is a fault of ours: 500 for the client, and the engine learns of it. */
  #failed(error: unknown, warnings: readonly string[] = []): ApiResponse {
    const { status } =
      error instanceof ApiError
        ? error
        : error instanceof RangeError // nested deeper than the machine's stack; the decoder has a bound of its own
          ? badRequest('exceeded max depth')
          : internal(error instanceof Error ? error.message : String(error))
    if (status.code === 500 && !(error instanceof ApiError)) this.#machinery.engine.fail(error)
    return respond(status.code ?? 500, status, warnings)
  }

  /** Who asks; throws ApiError where a token or a certificate is not good, or somebody may not act as whom they name. */
  whoAsks(request: ApiRequest): UserInfo {
    return whoAsks(this.#machinery, request)
  }

  #discover(request: ApiRequest): ApiResponse {
    const { method, path, query = {} } = request
    if (isNamed(request))
      authorize(this.#machinery, this.whoAsks(request), { verb: method.toLowerCase(), path })
    if (method !== 'GET') throw notFoundPath()
    return respond(200, discover(this.#machinery, path, query))
  }
}

const address = '10.0.2.2:6443'
const refused = `dial tcp ${address}: connect: connection refused`
/** As net/url's errors name a method: `Get "https://…"`. */
const goVerb = (method: string): string => method[0] + method.slice(1).toLowerCase()

/** Resources that are not stored are served without etcd. */
function checkEtcd({ server, resource, request }: Call): void {
  const isCached = request.managedFields === false && request.method === 'GET'
  if (server.store.down && !isCached && !virtual[resource.table])
    throw plainError('etcdserver: request timed out')
}
