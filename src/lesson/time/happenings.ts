// What happened in a world that is worth a sentence: the events of its components, as they wrote them, and what changed
// without one: a pod became ready or is gone, a rollout has come to its end. Read from the journal, once.
import { isKind } from '../../kinds/object.ts'
import type { Deployment, Event, Pod } from '../../kinds/schema/types.ts'
import type { Journal, Written } from '../journal.ts'

export interface Happening {
  /** Virtual ms since the start. */
  readonly at: number
  /** Component that tells of it: `deployment-controller`, `kubelet`, `default-scheduler`. */
  readonly who: string
  /** `pod/web-1`, with its namespace where that is not the default one: `pod/shop/web-1`. */
  readonly object: string
  /** Of the event; of what has no event: Ready, NotReady, Gone, RolledOut. */
  readonly reason: string
  readonly message: string
  readonly warning: boolean
  /** How often it was told by then. */
  readonly count: number
}

const systemNamespaces = new Set(['kube-system', 'kube-public', 'kube-node-lease'])

export class Happenings {
  readonly all: Happening[] = []
  readonly #journal: Journal
  #read = 0

  constructor(journal: Journal) {
    this.#journal = journal
  }

  /** Those since the last time. */
  news(): readonly Happening[] {
    const from = this.all.length
    for (const written of this.#journal.from(this.#read)) {
      const happening = happeningOf(written)
      if (happening) this.all.push(happening)
    }
    this.#read = this.#journal.end
    return from === this.all.length ? none : this.all.slice(from)
  }
}

const none: readonly Happening[] = []

function happeningOf({ at, resource, type, old, stored }: Written): Happening | undefined {
  const { object } = stored
  switch (resource) {
    case 'events':
      return type === 'DELETED' || !isKind(object, 'Event') ? undefined : ofEvent(at, object)
    case 'pods': {
      if (systemNamespaces.has(object.metadata.namespace ?? '')) return undefined
      const told = { at, who: 'kubelet', object: nameOf('pod', object.metadata), message: '', count: 1 }
      if (type === 'DELETED') return { ...told, reason: 'Gone', warning: false }
      const before = old?.object
      if (!isKind(object, 'Pod') || !isKind(before, 'Pod')) return undefined
      const now = isReady(object)
      if (isReady(before) === now || object.metadata.deletionTimestamp) return undefined
      return { ...told, reason: now ? 'Ready' : 'NotReady', warning: !now }
    }
    case 'deployments.apps': {
      const before = old?.object
      if (!isKind(object, 'Deployment') || !isKind(before, 'Deployment')) return undefined
      if (type === 'DELETED' || !isRolledOut(object) || isRolledOut(before)) return undefined
      const { replicas } = object.spec
      return {
        at,
        who: 'deployment-controller',
        object: nameOf('deployment', object.metadata),
        reason: 'RolledOut',
        message: String(replicas),
        warning: false,
        count: 1,
      }
    }
    default:
      return undefined
  }
}

function ofEvent(at: number, event: Event): Happening | undefined {
  const { involvedObject: about } = event
  if (systemNamespaces.has(about.namespace ?? '')) return undefined
  return {
    at,
    who: event.reportingComponent || event.source.component || '',
    object: nameOf((about.kind ?? '').toLowerCase(), about),
    reason: event.reason ?? '',
    message: event.message ?? '',
    warning: event.type === 'Warning',
    count: event.series?.count ?? event.count ?? 1,
  }
}

function nameOf(kind: string, { namespace, name }: { namespace?: string; name?: string }): string {
  return [kind, ...(namespace && namespace !== 'default' ? [namespace] : []), name ?? ''].join('/')
}

const isReady = ({ status }: Pod): boolean =>
  (status.conditions ?? []).some(each => each.type === 'Ready' && each.status === 'True')

/** All of its pods are of the latest template and available. */
function isRolledOut({ metadata, spec, status }: Deployment): boolean {
  const wanted = spec.replicas ?? 1
  return (
    status.observedGeneration === metadata.generation &&
    (status.replicas ?? 0) === wanted &&
    (status.updatedReplicas ?? 0) === wanted &&
    (status.availableReplicas ?? 0) === wanted
  )
}
