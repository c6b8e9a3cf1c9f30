// kubectl's way to the API server: REST calls that throw StatusError where the server refuses, and prints its warnings.
import { proxied } from '../api/proxied.ts'
import type {
  ApiRequest,
  ApiResponse,
  ApiServer,
  Connection,
  Status,
  UserInfo,
  Watch,
  WatchEvent,
} from '../api/types.ts'
import type { Engine } from '../engine/engine.ts'
import type { HttpResponse } from '../engine/network.ts'
import { anyOf, Notifier, type Task, type Wait, wait } from '../engine/task.ts'
import { isPathSegmentName } from '../kinds/machinery/names.ts'
import { goQuote } from '../kinds/machinery/quote.ts'
import type { KubeObject } from '../kinds/object.ts'
import type { Held, Resource } from './discovery.ts'
import { CommandError, StatusError } from './errors.ts'
import type { Answer } from './request-log.ts'

export type Query = Record<string, string>

/** A list as the server answers it; of a Table `items` is not there. */
export type ObjectList<T extends KubeObject = KubeObject> = KubeObject & { items: T[] }

/** The objects of a list, or the one that it is. */
export const itemsOf = (object: KubeObject | ObjectList): readonly KubeObject[] =>
  'items' in object && Array.isArray(object.items) ? object.items : [object]

export type PatchType = 'strategic' | 'merge' | 'json' | 'apply'

const mediaTypes: Record<PatchType, string> = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
}

export interface ClientOptions {
  readonly api: ApiServer
  /** Why the request would reach no server. */
  readonly failure: (request: ApiRequest) => Error | undefined
  /** Whom to act as. */
  readonly user: UserInfo | undefined
  /** A bearer token, where no certificate says who asks. */
  readonly token?: string | undefined
  /** The client's certificate as PEM, where it is not the administrator's. */
  readonly certificate?: string | undefined
  readonly warn: (text: string) => void
  /** Tells the client's own log of a request, and then of its answer. */
  readonly log: (request: ApiRequest) => ((answer: Answer) => void) | undefined
}

/** `/api/v1/namespaces/default/pods/web/log`: the path of a collection, an object or a subresource. */
export function pathOf(resource: Resource, namespace: string, name = '', subresource = ''): string {
  const root = resource.group ? `/apis/${resource.group}/${resource.version}` : `/api/${resource.version}`
  const scope = resource.namespaced && namespace ? `/namespaces/${encodeURIComponent(namespace)}` : ''
  const last = name ? `/${encodeURIComponent(name)}${subresource ? `/${subresource}` : ''}` : ''
  return `${root}${scope}/${resource.plural}${last}`
}

function named(name: string): string {
  if (!name) throw new CommandError('resource name may not be empty')
  // client-go looks before it sends: what is no part of a path is no name (rest.Request.Name).
  const faults = isPathSegmentName(name)
  if (faults.length) throw new CommandError(`invalid resource name ${goQuote(name)}: [${faults.join(' ')}]`)
  return name
}

export class Client {
  readonly #options: ClientOptions
  readonly #warned = new Set<string>()

  constructor(options: ClientOptions) {
    this.#options = options
  }

  get api(): ApiServer {
    return this.#options.api
  }

  /** The body of a good answer, which is what that path answers with; throws StatusError otherwise. */
  call<Answer = KubeObject>(request: ApiRequest): Answer {
    return this.#answer(request)
  }

  /** The same where the answer is text: logs, metrics. */
  text(request: ApiRequest): string {
    return this.#answer(request)
  }

  #answer(request: ApiRequest): ApiResponse['body'] {
    const log = this.#begin(request)
    const answer = this.#options.api.handle(this.#complete(request))
    log?.(answer)
    for (const text of answer.warnings) this.#warn(text)
    if (answer.code >= 400 || answer.body?.status === 'Failure') throw new StatusError(answer.body)
    return answer.body
  }

  get<R extends Resource>(
    resource: R,
    namespace: string,
    name: string,
    subresource = '',
    accept?: ApiRequest['accept'],
    query?: Query,
  ): Held<R> {
    return this.#answer({
      method: 'GET',
      path: pathOf(resource, namespace, named(name), subresource),
      ...(accept && { accept }),
      ...(query && { query }),
    })
  }

  /**
   * The whole list, asked for in pieces where the query has a `limit`. Items carry their kind and version, which the server
   * leaves out of lists.
   */
  list<R extends Resource>(
    resource: R,
    namespace: string,
    query: Query = {},
    accept?: ApiRequest['accept'],
  ): ObjectList<Held<R>> {
    const path = pathOf(resource, namespace)
    const ask = (more?: string) =>
      this.#answer({
        method: 'GET',
        path,
        query: { ...query, ...(more && { continue: more }) },
        ...(accept && { accept }),
      })
    let body = ask()
    while (body.metadata?.continue) {
      const next = ask(body.metadata.continue)
      const items = body.items
        ? { items: [...body.items, ...next.items] }
        : { rows: [...body.rows, ...next.rows] }
      body = { ...body, metadata: next.metadata, ...items }
    }
    if (!Array.isArray(body.items)) return body
    const { apiVersion } = body
    const kind = String(body.kind).replace(/List$/, '')
    return {
      ...body,
      items: body.items.map((item: KubeObject) => (item.kind ? item : { ...item, apiVersion, kind })),
    }
  }

  create<R extends Resource>(resource: R, namespace: string, body: unknown, query?: Query): Held<R> {
    return this.#answer({ method: 'POST', path: pathOf(resource, namespace), body, ...(query && { query }) })
  }

  replace<R extends Resource>(
    resource: R,
    namespace: string,
    name: string,
    body: unknown,
    query?: Query,
    subresource = '',
  ): Held<R> {
    return this.#answer({
      method: 'PUT',
      path: pathOf(resource, namespace, named(name), subresource),
      body,
      ...(query && { query }),
    })
  }

  patch<R extends Resource>(
    resource: R,
    namespace: string,
    name: string,
    type: PatchType,
    body: unknown,
    query?: Query,
    subresource = '',
  ): Held<R> {
    return this.#answer({
      method: 'PATCH',
      path: pathOf(resource, namespace, named(name), subresource),
      contentType: mediaTypes[type],
      body,
      ...(query && { query }),
    })
  }

  delete<R extends Resource>(
    resource: R,
    namespace: string,
    name: string,
    options: unknown = {},
    query?: Query,
  ): Held<R> | Status {
    return this.#answer({
      method: 'DELETE',
      path: pathOf(resource, namespace, named(name)),
      body: options,
      ...(query && { query }),
    })
  }

  /** The answer to a request that the server passes on to a pod, a service or a node. */
  *proxied(request: ApiRequest): Task<HttpResponse> {
    const log = this.#begin(request)
    const answer = yield* proxied(this.#options.api, this.#complete(request), { 'user-agent': 'kubectl' })
    log?.({ code: answer.status, body: answer.body })
    return answer
  }

  connect(request: ApiRequest): Connection {
    const log = this.#begin(request)
    const answer = this.#options.api.connect(this.#complete(request))
    // Logs are the body of an answer; the other streams have the connection to themselves.
    log?.('type' in answer ? { code: answer.type === 'log' ? 200 : 101 } : answer)
    if ('type' in answer) return answer
    for (const text of answer.warnings) this.#warn(text)
    throw new StatusError(answer.body)
  }

  watch<R extends Resource>(
    resource: R,
    namespace: string,
    query: Query,
    accept?: ApiRequest['accept'],
  ): WatchQueue<Held<R>> {
    return this.watchPath(pathOf(resource, namespace), query, accept)
  }

  watchPath<T extends KubeObject>(path: string, query: Query, accept?: ApiRequest['accept']): WatchQueue<T> {
    return new WatchQueue<T>((onEvent, onEnd) => {
      const request: ApiRequest = {
        method: 'GET',
        path,
        query: { ...query, watch: 'true' },
        ...(accept && { accept }),
      }
      const log = this.#begin(request)
      const answer = this.#options.api.watch(
        this.#complete(request),
        onEvent as (event: WatchEvent) => void,
        onEnd,
      )
      log?.('stop' in answer ? { code: 200 } : answer)
      if ('stop' in answer) return answer
      throw new StatusError(answer.body)
    })
  }

  #begin(request: ApiRequest): ((answer: Answer) => void) | undefined {
    const failure = this.#options.failure(request)
    const log = this.#options.log(request)
    if (failure) {
      log?.({})
      throw failure
    }
    return log
  }

  #complete(request: ApiRequest): ApiRequest {
    const { user, token, certificate } = this.#options
    return {
      userAgent: 'kubectl',
      ...(user && { user }),
      ...(token !== undefined && { token }),
      ...(certificate !== undefined && { certificate }),
      ...request,
    }
  }

  #warn(text: string): void {
    if (this.#warned.has(text)) return
    this.#warned.add(text)
    this.#options.warn(text)
  }
}

/** Watch events in the order they came, to be taken by one task. */
class WatchQueue<T extends KubeObject> {
  readonly #events: WatchEvent<T>[] = []
  readonly #changed = new Notifier()
  readonly #watch: Watch
  #ended = false

  constructor(begin: (onEvent: (event: WatchEvent<T>) => void, onEnd: () => void) => Watch) {
    this.#watch = begin(
      event => {
        this.#events.push(event)
        this.#changed.notify()
      },
      () => {
        this.#ended = true
        this.#changed.notify()
      },
    )
  }

  /** The next event; undefined where the watch ended or `until` (virtual ms since 1970) has passed. */
  *next(until?: number): Task<WatchEvent<T> | undefined> {
    for (;;) {
      const event = this.#events.shift()
      if (event || this.#ended) return event
      if (until === undefined) yield* wait(this.#changed)
      else {
        const first = yield* wait(anyOf(this.#changed, timeAt(until)))
        if (first.index === 1 && this.#events.length === 0) return undefined
      }
    }
  }

  /** An event that is already there. */
  take(): WatchEvent<T> | undefined {
    return this.#events.shift()
  }

  stop(): void {
    this.#watch.stop()
  }
}

/** Wakes at a moment of virtual time. */
function timeAt(time: number): Wait<void> {
  return {
    start(engine: Engine, wake) {
      const timer = engine.after(time - engine.now, () => wake())
      return () => timer.cancel()
    },
  }
}
