// Watches the cluster for the page: which objects changed since the page last heard of them, which events were
// recorded, and the card of the object that the reader has opened. It sees only what a client of the API sees.
import { Client } from '../../api/client.ts'
import { parseTime } from '../../engine/engine.ts'
import { findByWord, kinds } from '../../kinds/index.ts'
import type { AnyObject } from '../../kinds/object.ts'
import type { World } from '../../lesson/world.ts'
import type { EventRow, FromWorker, ObjectDetails, ObjectRow, Tone } from './protocol.ts'
import { rowOf } from './rows.ts'

/** What the list shows: the kinds of the lessons, without the bookkeeping of the cluster itself. */
const shownKinds = [
  'Node',
  'Pod',
  'ReplicaSet',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'ReplicationController',
  'Service',
  'EndpointSlice',
  'Ingress',
  'NetworkPolicy',
  'ConfigMap',
  'Secret',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'HorizontalPodAutoscaler',
  'PodDisruptionBudget',
  'ResourceQuota',
  'LimitRange',
]
/** Objects that every fresh cluster has: they only stand in the way. */
const hidden = new Set([
  'ConfigMap/kube-root-ca.crt',
  'Service/kubernetes',
  'EndpointSlice/kubernetes',
  'Endpoints/kubernetes',
])
const systemNamespaces = new Set(['kube-system', 'kube-public', 'kube-node-lease'])

export class ClusterFeed {
  readonly #world: World
  readonly #client: Client
  readonly #objects = new Map<string, AnyObject>()
  readonly #changed = new Set<string>()
  readonly #deleted = new Set<string>()
  #events: EventRow[] = []
  readonly #allEvents = new Map<string, EventRow>()
  #reset = true
  #details: string | undefined
  #detailsChanged = false
  #sent = new Map<string, string>()
  /** Grows with every change that the page would see. */
  changes = 0

  constructor(world: World) {
    this.#world = world
    this.#client = new Client(world.cluster.api, 'lab')
    for (const kind of kinds) {
      if (!shownKinds.includes(kind.kind) && kind.kind !== 'Event') continue
      if (kind.kind === 'Event' && kind.group) continue
      const prefix = kind.group ? `/apis/${kind.group}/${kind.version}` : `/api/${kind.version}`
      world.cluster.api.watch(
        {
          method: 'GET',
          path: `${prefix}/${kind.plural}`,
          query: { watch: 'true' },
          managedFields: false,
          userAgent: 'lab',
        },
        ({ type, object }) => {
          if (type === 'BOOKMARK' || type === 'ERROR') return
          if (kind.kind === 'Event') this.#event(object)
          else this.#object(type, object)
        },
      )
    }
  }

  /** Everything is told again: the page has another world before it now. */
  reset(): void {
    this.#reset = true
    this.#sent.clear()
  }

  open(object: string | undefined): void {
    this.#details = object
    this.#detailsChanged = true
  }

  /** What is new, as messages; none where nothing is. */
  flush(): FromWorker[] {
    const messages: FromWorker[] = []
    const now = this.#world.engine.now
    if (this.#reset) for (const uid of this.#objects.keys()) this.#changed.add(uid)
    const changed: ObjectRow[] = []
    for (const uid of this.#changed) {
      const object = this.#objects.get(uid)
      if (!object) continue
      const row = rowOf(object, now)
      const text = JSON.stringify(row)
      if (this.#sent.get(uid) === text) continue
      this.#sent.set(uid, text)
      changed.push(row)
    }
    if (this.#reset || changed.length || this.#deleted.size)
      messages.push({ type: 'objects', reset: this.#reset, changed, deleted: [...this.#deleted] })
    if (this.#reset || this.#events.length) {
      const events = this.#reset ? [...this.#allEvents.values()].slice(-60) : this.#events
      messages.push({ type: 'events', reset: this.#reset, events })
    }
    if (
      this.#details &&
      (this.#detailsChanged || changed.length || this.#deleted.size || this.#events.length)
    )
      messages.push({ type: 'details', details: this.#describe(this.#details) })
    this.#changed.clear()
    this.#deleted.clear()
    this.#events = []
    this.#reset = false
    this.#detailsChanged = false
    return messages
  }

  #object(type: 'ADDED' | 'MODIFIED' | 'DELETED', object: AnyObject): void {
    const { namespace = '', name, uid = '' } = object.metadata
    if (systemNamespaces.has(namespace) || hidden.has(`${object.kind}/${name}`)) return
    this.changes++
    if (type === 'DELETED') {
      this.#objects.delete(uid)
      this.#sent.delete(uid)
      this.#changed.delete(uid)
      this.#deleted.add(uid)
    } else {
      this.#objects.set(uid, object)
      this.#changed.add(uid)
    }
  }

  #event(event: AnyObject): void {
    const { namespace = '', uid = '' } = event.metadata
    if (systemNamespaces.has(namespace)) return
    const involved = event.involvedObject ?? event.regarding ?? {}
    const time = parseTime(
      event.series?.lastObservedTime ??
        event.lastTimestamp ??
        event.eventTime ??
        event.metadata.creationTimestamp ??
        '',
    )
    const row: EventRow = {
      uid,
      at: Math.max(0, time - (this.#world.engine.now - this.#world.elapsed)) || 0,
      type: event.type ?? 'Normal',
      reason: event.reason ?? '',
      object: `${String(involved.kind ?? '').toLowerCase()}/${involved.name ?? ''}`,
      message: event.message ?? event.note ?? '',
      count: event.series?.count ?? event.count ?? 1,
    }
    this.#allEvents.delete(uid)
    this.#allEvents.set(uid, row)
    if (this.#allEvents.size > 2000) {
      const [oldest] = this.#allEvents.keys()
      if (oldest) this.#allEvents.delete(oldest)
    }
    this.#events.push(row)
    this.changes++
  }

  #describe(object: string): ObjectDetails {
    const [word = '', ...rest] = object.split('/')
    const name = rest.at(-1) ?? ''
    const served = findByWord(word)
    const namespace = served?.kind.namespaced ? (rest.length > 1 ? (rest[0] ?? '') : 'default') : ''
    const missing: ObjectDetails = { object, found: false, conditions: [], lines: [], events: [] }
    if (!served) return missing
    const { kind } = served
    const resource = this.#client.resource(
      `${kind.plural}${kind.group ? `.${kind.group}` : ''}/${kind.version}`,
    )
    const found = resource.find(namespace, name)
    if (!found) return missing
    const reference = `${kind.kind.toLowerCase()}/${name}`
    const owner = found.metadata.ownerReferences?.find(each => each.controller)
    return {
      object,
      found: true,
      row: rowOf(found, this.#world.engine.now),
      ...(owner && { owner: `${owner.kind.toLowerCase()}/${owner.name}` }),
      conditions: conditionsOf(found),
      lines: [...replicaLines(found), ...containerLines(found)],
      events: [...this.#allEvents.values()]
        .filter(each => each.object === reference)
        .slice(-8)
        .reverse(),
    }
  }
}

/** Conditions whose False is what one wants. */
const bad = /Pressure$|Unavailable$|Failure$|^Failed$/

function conditionsOf(object: AnyObject): ObjectDetails['conditions'] {
  const conditions: { type: string; status: string; reason?: string; message?: string }[] =
    object.status?.conditions ?? []
  return conditions.map(({ type, status, reason = '', message = '' }) => {
    const good = bad.test(type) ? 'False' : 'True'
    const tone: Tone = status === good ? 'good' : status === 'Unknown' ? 'wait' : 'bad'
    return { type, status, reason, message, tone }
  })
}

function replicaLines(object: AnyObject): string[] {
  const { spec, status } = object
  if (typeof spec?.replicas !== 'number') return []
  const counts = ['replicas', 'updatedReplicas', 'readyReplicas', 'availableReplicas', 'unavailableReplicas']
  const observed = counts
    .filter(each => typeof status?.[each] === 'number')
    .map(each => `${each}: ${status[each]}`)
    .join(', ')
  return [`spec.replicas: ${spec.replicas}`, ...(observed ? [`status: ${observed}`] : [])]
}

function containerLines(object: AnyObject): string[] {
  const statuses: AnyObject[] = [
    ...(object.status?.initContainerStatuses ?? []),
    ...(object.status?.containerStatuses ?? []),
  ]
  return statuses.flatMap(container => {
    const say = (state: any): string => {
      const [name] = Object.keys(state ?? {})
      if (!name) return ''
      const { reason, exitCode, message } = state[name]
      return [name, reason, exitCode !== undefined && `exit code ${exitCode}`, message]
        .filter(Boolean)
        .join(', ')
    }
    const last = say(container.lastState)
    return [
      `${container.name}: ${say(container.state)}${container.restartCount ? `, restarts ${container.restartCount}` : ''}`,
      ...(last ? [`  before: ${last}`] : []),
    ]
  })
}
