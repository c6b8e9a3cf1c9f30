// Caches of the API's objects, filled by list and watch, as client-go's shared informers: one cache of a resource for
// all components that share a set, with indexes and handlers that learn of every change in the order it happened.
// A cache is as old as its watch: a component sees its own writes a moment later, as in a real cluster.
import type { Engine } from '../engine/engine.ts'
import type { KubeObject, ObjectOf, OwnerReference } from '../kinds/object.ts'
import type { Pod } from '../kinds/schema/types.ts'
import type { Client, ListOptions } from './client.ts'
import type { Watch } from './types.ts'

export interface InformerHandlers<T> {
  add?(object: T): void
  update?(old: T, object: T): void
  delete?(object: T): void
}

/** Learns of each change of a cache with the cache itself, before any handler: for counts of what is in it. */
export type Follower<T> = (key: string, old: T | undefined, object: T | undefined) => void

/** Values under which an object is found by `byIndex`. */
export type IndexFunction<T> = (object: T) => readonly string[]

/** `namespace/name`, or just the name of a cluster-wide object: what work queues hold. */
export function objectKey(object: KubeObject): string {
  const { namespace, name } = object.metadata
  return namespace ? `${namespace}/${name}` : name
}

export function splitKey(key: string): { namespace: string; name: string } {
  const slash = key.indexOf('/')
  return slash < 0
    ? { namespace: '', name: key }
    : { namespace: key.slice(0, slash), name: key.slice(slash + 1) }
}

const isController = ({ controller }: OwnerReference): boolean => controller === true

/** uid of the owner that controls the object. */
export function controllerUid(object: KubeObject): string | undefined {
  return object.metadata.ownerReferences?.find(isController)?.uid
}

/** Handlers in their order among those of an informer. */
interface Place<T> {
  active: boolean
  handlers: InformerHandlers<T>
}

const none: readonly never[] = []

export const indexes = {
  namespace: (o: KubeObject): readonly string[] => [o.metadata.namespace ?? ''],
  /** By the uid of the controlling owner. */
  controller(o: KubeObject): readonly string[] {
    const uid = controllerUid(o)
    return uid ? [uid] : none
  },
  /** By the uids of all owners. */
  owner: (o: KubeObject): readonly string[] => o.metadata.ownerReferences?.map(r => r.uid) ?? none,
  uid: (o: KubeObject): readonly string[] => (o.metadata.uid ? [o.metadata.uid] : none),
  /** Pods by the node they are bound to. */
  node({ spec }: Pod): readonly string[] {
    const node = spec.nodeName
    return node ? [node] : none
  },
} as const

class Index<T extends KubeObject> {
  readonly values: IndexFunction<T>
  readonly #buckets = new Map<string, Map<string, T>>()

  constructor(values: IndexFunction<T>) {
    this.values = values
  }

  get(value: string): Iterable<T> {
    return this.#buckets.get(value)?.values() ?? none
  }

  size(value: string): number {
    return this.#buckets.get(value)?.size ?? 0
  }

  replace(key: string, old: T | undefined, object: T | undefined): void {
    const before = old ? this.values(old) : none
    const after = object ? this.values(object) : none
    if (object && before.length === 1 && after.length === 1 && before[0] === after[0]) {
      this.#buckets.get(before[0]!)!.set(key, object)
      return
    }
    for (const value of before) {
      if (after.includes(value)) continue
      const bucket = this.#buckets.get(value)
      bucket?.delete(key)
      if (bucket?.size === 0) this.#buckets.delete(value)
    }
    if (!object) return
    for (const value of after) {
      let bucket = this.#buckets.get(value)
      if (!bucket) this.#buckets.set(value, (bucket = new Map()))
      bucket.set(key, object)
    }
  }
}

/** One among those of all resources: whose objects it holds is known to those who asked for it. */
type AnyInformer = Informer<any>
type AnyPlace = Place<any>

export class Informer<T extends KubeObject = KubeObject> {
  readonly #client: Client
  readonly #engine: Engine
  readonly #resource: string
  readonly #options: ListOptions
  readonly #objects = new Map<string, T>()
  readonly #indexes = new Map<string, Index<T>>()
  /** The same, for what every change goes through. */
  readonly #allIndexes: Index<T>[] = []
  readonly #followers: Follower<T>[] = []
  readonly #handlers = new Set<Place<T>>()
  readonly #kept: (informer: AnyInformer) => AnyPlace | undefined
  #watch: Watch | undefined

  /** `kept`: the place that is kept for the component that is being started, if it has one here. */
  constructor(
    engine: Engine,
    client: Client,
    resource: string,
    options: ListOptions,
    kept: (informer: AnyInformer) => AnyPlace | undefined = () => undefined,
  ) {
    this.#kept = kept
    this.#engine = engine
    this.#client = client
    this.#resource = resource
    this.#options = options
    this.addIndex('namespace', indexes.namespace)
    this.#start()
  }

  /** Has an index by this name been added? */
  hasIndex(name: string): boolean {
    return this.#indexes.has(name)
  }

  /** Keeps an index; one that is there already under this name stays. */
  addIndex(name: string, values: IndexFunction<T>): void {
    if (this.#indexes.has(name)) return
    const index = new Index(values)
    for (const [key, object] of this.#objects) index.replace(key, undefined, object)
    this.#indexes.set(name, index)
    this.#allIndexes.push(index)
  }

  follow(follower: Follower<T>): void {
    for (const [key, object] of this.#objects) follower(key, undefined, object)
    this.#followers.push(follower)
  }

  /** By key, `namespace/name` or a cluster-wide name. */
  get(key: string): T | undefined {
    return this.#objects.get(key)
  }

  find(namespace: string, name: string): T | undefined {
    return this.#objects.get(namespace ? `${namespace}/${name}` : name)
  }

  get size(): number {
    return this.#objects.size
  }

  all(): IterableIterator<T> {
    return this.#objects.values()
  }

  list(namespace?: string): T[] {
    return namespace ? this.byIndex('namespace', namespace) : [...this.#objects.values()]
  }

  byIndex(index: string, value: string): T[] {
    return [...this.#index(index).get(value)]
  }

  /** `byIndex` without the copy, for loops that do not change the cache. */
  eachByIndex(index: string, value: string): Iterable<T> {
    return this.#index(index).get(value)
  }

  countByIndex(index: string, value: string): number {
    return this.#index(index).size(value)
  }

  #index(name: string): Index<T> {
    const index = this.#indexes.get(name)
    if (!index) throw new Error(`informer of ${this.#resource} has no index ${name}`)
    return index
  }

  /** Calls `add` for every object there is (in an event of its own), then follows changes. Returns how to stop. */
  handle(handlers: InformerHandlers<T>): () => void {
    const kept = this.#kept(this)
    if (kept) {
      kept.handlers = handlers
      for (const object of [...this.#objects.values()]) handlers.add?.(object)
      return () => this.#handlers.delete(kept)
    }
    const entry = this.keep(handlers)
    this.#engine.after(0, () => {
      entry.active = true
      if (!this.#handlers.has(entry)) return
      for (const object of [...this.#objects.values()]) handlers.add?.(object)
    })
    return () => this.#handlers.delete(entry)
  }

  /** A place among the handlers, which others may take later; it learns of nothing before it is active. */
  keep(handlers: InformerHandlers<T>): Place<T> {
    const place = { active: false, handlers }
    this.#handlers.add(place)
    return place
  }

  stop(): void {
    this.#watch?.stop()
    this.#handlers.clear()
  }

  #start(): void {
    const resource = this.#client.resource<T>(this.#resource)
    const { items, resourceVersion } = resource.listWithVersion(this.#options, true)
    const seen = new Set<string>()
    for (const object of items) {
      const key = objectKey(object)
      seen.add(key)
      if (this.#objects.get(key)?.metadata.resourceVersion !== object.metadata.resourceVersion)
        this.#set(key, object)
    }
    for (const key of [...this.#objects.keys()]) if (!seen.has(key)) this.#remove(key)
    this.#watch = resource.watch(
      { ...this.#options, resourceVersion },
      event => {
        if (event.type === 'ERROR') {
          // The history no longer reaches back that far: list again, as a reflector does.
          this.#watch?.stop()
          this.#start()
        } else if (event.type === 'DELETED')
          this.#remove(objectKey(event.object), event.object as unknown as T)
        else if (event.type !== 'BOOKMARK') this.#set(objectKey(event.object), event.object as unknown as T)
      },
      () => this.#start(),
    )
  }

  #set(key: string, object: T): void {
    const old = this.#objects.get(key)
    this.#objects.set(key, object)
    for (const index of this.#allIndexes) index.replace(key, old, object)
    for (const follow of this.#followers) follow(key, old, object)
    this.#tell(old, object)
  }

  #remove(key: string, last?: T): void {
    const old = this.#objects.get(key)
    if (!old) return
    this.#objects.delete(key)
    for (const index of this.#allIndexes) index.replace(key, old, undefined)
    for (const follow of this.#followers) follow(key, old, undefined)
    this.#tell(last ?? old, undefined)
  }

  /** What one handler throws does not keep the change from the others. */
  #tell(old: T | undefined, object: T | undefined): void {
    for (const { active, handlers } of this.#handlers) {
      if (!active) continue
      try {
        if (!object) handlers.delete?.(old!)
        else if (old) handlers.update?.(old, object)
        else handlers.add?.(object)
      } catch (error) {
        this.#engine.fail(error)
      }
    }
  }
}

/** The informers that components share: asking twice for one resource gives one cache. */
export class Informers {
  readonly #engine: Engine
  readonly #client: Client
  readonly #informers = new Map<string, AnyInformer>()
  /** Of the component that is being started. */
  #places: Map<AnyInformer, AnyPlace> | undefined

  constructor(engine: Engine, client: Client) {
    this.#engine = engine
    this.#client = client
  }

  /** `informers.of<Pod>('pods')`; resources are named as in Client.resource. */
  of<Name extends string>(resource: Name, options?: ListOptions): Informer<ObjectOf<Name>>
  of<T extends KubeObject>(resource: string, options?: ListOptions): Informer<T>
  of<T extends KubeObject>(resource: string, options: ListOptions = {}): Informer<T> {
    const key = `${resource} ${options.namespace ?? ''} ${options.labelSelector ?? ''} ${options.fieldSelector ?? ''}`
    let informer = this.#informers.get(key)
    if (!informer) {
      informer = new Informer<T>(this.#engine, this.#client, resource, options, each => {
        // One place for one set of handlers: what the component adds beside them stands behind all others.
        const place = this.#places?.get(each)
        this.#places?.delete(each)
        return place
      })
      this.#informers.set(key, informer)
    }
    return informer
  }

  /**
   * Starts a component when there is an object of its `own` resources, and not before. Its place among the handlers of
   * these and of those it `follows` beside is kept from now on: who learns of a change before whom does not depend on it.
   */
  startLater<Name extends string>(
    own: readonly Name[],
    follows: readonly string[],
    start: () => void,
    wanted: (object: ObjectOf<Name>) => boolean = () => true,
  ): void {
    const places = new Map<AnyInformer, AnyPlace>()
    const wake = (object: ObjectOf<Name>) => {
      if (!wanted(object)) return
      for (const place of places.values()) if (place.handlers.add === wake) place.handlers = {}
      this.#places = places
      try {
        start()
      } finally {
        this.#places = undefined
      }
    }
    const isOwn = (resource: string): boolean => own.some(each => each === resource)
    for (const resource of [...own, ...follows]) {
      const informer: AnyInformer = this.of(resource)
      const place = informer.keep(isOwn(resource) ? { add: wake } : {})
      places.set(informer, place)
      this.#engine.after(0, () => {
        place.active = true
        for (const object of informer.all()) {
          if (place.handlers.add !== wake) break
          wake(object)
        }
      })
    }
  }

  /** Stops every watch (a component that was shut down). */
  stop(): void {
    for (const informer of this.#informers.values()) informer.stop()
    this.#informers.clear()
  }
}
