// Records events as client-go does: an equal event raises the count of the first one, more than ten similar ones within
// ten minutes become "(combined from similar events): …", and a source that floods one object is held back.
// Rules: k8s.io/client-go/tools/record/events_cache.go (EventCorrelator) and event.go. Left out: retries of the sink.
import { type Engine, formatTime } from '../engine/engine.ts'
import type { KubeObject } from '../kinds/object.ts'
import type { Client } from './client.ts'
import { expectRefusal } from './errors.ts'

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
/** defaultAggregateIntervalInSeconds of events_cache.go. */
const similarWithinMs = 600_000
const burst = 25
/** defaultSpamQPS of events_cache.go. */
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
    this.add(key, value)
  }
  /** `set` of what is not there. */
  add(key: string, value: V): void {
    this.#map.set(key, value)
    if (this.#map.size > cacheSize)
      for (const oldest of this.#map.keys()) return void this.#map.delete(oldest)
  }
}

/** What the recorder remembers of an event: how often it came, under which name, since when. */
interface Seen {
  readonly count: number
  readonly name: string
  readonly first: string
}

/** What it remembers of an object's events of one type and reason. */
interface Group {
  /** A set from the second one on, for most groups have one. */
  messages: string | Set<string>
  /** How many more of them may be told now. */
  tokens: number
  /** When the last one came. */
  at: number
}

/** One for each source: `recorder.event(pod, 'Normal', 'Pulled', 'Container image … already present …')`. */
export class EventRecorder {
  readonly #engine: Engine
  readonly #client: Client
  readonly #source: EventSource
  readonly #groups = new Recent<Group>()
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
    const name = `${object} ${type} ${reason}`
    let group = this.#groups.get(name)
    if (!group) this.#groups.add(name, (group = { messages: message, tokens: burst, at }))
    const combined = isOneOfMany(group, message, at)
    const isSpam = isTooMany(group, at)
    group.at = at
    const key = combined ? name : `${object} ${about.fieldPath ?? ''} ${type} ${reason} ${message}`
    const text = combined ? `(combined from similar events): ${message}` : message
    const time = formatTime(at)
    const namespace = about.namespace || 'default'
    const events = this.#client.resource<KubeObject>('events')

    // It is counted before it is weighed: what is left out shows in the count of the next one that is not.
    const before = this.#seen.peek(key)
    const seen: Seen = before
      ? { ...before, count: before.count + 1 }
      : { count: 1, name: `${about.name}.${this.#stamp(at)}`, first: time }
    if (before) this.#seen.set(key, seen)
    else this.#seen.add(key, seen)
    if (isSpam) return
    const { count } = seen
    const patch = { count, lastTimestamp: time, ...(combined && { message: text }) }
    if (count > 1 && this.#write(() => events.patch(namespace, seen.name, 'strategic', patch))) return
    const event = {
      kind: 'Event',
      apiVersion: 'v1',
      metadata: { name: seen.name, namespace, ...(annotations && { annotations }) },
      involvedObject: about,
      reason,
      message: text,
      source: host ? { component, host } : { component },
      firstTimestamp: seen.first,
      lastTimestamp: time,
      count,
      type,
      eventTime: null,
      reportingComponent: component,
      reportingInstance: host,
    }
    this.#write(() => events.create(event as KubeObject, undefined, true))
  }

  /** Events are best effort: a namespace that ends, or an event that expired, must not stop their source. */
  #write(call: () => unknown): boolean {
    try {
      call()
      return true
    } catch (error) {
      expectRefusal(error)
      return false
    }
  }

  /** Nanoseconds since 1970 in hex: the end of the event's name. */
  #stamp(at: number): string {
    const ms = Math.floor(at)
    // A seeded spread below the millisecond, so that two events of one moment differ.
    const nanos = this.#engine.random.below(1_000_000)
    return (BigInt(ms) * 1_000_000n + BigInt(nanos)).toString(16)
  }
}

/**
 * The budget of an object's events of one reason. (client-go's default has one for all reasons of an object; a recorded
 * pod has 32 events of its kubelet within 97 s, none of them missing, so theirs are not weighed together.)
 */
function isTooMany(group: Group, at: number): boolean {
  group.tokens = Math.min(burst, group.tokens + (at - group.at) / refillMs)
  if (group.tokens < 1) return true
  group.tokens--
  return false
}

function isOneOfMany(group: Group, message: string, at: number): boolean {
  if (at - group.at > similarWithinMs) group.messages = message
  if (group.messages === message) return false
  const messages = typeof group.messages === 'string' ? new Set([group.messages]) : group.messages
  group.messages = messages.add(message)
  if (messages.size < maxSimilar) return false
  for (const any of messages) {
    messages.delete(any)
    break
  }
  return true
}
