// The client of controllers, scheduler and kubelets: typed calls over the one request path. It asks for objects without
// managed fields, so that what it reads is the stored object itself: shared, never to be changed in place.
import type { AnyObject, KubeObject } from '../kinds/object.ts'
import { ApiError } from './errors.ts'
import { resourceKey } from './registry.ts'
import type { ApiRequest, ApiResponse, ApiServer, Status, UserInfo, Watch, WatchEvent } from './types.ts'

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
  resource<T extends KubeObject = AnyObject>(resource: string): ResourceClient<T> {
    let client = this.#resources.get(resource)
    if (!client) {
      client = new ResourceClient<T>(this, resource)
      this.#resources.set(resource, client)
    }
    return client
  }

  request(request: ApiRequest): ApiResponse {
    // One shape for all requests, which is what keeps the server's path quick.
    const { method, path, target, query, body, contentType, command, accept, user = this.user } = request
    if (method !== 'GET') this.writes++
    const { userAgent = this.name, managedFields = false, follows, decoded } = request
    return this.api.handle({
      method,
      path,
      target,
      query,
      body,
      contentType,
      command,
      accept,
      userAgent,
      user,
      managedFields,
      follows,
      decoded,
    } as ApiRequest)
  }

  /** The body of a good answer; throws ApiError otherwise. */
  call(request: ApiRequest): any {
    const answer = this.request(request)
    if (answer.code >= 300) throw new ApiError(answer.body as Status)
    return answer.body
  }
}

/** Calls about one resource. All throw ApiError where the server refuses. `namespace` is '' for cluster-wide kinds. */
export class ResourceClient<T extends KubeObject = AnyObject> {
  readonly #client: Client
  readonly #prefix: string
  readonly #plural: string
  readonly #key: string

  constructor(client: Client, resource: string) {
    this.#client = client
    const [name, version = 'v1'] = resource.split('/') as [string, string?]
    const dot = name.indexOf('.')
    this.#plural = dot < 0 ? name : name.slice(0, dot)
    this.#key = resourceKey(dot < 0 ? '' : name.slice(dot + 1), version, this.#plural)
    this.#prefix = dot < 0 ? `/api/${version}` : `/apis/${name.slice(dot + 1)}/${version}`
  }

  path(namespace = '', name = '', subresource = ''): string {
    let path = this.#prefix
    if (namespace) path += `/namespaces/${namespace}`
    path += `/${this.#plural}`
    if (name) path += `/${name}`
    return subresource ? `${path}/${subresource}` : path
  }

  /** Where a request goes: its path, and what that means; a name that is none is for the server to refuse. */
  #to(namespace = '', name = '', subresource = ''): Pick<ApiRequest, 'path' | 'target'> {
    const path = this.path(namespace, name, subresource)
    if (unsafe.test(name) || unsafe.test(namespace) || (subresource && !name)) return { path }
    return {
      path,
      target: {
        resource: this.#key,
        namespace: namespace || undefined,
        name: name || undefined,
        subresource: subresource || undefined,
      },
    }
  }

  get(namespace: string, name: string): T {
    return this.#client.call({ method: 'GET', ...this.#to(namespace, name) })
  }

  /** `get`, but undefined where there is no such object. */
  find(namespace: string, name: string): T | undefined {
    const answer = this.#client.request({ method: 'GET', ...this.#to(namespace, name) })
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
    const path = this.path(namespace)
    const list = this.#client.call({ method: 'GET', path, query: query as Query, follows })
    return { items: list.items, resourceVersion: list.metadata.resourceVersion }
  }

  /** `decoded`: the object has the form that decoding gives, and is left to the server. */
  create(object: NewObject<T>, query?: Query, decoded = false): T {
    const to = this.#to(object.metadata.namespace)
    return this.#client.call({ method: 'POST', ...to, body: object, ...(query && { query }), decoded })
  }

  /** Replaces the object; refused with Conflict where its resourceVersion is not the current one. */
  update(object: T, query?: Query): T {
    return this.#put(object, '', query)
  }

  updateStatus(object: T, query?: Query): T {
    return this.#put(object, 'status', query)
  }

  #put(object: T, subresource: string, query?: Query): T {
    const { namespace, name } = object.metadata
    const to = this.#to(namespace, name, subresource)
    return this.#client.call({ method: 'PUT', ...to, body: object, ...(query && { query }) })
  }

  patch(
    namespace: string,
    name: string,
    type: PatchType,
    body: unknown,
    options: { subresource?: string; query?: Query } = {},
  ): T {
    return this.#client.call({
      method: 'PATCH',
      ...this.#to(namespace, name, options.subresource),
      contentType: patchMediaTypes[type],
      body,
      ...(options.query && { query: options.query }),
    })
  }

  delete(namespace: string, name: string, options?: DeleteOptions): T | Status {
    return this.#client.call({
      method: 'DELETE',
      ...this.#to(namespace, name),
      body: deleteBody(options),
    })
  }

  deleteCollection({ namespace, ...query }: ListOptions, options?: DeleteOptions): void {
    const path = this.path(namespace)
    this.#client.call({ method: 'DELETE', path, query: query as Query, body: deleteBody(options) })
  }

  /** POST to a subresource: binding, eviction, token. */
  post(namespace: string, name: string, subresource: string, body: unknown): AnyObject | Status {
    return this.#client.call({ method: 'POST', ...this.#to(namespace, name, subresource), body })
  }

  watch(
    { namespace, ...query }: ListOptions & { resourceVersion?: string; allowWatchBookmarks?: string },
    onEvent: (event: WatchEvent) => void,
    onEnd?: () => void,
  ): Watch {
    const { name, user, api } = this.#client
    const request: ApiRequest = {
      method: 'GET',
      path: this.path(namespace),
      query: { ...(query as Query), watch: 'true' },
      userAgent: name,
      managedFields: false,
      ...(user && { user }),
    }
    const watch = api.watch(request, onEvent, onEnd)
    if ('code' in watch) throw new ApiError(watch.body)
    return watch
  }
}

/** What does not stand for itself in a path. */
const unsafe = /[/%]/

/** What a create needs: a name or the start of one. */
export type NewObject<T extends KubeObject> = Omit<T, 'metadata'> & {
  metadata: Partial<T['metadata']> & ({ name: string } | { generateName: string })
}

const deleteBody = (options?: DeleteOptions) =>
  options ? { kind: 'DeleteOptions', apiVersion: 'v1', ...options } : undefined
