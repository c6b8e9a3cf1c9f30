// The API server: one request path that everybody uses, kubectl and the components alike.
// authenticate → route → authorise → decode → admit → default → validate → store → watchers; the verbs stand in verbs/.
import type { Engine } from '../engine/engine.ts'
import type { Network } from '../engine/network.ts'
import { servedKinds } from '../kinds/index.ts'
import type { AnyObject } from '../kinds/object.ts'
import type { Admission } from './admission/admission.ts'
import { plugins } from './admission/index.ts'
import { authenticateToken, throwUnauthorized, tokenUser } from './authentication.ts'
import { authenticate, authorize, impersonations } from './authorization.ts'
import { readBody } from './body.ts'
import type { Call, Component, Machinery } from './call.ts'
import { serveCustomResources } from './custom/index.ts'
import { discover } from './discovery.ts'
import {
  ApiError,
  badRequest,
  failure,
  internal,
  invalid,
  methodNotAllowed,
  notFoundPath,
  plainError,
  respond,
} from './errors.ts'
import { expire } from './expiry.ts'
import type { StoreEvent } from './history.ts'
import { certificateParts, streamParts } from './loaders.ts'
import { Refusals } from './refusals.ts'
import { Registry } from './registry.ts'
import { route, routeTo } from './route.ts'
import { checkRequestSize } from './size.ts'
import { Store, type Stored, storeKey } from './store.ts'
import { subresourceOf } from './subresources/index.ts'
import type { Handler } from './subresources/subresource.ts'
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
import { create } from './verbs/create.ts'
import { deleteCollection, deleteOne } from './verbs/delete.ts'
import { patch } from './verbs/patch.ts'
import { get, list } from './verbs/read.ts'
import { update } from './verbs/update.ts'
import { watch } from './verbs/watch.ts'
import { renderList, renderObject } from './view.ts'
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
    const lookup = (table: string, namespace: string | undefined, name: string) =>
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
  seed(objects: Iterable<AnyObject>): void {
    const { store, registry } = this.#machinery
    for (const object of objects) {
      const resource = registry.ofObject(object)
      if (!resource) throw new Error(`no resource for ${object.apiVersion} ${object.kind}`)
      const { namespace, name } = object.metadata
      store.seed(store.table(resource.table), storeKey(namespace, name), { object, managed: undefined })
    }
  }

  /** Like `seed`, for objects of one resource that are made when somebody first asks for one of them. */
  seedLater(group: string, version: string, plural: string, objects: () => readonly AnyObject[]): void {
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
      call = this.#begin(request)
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
    if (call && !request.looks) count(call, countedVerb(call), answer.code)
    if (request.managedFields !== false && !request.looks)
      this.refusals.note(
        request,
        answer,
        this.#machinery.engine.now,
        ({ user, token, certificate }) =>
          user ??
          (certificate !== undefined
            ? this.#ofCertificate(certificate)
            : token === undefined
              ? undefined
              : tokenUser(this.#machinery, token)),
      )
    return answer
  }

  watch(request: ApiRequest, onEvent: (event: WatchEvent) => void, onEnd?: () => void): Watch | ApiResponse {
    try {
      this.#checkServing(request)
      const call = this.#resource(request)
      checkEtcd(call)
      const begun = watch(call, onEvent, onEnd)
      if ('stop' in begun && !request.looks) count(call, 'WATCH', 200)
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

  /** authenticate → route → authorise; undefined: the path names no resource. */
  #begin(request: ApiRequest): Call | undefined {
    const server = this.#machinery
    const user = this.whoAsks(request)
    const { registry } = server
    const found = request.target ? routeTo(registry, request.target) : route(registry, request.path)
    if (!found) return undefined
    const { resource, namespace, name, subresource, rest } = found
    const { query = none, managedFields } = request
    if (isNamed(request))
      authorize(server, user, {
        verb: query.watch === 'true' ? 'watch' : verbOf({ request, name, subresource }),
        namespace: resource.table === 'namespaces' ? name : namespace,
        group: resource.group,
        resource: subresource ? `${resource.plural}/${subresource}` : resource.plural,
        name,
      })
    checkRequestSize(request)
    const { value, duplicates } = readBody(request, found)
    const body = value as any
    const call: Call = {
      resource,
      namespace,
      name,
      subresource,
      rest,
      server,
      request,
      user,
      query,
      table: server.store.table(resource.table),
      dryRun: query.dryRun === 'All' || deletionOf(request, subresource, body)?.dryRun?.[0] === 'All',
      fieldValidation: (query.fieldValidation || 'Warn') as Call['fieldValidation'],
      manager: query.fieldManager || managerOf(request.userAgent ?? 'unknown'),
      warnings: [],
      body,
      duplicates,
    }
    if (query !== none) checkQuery(call)
    const deprecation = managedFields !== false && resource.rules.deprecation
    if (deprecation) call.warnings.push(deprecation)
    return call
  }

  #resource(request: ApiRequest): Call {
    const call = this.#begin(request)
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
  whoAsks({ user, token, certificate }: ApiRequest): UserInfo {
    if (token === undefined && certificate === undefined) return authenticate(user)
    const asking =
      (certificate !== undefined && this.#ofCertificate(certificate)) ||
      (token === undefined ? throwUnauthorized() : authenticateToken(this.#machinery, token))
    if (!user) return asking
    for (const each of impersonations(user)) authorize(this.#machinery, asking, each)
    return authenticate(user)
  }

  /** Undefined where it is not good. */
  #ofCertificate(pem: string): UserInfo | undefined {
    return certificateParts.get('x509').certificateUser(pem, this.#machinery.engine)
  }

  #discover(request: ApiRequest): ApiResponse {
    const { method, path, query = {} } = request
    if (isNamed(request))
      authorize(this.#machinery, this.whoAsks(request), { verb: method.toLowerCase(), path })
    if (method !== 'GET') throw notFoundPath()
    return respond(200, discover(this.#machinery, path, query))
  }
}

/** Does the request say who asks? Else it is the cluster's administrator, who may do everything. */
const isNamed = ({ user, token, certificate }: ApiRequest): boolean =>
  user !== undefined || token !== undefined || certificate !== undefined

const connecting = new Set(['log', 'exec', 'portforward', 'attach', 'proxy'])

/** As apiserver's endpoints/metrics calls what a request does (CleanVerb). */
function countedVerb({ request: { method, contentType }, name, subresource = '' }: Call): string {
  if (connecting.has(subresource)) return 'CONNECT'
  if (method === 'PATCH' && contentType?.startsWith('application/apply-patch')) return 'APPLY'
  return method === 'GET' && name === undefined ? 'LIST' : method
}

/** For /metrics. What is to be made has no name in its path, and counts as one object all the same (CleanScope). */
function count(
  { server, resource, namespace, name, subresource = '', dryRun }: Call,
  verb: string,
  code: number,
) {
  const { group, plural, version, table } = resource
  const scope = name !== undefined || verb === 'POST' ? 'resource' : namespace ? 'namespace' : 'cluster'
  let counts = server.requests.get(table)
  if (!counts) server.requests.set(table, (counts = []))
  let counted = counts.find(
    each =>
      each.verb === verb &&
      each.subresource === subresource &&
      each.code === code &&
      each.scope === scope &&
      each.version === version &&
      each.group === group &&
      each.dryRun === dryRun,
  )
  if (!counted) {
    counted = { code, dryRun, group, plural, scope, subresource, verb, version, count: 0 }
    counts.push(counted)
  }
  counted.count++
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

const none: Readonly<Record<string, string>> = Object.freeze({})

/** The options of a deletion stand in its body, and those of an eviction within it. */
const deletionOf = ({ method }: ApiRequest, subresource: string | undefined, body: any): any =>
  method === 'DELETE' ? body : subresource === 'eviction' ? body?.deleteOptions : undefined

/** The first part of a user agent: `kubectl/v1.36.0 (…)`. */
function managerOf(userAgent: string): string {
  const slash = userAgent.indexOf('/')
  return slash < 0 ? userAgent : userAgent.slice(0, slash)
}

function checkQuery({ query }: Call): void {
  const { dryRun, fieldValidation } = query
  const bad = (field: string, value: string, supported: string) =>
    invalid({ group: 'meta.k8s.io', kind: 'CreateOptions' }, '', [
      { type: 'NotSupported', field, value, detail: `supported values: ${supported}` },
    ])
  if (dryRun && dryRun !== 'All') throw bad('dryRun', dryRun, '"All"')
  if (fieldValidation && !['Ignore', 'Warn', 'Strict'].includes(fieldValidation))
    throw bad('fieldValidation', fieldValidation, '"", "Ignore", "Strict", "Warn"')
}

type Verb = 'get' | 'list' | 'create' | 'update' | 'patch' | 'delete' | 'deletecollection'

function handlerOf(call: Call): Handler {
  const verb = verbOf(call)
  const { resource, subresource } = call
  if (!subresource) {
    const own = virtual[resource.table]
    if (!resource.verbs.includes(verb)) throw methodNotAllowed()
    return (own ? own[verb] : undefined) ?? verbs[verb]
  }
  const info = resource.subresources.find(s => s.name === subresource)
  if (!info) throw notFoundPath()
  if (!info.verbs.includes(verb)) throw methodNotAllowed()
  const own = subresourceOf(resource.table, subresource)
  const handler =
    own?.[verb as 'get'] ?? (info.kind === resource.kind && verb !== 'create' ? verbs[verb] : undefined)
  if (!handler) throw badRequest('Upgrade request required')
  return handler
}

function verbOf(call: Pick<Call, 'request' | 'name' | 'subresource'>): Verb {
  const { method } = call.request
  const one = call.name !== undefined
  switch (method) {
    case 'GET':
      return one ? 'get' : 'list'
    case 'DELETE':
      return one ? 'delete' : 'deletecollection'
    case 'POST':
      if (one && !call.subresource) throw methodNotAllowed()
      return 'create'
    case 'PUT':
    case 'PATCH':
      if (!one) throw methodNotAllowed()
      return method === 'PUT' ? 'update' : 'patch'
    default:
      throw methodNotAllowed()
  }
}

const verbs: Record<Verb, Handler> = {
  get: call => ({ code: 200, body: renderObject(call, get(call)) }),
  list: call => ({ code: 200, body: renderList(call, list(call)) }),
  create: call => ({ code: 201, body: renderObject(call, create(call)) }),
  update(call) {
    const { stored, created } = update(call)
    return { code: created ? 201 : 200, body: renderObject(call, stored) }
  },
  patch(call) {
    const { stored, created } = patch(call)
    return { code: created ? 201 : 200, body: renderObject(call, stored) }
  },
  delete(call) {
    const deleted = deleteOne(call)
    return { code: 200, body: 'status' in deleted ? deleted.status : renderObject(call, deleted.stored) }
  },
  deletecollection: call => ({ code: 200, body: renderList(call, deleteCollection(call)) }),
}
