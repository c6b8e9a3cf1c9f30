// What stands where on the map: rows of the worker, dealt out to owners, services, nodes and the tray. Pure; a pod keeps its
// place while it is there, and a new one comes at the end.
import type {
  ClaimRow,
  IngressRow,
  MapRow,
  NodeRow,
  OwnerRow,
  PodRow,
  ServiceRow,
} from '../../../worker/protocol.ts'

/** How large pods are drawn, by their number: cards, chips, squares. */
export type Size = 'cards' | 'chips' | 'squares'
const mostCards = 24
const mostChips = 120
/** So many of those that fail are listed above the nodes. */
const mostListed = 5
/** Whether a pod calls for the reader's eyes. */
export const troubled = ({ state, alarming }: PodRow): boolean =>
  state === 'failing' || state === 'unknown' || alarming === true

export interface NodePlan {
  readonly node: NodeRow
  readonly pods: readonly PodRow[]
}

export interface MapPlan {
  readonly size: Size
  readonly namespaces: readonly { readonly name: string; readonly pods: number }[]
  readonly owners: readonly OwnerRow[]
  readonly ingresses: readonly IngressRow[]
  readonly services: readonly ServiceRow[]
  readonly claims: readonly ClaimRow[]
  readonly look: readonly PodRow[]
  /** More of those than are listed. */
  readonly lookMore: number
  /** Among chips those that fail are cards. */
  readonly enlarges: boolean
  readonly tray: readonly PodRow[]
  readonly nodes: readonly NodePlan[]
  /** Nodes without pods: a line each. */
  readonly idle: readonly NodeRow[]
}

/** Controllers in the order in which a reader meets them. */
const order = [
  'Deployment',
  'ReplicaSet',
  'ReplicationController',
  'StatefulSet',
  'DaemonSet',
  'CronJob',
  'Job',
]

export class MapRows {
  readonly rows = new Map<string, MapRow>()
  /** Only this namespace is shown; all where undefined. */
  namespace: string | undefined

  update(reset: boolean, changed: readonly MapRow[], deleted: readonly string[]): void {
    if (reset) this.rows.clear()
    for (const row of changed) {
      const before = this.rows.get(row.uid)
      // It comes to the end of its new place.
      if (before?.row === 'pod' && row.row === 'pod' && before.node !== row.node) this.rows.delete(row.uid)
      this.rows.set(row.uid, row)
    }
    for (const uid of deleted) this.rows.delete(uid)
  }

  owner(uid: string): OwnerRow | undefined {
    const row = this.rows.get(uid)
    return row?.row === 'owner' ? row : undefined
  }

  plan(): MapPlan {
    const all = [...this.rows.values()]
    const counts = new Map<string, number>()
    for (const { row, namespace } of all)
      if (namespace && row !== 'service')
        counts.set(namespace, (counts.get(namespace) ?? 0) + (row === 'pod' ? 1 : 0))
    const namespaces = [...counts]
      .map(([name, pods]) => ({ name, pods }))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
    const here = counts.has(this.namespace ?? '') ? this.namespace : undefined
    const of = <R extends MapRow['row']>(row: R) =>
      all.filter(
        (each): each is Extract<MapRow, { row: R }> =>
          each.row === row && (!here || each.row === 'node' || each.namespace === here),
      )
    const pods = of('pod')
    const byNode = Map.groupBy(pods, each => each.node)
    const nodes = of('node').sort((a, b) => (a.name < b.name ? -1 : 1))
    const look = pods.filter(troubled)
    const size = pods.length <= mostCards ? 'cards' : pods.length <= mostChips ? 'chips' : 'squares'
    const listed = size === 'cards' ? [] : look.filter(each => each.state !== 'unknown')
    const known = new Set(nodes.map(each => each.name))
    return {
      size,
      namespaces,
      owners: of('owner').sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || a.hue - b.hue),
      ingresses: of('ingress'),
      services: of('service'),
      claims: of('claim'),
      look: listed.slice(0, mostListed),
      lookMore: Math.max(0, listed.length - mostListed),
      enlarges: size === 'chips' && look.length <= mostCards,
      tray: pods.filter(each => !known.has(each.node)),
      nodes: nodes
        .filter(each => byNode.has(each.name))
        .map(node => ({ node, pods: byNode.get(node.name)! })),
      idle: nodes.filter(each => !byNode.has(each.name)),
    }
  }
}

/** Kinds that keep a number of pods: each of those has a slot beside its owner. */
const slotted: ReadonlySet<string> = new Set([
  'Deployment',
  'ReplicaSet',
  'ReplicationController',
  'StatefulSet',
  'DaemonSet',
])
export const hasSlots = ({ kind }: OwnerRow): boolean => slotted.has(kind)

/** A slot beside an owner: one pod, or room for one. */
export type Slot = PodRow | undefined

/**
 * The slots of an owner. Pods on their way out have none; new ones that are ready fill from the left, then old ones, then
 * what is not ready yet; those of a StatefulSet stand in the order of their numbers, in which it makes them. `mark`: after
 * so many comes the bar, where more than wanted may exist now.
 */
export function slotsOf(owner: OwnerRow, pods: readonly PodRow[]): { slots: readonly Slot[]; mark?: number } {
  const rank = (pod: PodRow) => (pod.state === 'ready' ? 0 : 2) + (pod.revision === owner.current ? 0 : 1)
  const staying = pods.filter(each => each.state !== 'leaving' && each.state !== 'completed')
  const ordered = owner.kind === 'StatefulSet' ? ordinal : rank
  const slots: Slot[] = [...staying].sort((a, b) => ordered(a) - ordered(b))
  const moves = staying.some(each => each.revision !== owner.current) || staying.length > owner.wanted
  const room = owner.wanted + (moves ? (owner.surge ?? 0) : 0)
  while (slots.length < room) slots.push(undefined)
  return { slots, ...(moves && owner.surge !== undefined && { mark: owner.wanted }) }
}

/** Of `db-2` 2. */
const ordinal = ({ name }: PodRow): number => Number(name.split('-').at(-1))

/** A pod's name where its owner stands beside it. */
export function shortName({ name, owner }: PodRow, known: OwnerRow | undefined): string {
  return owner && known?.kind !== 'StatefulSet' ? (name.split('-').at(-1) ?? name) : name
}
