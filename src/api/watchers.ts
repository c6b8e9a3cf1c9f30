// Who watches a resource. Watchers are indexed by what they ask for (a namespace, a name, the value of a field such as
// spec.nodeName), so that one event costs only those it reaches: a thousand kubelets watch pods.
import type { Engine } from '../engine/engine.ts'
import type { Timer } from '../engine/event-queue.ts'
import type { KubeObject } from '../kinds/object.ts'
import type { StoreEvent } from './history.ts'
import type { Stored } from './store.ts'

export interface WatchFilter {
  readonly namespace?: string | undefined
  readonly name?: string | undefined
  /** A requirement `field=value` that can be looked up: the watcher sees only objects with that value. */
  readonly field?:
    | { readonly path: string; readonly value: string; of(object: KubeObject): string }
    | undefined
  /** What else an object must satisfy. */
  readonly matches?: ((object: KubeObject) => boolean) | undefined
}

export type WatchEventType = 'ADDED' | 'MODIFIED' | 'DELETED'

/** Time until an event reaches its watcher, in ms. */
const latency = 1

class Watcher {
  readonly filter: WatchFilter
  readonly #engine: Engine
  readonly #deliver: (type: WatchEventType, stored: Stored) => void
  #queue: { type: WatchEventType; stored: Stored }[] = []
  #timer: Timer | undefined
  stopped = false

  constructor(engine: Engine, filter: WatchFilter, deliver: (type: WatchEventType, stored: Stored) => void) {
    this.#engine = engine
    this.filter = filter
    this.#deliver = deliver
  }

  /** Passes on what the event means to this watcher: an object may come into its view or leave it. */
  offer({ type, old, stored }: StoreEvent): void {
    const was = type !== 'ADDED' && old !== undefined && this.sees(old.object)
    if (type === 'DELETED') {
      if (was) this.push('DELETED', stored)
      return
    }
    const is = this.sees(stored.object)
    if (is) this.push(was ? 'MODIFIED' : 'ADDED', stored)
    else if (was && old) {
      // It sees the object for the last time as it was, at the version of the change.
      const { resourceVersion } = stored.object.metadata
      this.push('DELETED', {
        ...old,
        object: { ...old.object, metadata: { ...old.object.metadata, resourceVersion } } as KubeObject,
      })
    }
  }

  sees(object: KubeObject): boolean {
    const { namespace, name, field, matches } = this.filter
    return (
      (namespace === undefined || object.metadata.namespace === namespace) &&
      (name === undefined || object.metadata.name === name) &&
      (field === undefined || field.of(object) === field.value) &&
      (matches === undefined || matches(object))
    )
  }

  push(type: WatchEventType, stored: Stored): void {
    this.#queue.push({ type, stored })
    this.#timer ??= this.#engine.after(latency, () => this.#flush())
  }

  stop(): void {
    this.stopped = true
    this.#timer?.cancel()
    this.#queue = []
  }

  #flush(): void {
    const queue = this.#queue
    this.#queue = []
    this.#timer = undefined
    let done = 0
    try {
      for (const { type, stored } of queue) {
        if (this.stopped) return
        done++
        this.#deliver(type, stored)
      }
    } finally {
      // A watcher that fails over one event still hears of the next.
      if (done < queue.length && !this.stopped) {
        this.#queue = [...queue.slice(done), ...this.#queue]
        this.#timer ??= this.#engine.after(0, () => this.#flush())
      }
    }
  }
}

export class Watchers {
  readonly #engine: Engine
  /** Watchers by what they can be looked up with: '' for those that see everything. */
  readonly #byLookup = new Map<string, Set<Watcher>>()
  /** How many lookups there are of each sort (their first letter). */
  readonly #sorts = new Map<string, number>()
  /** Fields that some watcher is looked up by, with how to read them. */
  readonly #fields = new Map<string, { of(object: KubeObject): string; watchers: number }>()

  constructor(engine: Engine) {
    this.#engine = engine
  }

  add(filter: WatchFilter, deliver: (type: WatchEventType, stored: Stored) => void): Watcher {
    const watcher = new Watcher(this.#engine, filter, deliver)
    const lookup = lookupOf(filter)
    let watchers = this.#byLookup.get(lookup)
    if (!watchers) {
      this.#byLookup.set(lookup, (watchers = new Set()))
      this.#countSort(lookup, 1)
    }
    watchers.add(watcher)
    if (lookup.startsWith('f')) {
      const { path, of } = filter.field!
      const field = this.#fields.get(path)
      if (field) field.watchers++
      else this.#fields.set(path, { of, watchers: 1 })
    }
    return watcher
  }

  remove(watcher: Watcher): void {
    watcher.stop()
    const lookup = lookupOf(watcher.filter)
    const watchers = this.#byLookup.get(lookup)
    if (!watchers?.delete(watcher)) return
    if (watchers.size === 0) {
      this.#byLookup.delete(lookup)
      this.#countSort(lookup, -1)
    }
    if (lookup.startsWith('f')) {
      const { path } = watcher.filter.field!
      const field = this.#fields.get(path)!
      if (--field.watchers === 0) this.#fields.delete(path)
    }
  }

  #countSort(lookup: string, by: number): void {
    const sort = lookup[0] ?? ''
    const count = (this.#sorts.get(sort) ?? 0) + by
    if (count) this.#sorts.set(sort, count)
    else this.#sorts.delete(sort)
  }

  notify(event: StoreEvent): void {
    if (this.#byLookup.size === 0) return
    const { object } = event.stored
    const { namespace, name } = object.metadata
    this.#offer('', event)
    if (this.#sorts.has('n')) this.#offer(`n${namespace ?? ''}`, event)
    if (this.#sorts.has('o')) this.#offer(`o${namespace ?? ''}/${name}`, event)
    if (this.#sorts.has('m')) this.#offer(`m${name}`, event)
    for (const [path, { of }] of this.#fields) {
      const value = of(object)
      this.#offer(`f${path}=${value}`, event)
      const before = event.old && of(event.old.object)
      if (before !== undefined && before !== value) this.#offer(`f${path}=${before}`, event)
    }
  }

  #offer(lookup: string, event: StoreEvent): void {
    const watchers = this.#byLookup.get(lookup)
    if (watchers) for (const watcher of watchers) watcher.offer(event)
  }
}

function lookupOf({ namespace, name, field }: WatchFilter): string {
  if (name !== undefined) return namespace === undefined ? `m${name}` : `o${namespace}/${name}`
  if (field) return `f${field.path}=${field.value}`
  return namespace === undefined ? '' : `n${namespace}`
}
