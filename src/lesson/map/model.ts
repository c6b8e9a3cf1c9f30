// The map of the cluster, kept up to date by what a client of the API hears: each change costs the rows that it touches,
// however many there are. Who draws it takes the rows that have changed.
import { columnsOf } from '../../kinds/columns.ts'
import { kindOf } from '../../kinds/index.ts'
import { isKind, type KubeObject } from '../../kinds/object.ts'
import type { EndpointSlice, Event, Pod, Service } from '../../kinds/schema/types.ts'
import { ownerFacts, ownerKinds, revisionOf, versionOf } from './owners.ts'
import { type PodContext, podFinding } from './pod.ts'
import type { MapRow, OwnerRow, PodRow, PodState, ServiceRow } from './rows.ts'
import { claimRow, endpointsOf, ingressRow, lostSince, nodeRow, serviceRow } from './things.ts'

export type Change = 'ADDED' | 'MODIFIED' | 'DELETED'

export interface MapClock {
  /** Ms since 1970. */
  readonly now: number
  /** From that to virtual ms since the world's start. */
  at(time: number): number
}

/** Kinds that the map hears of; Events of pods, too. */
export const mapKinds: ReadonlySet<string> = new Set([
  ...ownerKinds,
  'Node',
  'Pod',
  'Service',
  'EndpointSlice',
  'Ingress',
  'PersistentVolumeClaim',
])

const uidOf = ({ kind, metadata }: KubeObject): string =>
  metadata.uid ?? `${kind}/${metadata.namespace}/${metadata.name}`
const controllerOf = ({ metadata }: KubeObject): string =>
  metadata.ownerReferences?.find(each => each.controller)?.uid ?? ''

/** Members by what they belong to. */
class Groups {
  readonly #members = new Map<string, Set<string>>()

  of(group: string): ReadonlySet<string> {
    return this.#members.get(group) ?? none
  }

  add(group: string, member: string): void {
    const known = this.#members.get(group)
    if (known) known.add(member)
    else this.#members.set(group, new Set([member]))
  }

  delete(group: string, member: string): void {
    this.#members.get(group)?.delete(member)
  }
}
const none: ReadonlySet<string> = new Set()

export class MapModel {
  readonly rows = new Map<string, MapRow>()
  readonly #clock: MapClock
  readonly #objects = new Map<string, KubeObject>()
  readonly #dirty = new Set<string>()
  readonly #gone = new Set<string>()
  readonly #texts = new Map<string, string>()
  /** Uids of pods: by the name of their node, by their direct owner, by how they are. */
  readonly #byNode = new Groups()
  readonly #byOwner = new Groups()
  readonly #byState = new Groups()
  /** Rows by what they are. */
  readonly #byRow = new Groups()
  /** ReplicaSets by their Deployment, EndpointSlices by their Service (`namespace/name`). */
  readonly #sets = new Groups()
  readonly #slices = new Groups()
  readonly #nodes = new Map<string, string>()
  readonly #services = new Map<string, string>()
  /** What events told of a pod, by uid. */
  readonly #pulling = new Map<string, string>()
  readonly #unhealthy = new Map<string, string>()
  /** Services that select a pod, by its uid. */
  readonly #plugs = new Map<string, Map<string, boolean>>()
  readonly #hues = new Map<string, number>()
  readonly #made = new Set<string>()
  /** Rows to look at again at a time, although nothing changes. */
  readonly #again = new Map<string, number>()

  constructor(clock: MapClock) {
    this.#clock = clock
  }

  /** A new command begins: what was made before is no longer new. */
  command(): void {
    for (const uid of this.#made) this.#dirty.add(uid)
    this.#made.clear()
  }

  /** `made`: it has come into being before the reader's eyes, not found there. */
  note(change: Change, object: KubeObject, made: boolean): void {
    const { kind } = object
    if (isKind(object, 'Event')) {
      this.#event(object)
      return
    }
    const uid = uidOf(object)
    const before = this.#objects.get(uid)
    if (change === 'DELETED') this.#objects.delete(uid)
    else this.#objects.set(uid, object)
    if (made && change === 'ADDED' && kind === 'Pod') this.#made.add(uid)
    if (isKind(object, 'EndpointSlice')) {
      this.#slice(uid, object, isKind(before, 'EndpointSlice') ? before : undefined, change === 'DELETED')
      return
    }
    if (change === 'DELETED') this.#forget(uid, before ?? object)
    else {
      this.#gone.delete(uid)
      this.#dirty.add(uid)
    }
    this.#link(uid, before, object, change)
  }

  /** Rows that changed since the last time, and uids of those that are gone. */
  take(): { changed: MapRow[]; deleted: string[] } {
    const { now } = this.#clock
    for (const [uid, time] of this.#again)
      if (time <= now) {
        this.#again.delete(uid)
        this.#dirty.add(uid)
      }
    const changed: MapRow[] = []
    // Owners first: pods ask for them.
    for (const pods of [false, true])
      for (const uid of this.#dirty) {
        const object = this.#objects.get(uid)
        if (!object || (object.kind === 'Pod') !== pods) continue
        const row = this.#row(uid, object)
        if (!row) {
          if (this.rows.has(uid)) this.#forget(uid, object)
          continue
        }
        const text = JSON.stringify(row)
        if (this.#texts.get(uid) === text) continue
        this.#texts.set(uid, text)
        const old = this.rows.get(uid)
        if (old?.row === 'pod') this.#byState.delete(old.state, uid)
        if (row.row === 'pod') this.#byState.add(row.state, uid)
        this.rows.set(uid, row)
        this.#byRow.add(row.row, uid)
        changed.push(row)
      }
    const deleted = [...this.#gone]
    this.#dirty.clear()
    this.#gone.clear()
    return { changed, deleted }
  }

  // ---- asked by who makes a sentence of it

  /** All rows of a sort: `owner`, `node` … */
  all<R extends MapRow['row']>(sort: R): Extract<MapRow, { row: R }>[] {
    return [...this.#byRow.of(sort)].map(uid => this.rows.get(uid) as Extract<MapRow, { row: R }>)
  }

  pods(state: PodState): PodRow[] {
    return [...this.#byState.of(state)].map(uid => this.rows.get(uid) as PodRow)
  }

  count(state?: PodState): number {
    return state ? this.#byState.of(state).size : this.#byRow.of('pod').size
  }

  owner(uid: string): OwnerRow | undefined {
    const row = this.rows.get(uid)
    return row?.row === 'owner' ? row : undefined
  }

  podsOn(node: string): number {
    return this.#byNode.of(node).size
  }

  /** Pods that were made from one of a Deployment's templates and are ready. */
  readyOf(revision: string): number {
    let count = 0
    for (const uid of this.#byOwner.of(revision)) if (this.#byState.of('ready').has(uid)) count++
    return count
  }

  /** Something has been made since the last command. */
  get anyMade(): boolean {
    return this.#made.size > 0
  }

  // ---- what belongs to what

  #link(uid: string, before: KubeObject | undefined, object: KubeObject, change: Change): void {
    const { kind, metadata } = object
    const gone = change === 'DELETED'
    const owner = controllerOf(object)
    const left = before ? controllerOf(before) : ''
    if (isKind(object, 'Pod')) {
      const node = object.spec.nodeName ?? ''
      if (gone) {
        this.#byNode.delete(node, uid)
        this.#byOwner.delete(owner, uid)
        for (const map of [this.#pulling, this.#unhealthy, this.#plugs]) map.delete(uid)
        this.#made.delete(uid)
      } else {
        if (node) this.#byNode.add(node, uid)
        if (left !== owner) this.#byOwner.delete(left, uid)
        if (owner) this.#byOwner.add(owner, uid)
      }
    } else if (kind === 'Node') {
      this.#nodes.set(metadata.name, uid)
      for (const pod of this.#byNode.of(metadata.name)) this.#dirty.add(pod)
    } else if (kind === 'ReplicaSet') {
      this.#sets.delete(left, uid)
      if (owner && !gone) this.#sets.add(owner, uid)
      for (const each of [left, owner]) if (this.#objects.has(each)) this.#dirty.add(each)
      // Let go or taken over, it changes whose its pods are.
      if (change === 'ADDED' || left !== owner) for (const pod of this.#byOwner.of(uid)) this.#dirty.add(pod)
    } else if (kind === 'Service') {
      const name = `${metadata.namespace}/${metadata.name}`
      if (gone) this.#services.delete(name)
      else this.#services.set(name, uid)
      for (const pod of this.#endpoints(name).keys()) this.#dirty.add(pod)
    }
  }

  /** The pods behind a Service (`namespace/name`) by their uids, and whether they are ready. */
  #endpoints(service: string): Map<string, boolean> {
    const slices = [...this.#slices.of(service)].map(each => this.#objects.get(each))
    return new Map(slices.flatMap(slice => (isKind(slice, 'EndpointSlice') ? [...endpointsOf(slice)] : [])))
  }

  #slice(uid: string, object: EndpointSlice, before: EndpointSlice | undefined, gone: boolean): void {
    const { metadata } = object
    const name = metadata.labels?.['kubernetes.io/service-name']
    if (!name) return
    const service = `${metadata.namespace}/${name}`
    if (gone) this.#slices.delete(service, uid)
    else this.#slices.add(service, uid)
    const old = before ? endpointsOf(before) : new Map<string, boolean>()
    const now = gone ? new Map<string, boolean>() : endpointsOf(object)
    for (const [pod, ready] of now) {
      if (old.get(pod) === ready) continue
      const plugs = this.#plugs.get(pod) ?? new Map<string, boolean>()
      plugs.set(service, ready)
      this.#plugs.set(pod, plugs)
      this.#dirty.add(pod)
    }
    for (const pod of old.keys()) {
      if (now.has(pod)) continue
      this.#plugs.get(pod)?.delete(service)
      this.#dirty.add(pod)
    }
    const serviceUid = this.#services.get(service)
    if (serviceUid) this.#dirty.add(serviceUid)
  }

  #forget(uid: string, object: KubeObject): void {
    const row = this.rows.get(uid)
    if (row?.row === 'pod') this.#byState.delete(row.state, uid)
    if (row) this.#byRow.delete(row.row, uid)
    if (object.kind === 'Node') this.#nodes.delete(object.metadata.name)
    this.rows.delete(uid)
    this.#texts.delete(uid)
    this.#dirty.delete(uid)
    this.#again.delete(uid)
    this.#gone.add(uid)
  }

  #event({ involvedObject, reason, message = '' }: Event): void {
    const { uid } = involvedObject
    if (involvedObject.kind !== 'Pod' || !uid) return
    if (reason === 'Pulling') this.#pulling.set(uid, /"(.*)"/.exec(message)?.[1] ?? '')
    else if (reason === 'Pulled' || reason === 'Failed') this.#pulling.delete(uid)
    else if (reason === 'Unhealthy') this.#unhealthy.set(uid, message)
    else return
    if (this.#objects.has(uid)) this.#dirty.add(uid)
  }

  // ---- rows

  #row(uid: string, object: KubeObject): MapRow | undefined {
    const { kind, metadata } = object
    const at = (time: number) => this.#clock.at(time)
    if (isKind(object, 'Pod')) return this.#podRow(uid, object)
    if (isKind(object, 'Node')) return nodeRow(object, at)
    if (isKind(object, 'Service')) return this.#serviceRow(object)
    if (isKind(object, 'Ingress')) return ingressRow(object)
    if (isKind(object, 'PersistentVolumeClaim')) return claimRow(object)
    if (!isKind(object, ...ownerKinds)) return
    // A ReplicaSet of a Deployment is part of that.
    if (kind === 'ReplicaSet' && this.#objects.get(controllerOf(object))?.kind === 'Deployment') return
    const sets = [...this.#sets.of(uid)]
      .map(each => this.#objects.get(each))
      .filter(each => isKind(each, 'ReplicaSet'))
    const { name, namespace = '' } = metadata
    return {
      row: 'owner',
      uid,
      kind,
      namespace,
      name,
      hue: this.#hue(uid),
      ...ownerFacts(object, sets),
    }
  }

  #podRow(uid: string, pod: Pod): PodRow {
    const { metadata, spec, status } = pod
    const { now } = this.#clock
    const node = spec.nodeName ?? ''
    const nodeObject = this.#objects.get(this.#nodes.get(node) ?? '')
    const lost = isKind(nodeObject, 'Node') ? lostSince(nodeObject) : undefined
    const cells = cellsOf(pod, now)
    const word = String(cells.Status ?? '')
    const context: PodContext = {
      now,
      at: time => this.#clock.at(time),
      word,
      pulling: this.#pulling.get(uid),
      unhealthy: this.#unhealthy.get(uid),
      ...(lost && { lost }),
    }
    const { again, ...finding } = podFinding(pod, context)
    if (again !== undefined) this.#again.set(uid, again)
    if (finding.state === 'ready') this.#unhealthy.delete(uid)
    const claims = (spec.volumes ?? []).flatMap(each => each.persistentVolumeClaim?.claimName ?? [])
    const plugs = [...(this.#plugs.get(uid) ?? [])].flatMap(([service, ready]): [string, boolean][] => {
      const known = this.#services.get(service)
      return known ? [[known, ready]] : []
    })
    return {
      row: 'pod',
      uid,
      namespace: metadata.namespace ?? '',
      name: metadata.name,
      ...finding,
      word,
      ready: String(cells.Ready ?? ''),
      node,
      owner: this.#topOwner(pod),
      revision: revisionOf(pod),
      version: versionOf(spec),
      address: status.podIP ?? '',
      made: this.#made.has(uid),
      ...(plugs.length && { plugs: Object.fromEntries(plugs) }),
      ...(claims.length && { claims }),
    }
  }

  /** The Deployment, not its ReplicaSet. */
  #topOwner(pod: KubeObject): string {
    const direct = controllerOf(pod)
    const owner = this.#objects.get(direct)
    const above = owner?.kind === 'ReplicaSet' ? controllerOf(owner) : ''
    return (above && this.#objects.has(above) ? above : owner && direct) || ''
  }

  #serviceRow(service: Service): ServiceRow {
    const { namespace, name } = service.metadata
    const pods = this.#endpoints(`${namespace}/${name}`)
    return serviceRow(service, [...pods.values()].filter(Boolean).length, pods.size)
  }

  /** A number of its own, which it keeps: owners of all namespaces may stand side by side. */
  #hue(uid: string): number {
    const hue = this.#hues.get(uid) ?? this.#hues.size
    this.#hues.set(uid, hue)
    return hue
  }
}

/** What kubectl's table says of an object. */
function cellsOf(object: KubeObject, now: number): Record<string, unknown> {
  const served = kindOf(object)
  const values = served?.kind.row?.(object as never, { now }) ?? []
  return Object.fromEntries(
    served ? columnsOf(served.resource).map((column, index) => [column.name, values[index]]) : [],
  )
}
