// The objects of the cluster, as rows: those that changed since the page last heard of them. It sees only what a client
// of the API sees.
import type { Watch } from '../../../api/types.ts'
import { kinds } from '../../../kinds/index.ts'
import type { Kind } from '../../../kinds/kind.ts'
import type { AnyObject } from '../../../kinds/object.ts'
import type { Life } from '../../../lesson/life.ts'
import type { World } from '../../../lesson/world.ts'
import type { FromWorker, ObjectRow } from '../protocol.ts'
import { rowOf } from '../rows.ts'
import type { Observer } from './observer.ts'

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

/** Whether an object is of those that a reader looks at. */
export const isShown = ({ kind, metadata }: AnyObject): boolean =>
  !systemNamespaces.has(metadata.namespace ?? '') && !hidden.has(`${kind}/${metadata.name}`)

/**
 * Learns of every object of the wanted kinds that there is, and then of its changes, as a client of the API does, until
 * the function that it gives is called. Where it throws (code may be missing) it leaves nothing behind.
 */
export function watchKinds(
  world: World,
  isWanted: (kind: Kind) => boolean,
  changed: (type: 'ADDED' | 'MODIFIED' | 'DELETED', object: AnyObject) => void,
): () => void {
  const watches: Watch[] = []
  const stop = () => {
    for (const each of watches) each.stop()
  }
  try {
    for (const kind of kinds) if (isWanted(kind)) watches.push(...watchKind(world, kind, changed))
  } catch (error) {
    stop()
    throw error
  }
  return stop
}

function watchKind(world: World, kind: Kind, changed: Parameters<typeof watchKinds>[2]): Watch[] {
  const { api } = world.cluster
  const path = `${kind.group ? `/apis/${kind.group}/${kind.version}` : `/api/${kind.version}`}/${kind.plural}`
  const request = { method: 'GET', path, managedFields: false, looks: true, userAgent: 'lab' } as const
  const { body } = api.handle(request)
  for (const object of body.items) changed('ADDED', object)
  const query = { watch: 'true', resourceVersion: body.metadata.resourceVersion }
  const begun = api.watch({ ...request, query }, ({ type, object }) => {
    if (type !== 'BOOKMARK' && type !== 'ERROR') changed(type, object)
  })
  return 'stop' in begun ? [begun] : []
}

export class Objects implements Observer {
  readonly part = 'inspect'
  /** Grows with every change that the page would see. */
  changes = 0
  #life!: Life
  #stop = () => {}
  #fresh = false
  readonly #objects = new Map<string, AnyObject>()
  readonly #changed = new Set<string>()
  readonly #deleted = new Set<string>()
  readonly #told = new Map<string, string>()

  show(life: Life): void {
    this.#life = life
    this.#fresh = true
    for (const each of [this.#objects, this.#changed, this.#deleted, this.#told]) each.clear()
    this.#stop()
    this.#stop = watchKinds(
      life.world,
      ({ kind }) => shownKinds.includes(kind),
      (type, object) => this.#note(type, object),
    )
  }

  again(): void {
    this.#fresh = true
    this.#told.clear()
    for (const uid of this.#objects.keys()) this.#changed.add(uid)
  }

  flush(): FromWorker[] {
    const { now } = this.#life.world.engine
    const changed: ObjectRow[] = []
    for (const uid of this.#changed) {
      const object = this.#objects.get(uid)
      if (!object) continue
      const row = rowOf(object, now)
      const text = JSON.stringify(row)
      if (this.#told.get(uid) === text) continue
      this.#told.set(uid, text)
      changed.push(row)
    }
    const deleted = [...this.#deleted]
    const reset = this.#fresh
    this.#changed.clear()
    this.#deleted.clear()
    this.#fresh = false
    return reset || changed.length || deleted.length ? [{ type: 'objects', reset, changed, deleted }] : []
  }

  #note(type: 'ADDED' | 'MODIFIED' | 'DELETED', object: AnyObject): void {
    if (!isShown(object)) return
    const { uid = '' } = object.metadata
    this.changes++
    if (type === 'DELETED') {
      this.#objects.delete(uid)
      this.#told.delete(uid)
      this.#changed.delete(uid)
      this.#deleted.add(uid)
    } else {
      this.#objects.set(uid, object)
      this.#changed.add(uid)
    }
  }
}
