// Records events as client-go does: an equal event raises the count of the first one, more than ten similar ones within
// ten minutes become "(combined from similar events): …", and a source that floods one object is cut off.
// Rules: k8s.io/client-go/tools/record/events_cache.go (EventCorrelator) and event.go. Left out: retries of the sink.
import { type Engine, formatTime } from '../engine/engine.ts'
import type { AnyObject, KubeObject } from '../kinds/object.ts'
import type { Client } from './client.ts'

export interface EventSource {
  /** `default-scheduler`, `kubelet`, `deployment-controller` … */
  readonly component: string
  /** The node, for kubelets. */
  readonly host?: string
}

export interface ObjectReference {
  kind: string
  namespace?: string
  name: string
  uid?: string
  apiVersion: string
  resourceVersion?: string
  fieldPath?: string
}

export function referenceTo(object: KubeObject, fieldPath?: string): ObjectReference {
  const { namespace, name, uid, resourceVersion } = object.metadata
  return {
    kind: object.kind,
    ...(namespace && { namespace }),
    name,
    ...(uid && { uid }),
    apiVersion: object.apiVersion,
    ...(resourceVersion && { resourceVersion }),
    ...(fieldPath && { fieldPath }),
  }
}

const maxSimilar = 10
const similarWithinMs = 600_000
const burst = 25
const refillMs = 300_000 // one more event in five minutes
const cacheSize = 4096

/** A map that forgets what was used longest ago. */
class Recent<V> {
  readonly #map = new Map<string, V>()
  /** Without counting as a use: where a `set` follows. */
  peek(key: string): V | undefined {
    return this.#map.get(key)
  }
  get(key: string): V | undefined {
    const value = this.#map.get(key)
    if (value !== undefined) {
      this.#map.delete(key)
      this.#map.set(key, value)
    }
    return value
  }
  set(key: string, value: V): void {
    this.#map.delete(key)
    this.#map.set(key, value)
    if (this.#map.size > cacheSize)
      for (const oldest of this.#map.keys()) return void this.#map.delete(oldest)
  }
}

interface Seen {
  count: number
  name: string
}

/** One for each source: `recorder.event(pod, 'Normal', 'Pulled', 'Container image … already present …')`. */
export class EventRecorder {
  readonly #engine: Engine
  readonly #client: Client
  readonly #source: EventSource
  readonly #spam = new Recent<{ tokens: number; at: number }>()
  readonly #similar = new Recent<{ messages: Set<string>; at: number }>()
  readonly #seen = new Recent<Seen>()

  constructor(engine: Engine, client: Client, source: EventSource) {
    this.#engine = engine
    this.#client = client
    this.#source = source
  }

  /** Writes the event a moment later; `about` is the object or a reference to it (or to a part of it). */
  event(
    about: KubeObject | ObjectReference,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
    annotations?: Record<string, string>,
  ): void {
    const reference = 'metadata' in about ? referenceTo(about) : about
    const at = this.#engine.now
    this.#engine.after(1, () => this.#record(reference, type, reason, message, at, annotations))
  }

  #record(
    about: ObjectReference,
    type: string,
    reason: string,
    message: string,
    at: number,
    annotations?: Record<string, string>,
  ): void {
    const { component, host = '' } = this.#source
    const { kind, uid } = about
    const object = uid
      ? `${kind}/${uid}`
      : `${kind}/${about.namespace ?? ''}/${about.name}/${about.apiVersion}`
    if (this.#isSpam(object, at)) return
    const group = `${object} ${type} ${reason}`
    const combined = this.#isOneOfMany(group, message, at)
    const key = combined ? group : `${object} ${about.fieldPath ?? ''} ${type} ${reason} ${message}`
    const text = combined ? `(combined from similar events): ${message}` : message
    const time = formatTime(at)
    const namespace = about.namespace || 'default'
    const events = this.#client.resource<AnyObject>('events')

    const seen = this.#seen.get(key)
    if (seen) {
      const count = seen.count + 1
      const patch = { count, lastTimestamp: time, ...(combined && { message: text }) }
      if (this.#write(() => events.patch(namespace, seen.name, 'strategic', patch))) {
        this.#seen.set(key, { ...seen, count })
        return
      }
    }
    const event = {
      kind: 'Event',
      apiVersion: 'v1',
      metadata: { name: `${about.name}.${this.#stamp(at)}`, namespace, ...(annotations && { annotations }) },
      involvedObject: about,
      reason,
      message: text,
      source: host ? { component, host } : { component },
      firstTimestamp: time,
      lastTimestamp: time,
      count: 1,
      type,
      eventTime: null,
      reportingComponent: component,
      reportingInstance: host,
    }
    if (this.#write(() => events.create(event as AnyObject, undefined, true)))
      this.#seen.set(key, { count: 1, name: event.metadata.name })
  }

  /** Events are best effort: a namespace that ends, or an event that expired, must not stop their source. */
  #write(call: () => unknown): boolean {
    try {
      call()
      return true
    } catch {
      return false
    }
  }

  #isSpam(object: string, at: number): boolean {
    const bucket = this.#spam.peek(object) ?? { tokens: burst, at }
    bucket.tokens = Math.min(burst, bucket.tokens + (at - bucket.at) / refillMs)
    bucket.at = at
    this.#spam.set(object, bucket)
    if (bucket.tokens < 1) return true
    bucket.tokens--
    return false
  }

  #isOneOfMany(group: string, message: string, at: number): boolean {
    let record = this.#similar.peek(group)
    if (!record || at - record.at > similarWithinMs) record = { messages: new Set(), at }
    record.messages.add(message)
    record.at = at
    this.#similar.set(group, record)
    if (record.messages.size < maxSimilar) return false
    for (const any of record.messages) {
      record.messages.delete(any)
      break
    }
    return true
  }

  /** Nanoseconds since 1970 in hex: the end of the event's name. */
  #stamp(at: number): string {
    const ms = Math.floor(at)
    // A seeded spread below the millisecond, so that two events of one moment differ.
    const nanos = this.#engine.random.below(1_000_000)
    return (BigInt(ms) * 1_000_000n + BigInt(nanos)).toString(16)
  }
}
