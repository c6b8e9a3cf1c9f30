// The client of controllers, scheduler and kubelets: typed calls over the one request path. It asks for objects without
// managed fields, so that what it reads is the stored object itself: shared, never to be changed in place.
import type { KubeObject, ObjectOf } from '../kinds/object.ts'
import { ApiError } from './errors.ts'
import { resourceKey } from './registry.ts'
import type {
  ApiRequest,
  ApiResponse,
  ApiServer,
  Status,
  Target,
  UserInfo,
  Watch,
  WatchEvent,
} from './types.ts'

export type PatchType = 'strategic' | 'merge' | 'json' | 'apply'

const patchMediaTypes: Readonly<Record<PatchType, string>> = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
}

export interface ListOptions {
  /** '' or absent: every namespace. */
  readonly namespace?: string
  readonly labelSelector?: string
  readonly fieldSelector?: string
}

export interface DeleteOptions {
  readonly gracePeriodSeconds?: number
  readonly propagationPolicy?: 'Background' | 'Foreground' | 'Orphan'
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string }
}

/** Query parameters beside the ones that a call sets itself: dryRun, fieldManager, force, fieldValidation. */
export type Query = Readonly<Record<string, string>>

/**
 * A component's access to the API under its name: the field manager of what it writes.
 * `new Client(api, 'kube-controller-manager').resource<Deployment>('deployments.apps')`.
 */
export class Client {
  readonly api: ApiServer
  readonly name: string
  readonly user: UserInfo | undefined
  /** How many requests that may change something it has sent. */
  writes = 0
  #resources = new Map<string, ResourceClient<any>>()

  constructor(api: ApiServer, name: string, user?: UserInfo) {
    this.api = api
    this.name = name
    this.user = user
  }

  /** `pods`, `deployments.apps`, `horizontalpodautoscalers.autoscaling/v2`; the version is v1 where none is given. */
  resource<Name extends string>(resource: Name): ResourceClient<ObjectOf<Name>>
  resource<T extends KubeObject>(resource: string): ResourceClient<T>
  resource<T extends KubeObject>(resource: string): ResourceClient<T> {
    let client = this.#resources.get(resource)
    if (!client) {
      client = new ResourceClient<T>(this, resource)
      this.#resources.set(resource, client)
    }
    return client
  }

  request(request: ApiRequest): ApiResponse {
    return this.send({
      userAgent: this.name,
      user: this.user,
      managedFields: false,
      ...request,
    } as ApiRequest)
  }

  /** A request that says who sends it. */
  send(request: ApiRequest): ApiResponse {
    if (request.method !== 'GET') this.writes++
    return this.api.handle(request)
  }

  /** The body of a good answer; throws ApiError otherwise. */
  call(request: ApiRequest): ApiResponse['body'] {
    return bodyOf(this.request(request))
  }
}

function bodyOf(answer: ApiResponse): ApiResponse['body'] {
  if (answer.code >= 300) throw new ApiError(answer.body as Status)
  return answer.body
}

/** What a request says beside where it goes. */
type Rest = Pick<ApiRequest, 'body' | 'query' | 'contentType' | 'decoded' | 'follows'>

/**
 * What a component asks of a resource, by what it means: the path is only written where somebody asks for it. All are of
 * one shape, which keeps the server's way quick.
 */
class ComponentRequest implements ApiRequest, Target {
  readonly #of: Pick<ResourceClient, 'client' | 'key' | 'path'>
  readonly method: ApiRequest['method']
  readonly resource: string
  readonly namespace: string | undefined
  readonly name: string | undefined
  readonly subresource: string | undefined
  readonly body: unknown
  readonly query: Query | undefined
  readonly contentType: string | undefined
  readonly decoded: boolean
  readonly follows: boolean
  readonly userAgent: string
  readonly user: UserInfo | undefined
  readonly managedFields = false

  constructor(
    of: Pick<ResourceClient, 'client' | 'key' | 'path'>,
    method: ApiRequest['method'],
    namespace: string,
    name: string,
    subresource: string,
    rest: Rest,
  ) {
    this.#of = of
    this.method = method
    this.resource = of.key
    this.namespace = namespace || undefined
    this.name = name || undefined
    this.subresource = subresource || undefined
    this.body = rest.body
    this.query = rest.query
    this.contentType = rest.contentType
    this.decoded = rest.decoded === true
    this.follows = rest.follows === true
    this.userAgent = of.client.name
    this.user = of.client.user
  }

  get path(): string {
    return this.#of.path(this.namespace, this.name, this.subresource)
  }

  /** A name that is none is for the server to refuse, which reads it from the path. */
  get target(): Target | undefined {
    const { name = '', namespace = '', subresource } = this
    return unsafe.test(name) || unsafe.test(namespace) || (subresource && !name) ? undefined : this
  }
}

const nothing: Rest = {}

/** Calls about one resource. All throw ApiError where the server refuses. `namespace` is '' for cluster-wide kinds. */
export class ResourceClient<T extends KubeObject = KubeObject> {
  readonly client: Client
  readonly #prefix: string
  readonly #plural: string
  /** The registry's. */
  readonly key: string

  constructor(client: Client, resource: string) {
    this.client = client
    const [name, version = 'v1'] = resource.split('/') as [string, string?]
    const dot = name.indexOf('.')
    this.#plural = dot < 0 ? name : name.slice(0, dot)
    this.key = resourceKey(dot < 0 ? '' : name.slice(dot + 1), version, this.#plural)
    this.#prefix = dot < 0 ? `/api/${version}` : `/apis/${name.slice(dot + 1)}/${version}`
  }

  path(namespace = '', name = '', subresource = ''): string {
    let path = this.#prefix
    if (namespace) path += `/namespaces/${namespace}`
    path += `/${this.#plural}`
    if (name) path += `/${name}`
    return subresource ? `${path}/${subresource}` : path
  }

  #send(
    method: ApiRequest['method'],
    namespace = '',
    name = '',
    subresource = '',
    rest = nothing,
  ): ApiResponse {
    return this.client.send(new ComponentRequest(this, method, namespace, name, subresource, rest))
  }

  get(namespace: string, name: string): T {
    return bodyOf(this.#send('GET', namespace, name))
  }

  /** `get`, but undefined where there is no such object. */
  find(namespace: string, name: string): T | undefined {
    const answer = this.#send('GET', namespace, name)
    if (answer.code === 404) return undefined
    if (answer.code >= 300) throw new ApiError(answer.body)
    return answer.body
  }

  list(options: ListOptions = {}): T[] {
    return this.listWithVersion(options).items
  }

  /** The list and the version that a watch may begin after; `follows`: for a component's cache (ApiRequest). */
  listWithVersion(
    { namespace, ...query }: ListOptions = {},
    follows = false,
  ): { items: T[]; resourceVersion: string } {
    const list = bodyOf(this.#send('GET', namespace, '', '', { query: query as Query, follows }))
    return { items: list.items, resourceVersion: list.metadata.resourceVersion }
  }

  /** `decoded`: the object has the form that decoding gives, and is left to the server, which copies what it changes. */
  create(object: NewObject<T>, query?: Query, decoded = false): T {
    const { namespace } = object.metadata
    return bodyOf(this.#send('POST', namespace, '', '', { body: object, query, decoded }))
  }

  /** Replaces the object; refused with Conflict where its resourceVersion is not the current one. */
  update(object: T, query?: Query): T {
    return this.#put(object, '', query)
  }

  /** `decoded`: as for `create`, but what the object has of the stored one stays shared. */
  updateStatus(object: T, query?: Query, decoded = false): T {
    return this.#put(object, 'status', query, decoded)
  }

  #put(object: T, subresource: string, query?: Query, decoded?: boolean): T {
    const { namespace, name } = object.metadata
    return bodyOf(this.#send('PUT', namespace, name, subresource, { body: object, query, decoded }))
  }

  patch(
    namespace: string,
    name: string,
    type: PatchType,
    body: unknown,
    options: { subresource?: string; query?: Query } = {},
  ): T {
    const { subresource, query } = options
    const rest = { contentType: patchMediaTypes[type], body, query }
    return bodyOf(this.#send('PATCH', namespace, name, subresource, rest))
  }

  delete(namespace: string, name: string, options?: DeleteOptions): T | Status {
    return bodyOf(this.#send('DELETE', namespace, name, '', { body: deleteBody(options) }))
  }

  deleteCollection({ namespace, ...query }: ListOptions, options?: DeleteOptions): void {
    const rest = { query: query as Query, body: deleteBody(options) }
    bodyOf(this.#send('DELETE', namespace, '', '', rest))
  }

  /** POST to a subresource: binding, eviction, token. */
  post(namespace: string, name: string, subresource: string, body: unknown): KubeObject | Status {
    return bodyOf(this.#send('POST', namespace, name, subresource, { body }))
  }

  watch(
    { namespace, ...query }: ListOptions & { resourceVersion?: string; allowWatchBookmarks?: string },
    onEvent: (event: WatchEvent<T>) => void,
    onEnd?: () => void,
  ): Watch {
    const { name, user, api } = this.client
    const request: ApiRequest = {
      method: 'GET',
      path: this.path(namespace),
      query: { ...(query as Query), watch: 'true' },
      userAgent: name,
      managedFields: false,
      ...(user && { user }),
    }
    const watch = api.watch(request, onEvent as (event: WatchEvent) => void, onEnd)
    if ('code' in watch) throw new ApiError(watch.body)
    return watch
  }
}

/** What does not stand for itself in a path. */
const unsafe = /[/%]/

/** What a create needs: a name or the start of one. */
export type NewObject<T extends KubeObject> = Omit<T, 'metadata' | 'status'> & {
  metadata: Partial<T['metadata']> & ({ name: string } | { generateName: string })
  /** Few kinds keep it when they are created. */
  status?: T extends { status: infer Status } ? Status : unknown
}

const deleteBody = (options?: DeleteOptions) =>
  options ? { kind: 'DeleteOptions', apiVersion: 'v1', ...options } : undefined
