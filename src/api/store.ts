// The storage of all objects, in the place of etcd and the watch cache: one revision counter, one table for each
// resource, and for each write one event to the watchers it concerns.
// Objects are shared and immutable: a write replaces the object. The cost of a write does not grow with the number of
// objects, and that of a list only with its result.
import type { Engine } from '../engine/engine.ts'
import type { KubeObject, ObjectOf } from '../kinds/object.ts'
import { History, type StoreEvent } from './history.ts'
import type { Ownership } from './managed-fields.ts'
import { Watchers } from './watchers.ts'

/** What is kept of an object: itself (without managedFields) and who owns which of its fields. */
export interface Stored<T extends KubeObject = KubeObject> {
  readonly object: T
  readonly managed: Ownership | undefined
}

/** `namespace/name`; cluster-wide objects by name alone. Lists come in the order of these keys, as from etcd. */
export const storeKey = (namespace: string | undefined, name: string): string =>
  namespace ? `${namespace}/${name}` : name

/** Learns of a write, with the object's key. */
type Observer<T = KubeObject> = (old: T | undefined, now: T | undefined, key: string) => void

/** The objects of one resource. */
export class Table<T extends KubeObject = KubeObject> {
  /** The resource's name in messages: `deployments.apps`. */
  readonly name: string
  readonly watchers: Watchers
  readonly history = new History()
  readonly #objects = new Map<string, Stored<T>>()
  readonly #namespaces = new Map<string, Set<string>>()
  readonly #observers: Observer[] = []
  #sorted: string[] | undefined
  readonly #sortedNamespaces = new Map<string, string[]>()
  /** Nothing of it waits for a look. */
  #isSettled = true
  #deferred: (() => readonly Stored<T>[]) | undefined
  /** Made for a look from outside, and not told to those who follow the table yet. */
  #untold: readonly Stored<T>[] | undefined
  readonly #looked: () => boolean

  constructor(name: string, engine: Engine, looked: () => boolean = () => false) {
    this.name = name
    this.watchers = new Watchers(engine)
    this.#looked = looked
  }

  /**
   * Objects that are in it from the start, and are made when somebody first looks. Components that only follow the table
   * do not make them: they learn of them then.
   */
  defer(objects: () => readonly Stored<T>[]): void {
    this.#deferred = objects
    this.#isSettled = false
  }

  /** Nobody has looked yet. */
  get isDeferred(): boolean {
    return !this.#isSettled
  }

  #settle(): void {
    if (this.#deferred) {
      const objects = this.#deferred()
      this.#deferred = undefined
      this.#isSettled = true
      for (const stored of objects) {
        const { namespace, name } = stored.object.metadata
        this.put(storeKey(namespace, name), stored)
      }
      this.#untold = objects
    }
    this.#isSettled = !this.#untold || !this.#looked()
    if (!this.#untold || !this.#isSettled) return
    const untold = this.#untold
    this.#untold = undefined
    for (const stored of untold) {
      const revision = Number(stored.object.metadata.resourceVersion)
      this.watchers.notify({ type: 'ADDED', revision, old: undefined, stored })
    }
  }

  get(key: string): Stored<T> | undefined {
    if (!this.#isSettled) this.#settle()
    return this.#objects.get(key)
  }

  /** Objects of a namespace (of all: undefined) in the order of their keys. */
  *list(namespace?: string): Generator<Stored<T>> {
    for (const key of this.keys(namespace)) {
      const stored = this.#objects.get(key)
      if (stored) yield stored
    }
  }

  get isEmpty(): boolean {
    if (!this.#isSettled) this.#settle()
    return this.#objects.size === 0
  }

  /** Number of objects in a namespace. */
  count(namespace: string): number {
    if (!this.#isSettled) this.#settle()
    return this.#namespaces.get(namespace)?.size ?? 0
  }

  keys(namespace?: string): readonly string[] {
    if (!this.#isSettled) this.#settle()
    if (namespace === undefined) return (this.#sorted ??= [...this.#objects.keys()].sort(byCodePoint))
    let sorted = this.#sortedNamespaces.get(namespace)
    if (!sorted) {
      sorted = [...(this.#namespaces.get(namespace) ?? [])].sort(byCodePoint)
      this.#sortedNamespaces.set(namespace, sorted)
    }
    return sorted
  }

  /** Tells of every change within the write itself: for the server's own indexes. */
  observe(observer: Observer<T>): void {
    this.#observers.push(observer as Observer)
  }

  put(key: string, stored: Stored<T>): void {
    if (!this.#isSettled) this.#settle()
    for (const observe of this.#observers) observe(this.#objects.get(key)?.object, stored.object, key)
    if (!this.#objects.has(key)) {
      const namespace = stored.object.metadata.namespace
      if (namespace) {
        let names = this.#namespaces.get(namespace)
        if (!names) this.#namespaces.set(namespace, (names = new Set()))
        names.add(key)
      }
      this.#forgetOrder(namespace)
    }
    this.#objects.set(key, stored)
  }

  remove(key: string): void {
    if (!this.#isSettled) this.#settle()
    const stored = this.#objects.get(key)
    if (!stored) return
    for (const observe of this.#observers) observe(stored.object, undefined, key)
    this.#objects.delete(key)
    const namespace = stored.object.metadata.namespace
    if (namespace) {
      const names = this.#namespaces.get(namespace)
      names?.delete(key)
      if (names?.size === 0) this.#namespaces.delete(namespace)
    }
    this.#forgetOrder(namespace)
  }

  #forgetOrder(namespace: string | undefined): void {
    this.#sorted = undefined
    if (namespace) this.#sortedNamespaces.delete(namespace)
  }
}

const byCodePoint = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

export class Store {
  /** etcd does not answer: nothing can be written or read. */
  down = false
  /** What is read now is a look from outside the world. */
  looked = false
  /** Learns of every write within the write itself, for who keeps what has been: it must change nothing. */
  journal: ((resource: string, event: StoreEvent) => void) | undefined
  readonly #engine: Engine
  readonly #tables = new Map<string, Table>()
  #revision: number

  constructor(engine: Engine, revision = 1) {
    this.#engine = engine
    this.#revision = revision
  }

  /** The version of the last write. */
  get revision(): number {
    return this.#revision
  }

  /** By the resource's name in messages: `deployments.apps`. */
  table<Name extends string>(resource: Name): Table<ObjectOf<Name>> {
    let table = this.#tables.get(resource)
    if (!table) this.#tables.set(resource, (table = new Table(resource, this.#engine, () => this.looked)))
    return table as Table<ObjectOf<Name>>
  }

  /** The version that the next write will get. */
  nextVersion(): string {
    return String(this.#revision + 1)
  }

  /** Writes an object whose resourceVersion is `nextVersion()`. */
  put(table: Table, key: string, stored: Stored): Stored {
    const old = table.get(key)
    const revision = ++this.#revision
    table.put(key, stored)
    const event: StoreEvent = { type: old ? 'MODIFIED' : 'ADDED', revision, old, stored }
    table.history.add(event)
    this.journal?.(table.name, event)
    table.watchers.notify(event)
    return stored
  }

  /** Removes an object; `last` is its final state, with the version of the removal. */
  remove(table: Table, key: string, last: Stored): Stored {
    const old = table.get(key)
    const revision = ++this.#revision
    table.remove(key)
    const event: StoreEvent = { type: 'DELETED', revision, old, stored: last }
    table.history.add(event)
    this.journal?.(table.name, event)
    table.watchers.notify(event)
    return last
  }

  /**
   * Puts an object there as if it had always been: no event, no history. For the default objects of a new cluster,
   * which are shared between worlds.
   */
  seed(table: Table, key: string, stored: Stored): void {
    table.put(key, stored)
    const version = Number(stored.object.metadata.resourceVersion)
    if (version > this.#revision) this.#revision = version
  }
}
