// The stateful set controller: pods with an identity of their own (`web-0`, `web-1` …), made, replaced and removed one
// after the other, each with the claims of its volumes. Rules: pkg/controller/statefulset.
import { isAlreadyExists, isNotFound } from '../api/errors.ts'
import { objectKey } from '../api/informer.ts'
import { equal } from '../kinds/machinery/equality.ts'
import { scaledValue } from '../kinds/machinery/int-or-percent.ts'
import { selectorMatcher } from '../kinds/machinery/matchers.ts'
import type { StatefulSet, StatefulSetStatus } from '../kinds/schema/types.ts'
import { claim, controllerRef, indexByController, ownerOf } from './claim.ts'
import { RateLimit, recorderFor, type StartController, WorkQueue } from './controller.ts'
import * as history from './history.ts'
import { isNamespaceEnding, podFromTemplate } from './pod-control.ts'
import type { Pod } from './pods.ts'
import * as pods from './pods.ts'
import { claimTemplates, ordinalOf, StatefulSetClaims } from './statefulset-claims.ts'
import { safeEncode } from './template-hash.ts'

const hashLabel = 'controller.kubernetes.io/hash'
const nameLabel = 'statefulset.kubernetes.io/pod-name'
const indexLabel = 'apps.kubernetes.io/pod-index'

export const startStatefulSet: StartController = context => {
  const { client, informers, engine } = context
  const sets = informers.of('statefulsets.apps')
  const podInformer = informers.of('pods')
  const revisions = informers.of('controllerrevisions.apps')
  indexByController(podInformer)
  indexByController(revisions)
  const setClient = client.resource<StatefulSet>('statefulsets.apps')
  const podClient = client.resource<Pod>('pods')
  const revisionClient = client.resource<history.Revision>('controllerrevisions.apps')
  const recorder = recorderFor(context, 'statefulset-controller')
  const queue = new WorkQueue(context, sync)
  const limit = new RateLimit(engine)
  const claims = new StatefulSetClaims(context, tell)

  const enqueue = (set: StatefulSet | undefined) => set && queue.add(objectKey(set))
  const changed = (pod: Pod) => {
    const set = ownerOf(pod, sets, 'StatefulSet')
    if (set) enqueue(set)
    else if (!controllerRef(pod)) {
      for (const each of sets.eachByIndex('namespace', pod.metadata.namespace ?? '')) {
        if (selectorMatcher(each.spec.selector)(pod.metadata.labels)) enqueue(each)
      }
    }
  }
  sets.handle({ add: enqueue, update: (_old, set) => enqueue(set), delete: enqueue })
  podInformer.handle({
    add: changed,
    update(old, pod) {
      if (!equal(controllerRef(old), controllerRef(pod))) enqueue(ownerOf(old, sets, 'StatefulSet'))
      const set = ownerOf(pod, sets, 'StatefulSet')
      if (!set && equal(old.metadata.labels, pod.metadata.labels)) return
      changed(pod)
      const { minReadySeconds } = set?.spec ?? {}
      if (set && minReadySeconds && !pods.isReady(old) && pods.isReady(pod)) {
        queue.addAfter(objectKey(set), minReadySeconds * 1000 + 1000)
      }
    },
    delete: changed,
  })

  function sync(key: string): number {
    const set = sets.get(key)
    if (!set) return 1
    const own = claim({
      owner: set,
      informer: podInformer,
      client: podClient,
      owners: setClient,
      matches: selectorMatcher(set.spec.selector),
      filter: pod => ordinalOf(pod, set) !== undefined || controllerRef(pod)?.uid === set.metadata.uid,
    })
    const known = history.revisionsOf(revisions, set)
    const { current, update } = findRevisions(set, known)
    let failure: unknown
    const status = freshStatus(set, current, update)
    try {
      reconcile(set, own, current, update, status)
    } catch (error) {
      failure = error
    }
    writeStatus(set, status)
    if (failure) throw failure
    const live = new Set([current.metadata.name, update.metadata.name])
    for (const pod of own) live.add(pod.metadata.labels?.[history.revisionHashLabel] ?? '')
    history.truncateHistory(revisionClient, set, known, r => live.has(r.metadata.name))
    if (set.spec.minReadySeconds && status.readyReplicas !== status.availableReplicas) {
      queue.addAfter(key, set.spec.minReadySeconds * 1000)
    }
    return own.length + 1
  }

  /** The revision that the pods have, and the one of the template as it is now (made if new). */
  function findRevisions(
    set: StatefulSet,
    known: readonly history.Revision[],
  ): { current: history.Revision; update: history.Revision } {
    const data = history.patchOf(set.spec.template)
    const next = (known.at(-1)?.revision ?? 0) + 1
    const equals = known.filter(r => equal(r.data, data))
    let update = equals.at(-1)
    if (!update) {
      const hash = revisionHash(data, set.status?.collisionCount ?? 0)
      const labels = { ...set.spec.template.metadata.labels, [hashLabel]: hash }
      const wanted = history.newRevision(set, next, hash, labels)
      wanted.metadata.labels = labels
      update = createRevision(set, wanted)
    } else if (update !== known.at(-1)) update = revisionClient.update({ ...update, revision: next })
    const current = known.find(r => r.metadata.name === set.status?.currentRevision) ?? update
    return { current, update }
  }

  function createRevision(set: StatefulSet, wanted: history.Revision): history.Revision {
    try {
      return revisionClient.create(wanted)
    } catch (error) {
      if (!isAlreadyExists(error)) throw error
      const existing = revisionClient.get(set.metadata.namespace!, wanted.metadata.name)
      if (!equal(existing.data, wanted.data)) throw error
      return existing
    }
  }

  function reconcile(
    set: StatefulSet,
    own: readonly Pod[],
    current: history.Revision,
    update: history.Revision,
    status: FullStatus,
  ): void {
    const start = set.spec.ordinals?.start ?? 0
    const size = pods.wantedPods(set)
    const replicas: Pod[] = []
    const condemned: Pod[] = []
    for (const pod of own) {
      const ordinal = ordinalOf(pod, set)
      if (ordinal === undefined) continue
      if (ordinal >= start && ordinal < start + size) replicas[ordinal - start] = pod
      else condemned.push(pod)
    }
    count(status, own, set, current, update)
    const monotonic = set.spec.podManagementPolicy !== 'Parallel'
    // Of the pods that are still to come only those are looked at that may be made now: there can be a billion.
    const known = replicas.length
    const end = Math.min(size, known + (monotonic ? 1 : limit.take(Math.max(0, size - known))))
    if (end < size && !monotonic) queue.addAfter(objectKey(set), limit.pause)
    for (let i = 0; i < end; i++) replicas[i] ??= newPod(set, start + i, current, update)
    condemned.sort((a, b) => ordinalOf(b, set)! - ordinalOf(a, set)!)
    if (set.metadata.deletionTimestamp) return
    const recount = () => count(status, [...replicas, ...condemned], set, current, update)
    const isUnavailable = (pod: Pod) => !isAvailable(pod, set) || !!pod.metadata.deletionTimestamp
    const firstUnavailable = replicas.find(isUnavailable) ?? condemned.findLast(isUnavailable)
    for (const pod of replicas) {
      if (!processReplica(set, pod, monotonic)) continue
      if (monotonic) {
        recount()
        return
      }
    }
    for (const pod of condemned) {
      if (pod.metadata.deletionTimestamp) {
        if (!monotonic) continue
        recount()
        return
      }
      if (monotonic && !isAvailable(pod, set) && pod !== firstUnavailable) {
        recount()
        return
      }
      claims.keep(set, pod)
      deletePod(set, pod)
      if (monotonic) {
        recount()
        return
      }
    }
    recount()
    if (set.spec.updateStrategy.type === 'OnDelete') return
    const { partition = 0, maxUnavailable = 1 } = set.spec.updateStrategy.rollingUpdate ?? {}
    const unavailable = replicas.filter(isUnavailable).length + size - end
    let spare = Math.max(1, scaledValue(maxUnavailable, size, true)) - unavailable
    for (let i = end - 1; i >= partition && spare > 0; i--) {
      const pod = replicas[i]!
      if (revisionOf(pod) === update.metadata.name || pod.metadata.deletionTimestamp) continue
      deletePod(set, pod)
      status.currentReplicas--
      spare--
    }
  }

  /** True where the pods after this one have to wait. */
  function processReplica(set: StatefulSet, pod: Pod, monotonic: boolean): boolean {
    if (pods.isFinished(pod)) {
      if (!pod.metadata.deletionTimestamp) deletePod(set, pod)
      return true
    }
    if (!isCreated(pod)) {
      createPod(set, pod)
      return monotonic
    }
    if (pod.status.phase === 'Pending') claims.create(set, pod)
    claims.keep(set, pod)
    if (monotonic && (pod.metadata.deletionTimestamp || !isAvailable(pod, set))) return true
    const name = pod.metadata.labels?.[nameLabel]
    if (name !== pod.metadata.name) {
      const labels = {
        ...pod.metadata.labels,
        [nameLabel]: pod.metadata.name,
        [indexLabel]: String(ordinalOf(pod, set)),
      }
      podClient.update({ ...pod, metadata: { ...pod.metadata, labels } })
    }
    return false
  }

  const isAvailable = (pod: Pod, set: StatefulSet): boolean =>
    pod.status?.phase === 'Running' && pods.isAvailable(pod, set.spec.minReadySeconds ?? 0, engine.now)

  function createPod(set: StatefulSet, pod: Pod): void {
    const { name } = pod.metadata
    try {
      claims.create(set, pod)
      podClient.create(pod)
    } catch (error) {
      if (isAlreadyExists(error) || isNamespaceEnding(error)) throw error
      tell(set, 'create', `Pod ${name}`, error)
      throw error
    }
    tell(set, 'create', `Pod ${name}`)
  }

  function deletePod(set: StatefulSet, pod: Pod): void {
    const { namespace = '', name } = pod.metadata
    try {
      podClient.delete(namespace, name)
    } catch (error) {
      if (isNotFound(error)) return
      tell(set, 'delete', `Pod ${name}`, error)
      throw error
    }
    tell(set, 'delete', `Pod ${name}`)
  }

  function tell(set: StatefulSet, verb: string, what: string, error?: unknown): void {
    const Verb = verb[0]!.toUpperCase() + verb.slice(1)
    const { name } = set.metadata
    // The text of a pod's event and that of a claim's differ in a word.
    const isClaim = what.startsWith('Claim')
    if (!error) {
      const end = isClaim ? 'success' : 'successful'
      recorder.event(set, 'Normal', `Successful${Verb}`, `${Verb} ${what} in StatefulSet ${name} ${end}`)
      return
    }
    const message = `${verb} ${what} in StatefulSet ${name} failed error: ${(error as Error).message}`
    recorder.event(set, 'Warning', `Failed${Verb}`, message)
  }

  function count(
    status: FullStatus,
    list: readonly Pod[],
    set: StatefulSet,
    current: history.Revision,
    update: history.Revision,
  ): void {
    Object.assign(status, {
      replicas: 0,
      readyReplicas: 0,
      availableReplicas: 0,
      currentReplicas: 0,
      updatedReplicas: 0,
    })
    for (const pod of list) {
      if (!isCreated(pod)) continue
      status.replicas++
      if (pod.status.phase === 'Running' && pods.isReady(pod)) {
        status.readyReplicas++
        if (isAvailable(pod, set)) status.availableReplicas++
      }
      if (pod.metadata.deletionTimestamp) continue
      if (revisionOf(pod) === current.metadata.name) status.currentReplicas++
      if (revisionOf(pod) === update.metadata.name) status.updatedReplicas++
    }
  }

  function writeStatus(set: StatefulSet, status: FullStatus): void {
    const replicas = pods.wantedPods(set)
    const complete = [status.updatedReplicas, status.readyReplicas, status.replicas].every(
      n => n === replicas,
    )
    if (set.spec.updateStrategy.type === 'RollingUpdate' && complete) {
      status.currentReplicas = status.updatedReplicas
      status.currentRevision = status.updateRevision
    }
    const before: Partial<StatefulSetStatus> = set.status ?? {}
    const fields = Object.keys(status) as (keyof FullStatus)[]
    const changed = fields.some(field => (before[field] ?? 0) !== status[field])
    if (changed || before.collisionCount === undefined) {
      setClient.updateStatus({ ...set, status: { ...before, ...status } })
    }
  }
}

/** All that it keeps count of, zeros too. */
type FullStatus = Required<Omit<StatefulSetStatus, 'observedGeneration' | 'conditions'>> &
  Pick<StatefulSetStatus, 'observedGeneration'>

const freshStatus = (set: StatefulSet, current: history.Revision, update: history.Revision): FullStatus => ({
  observedGeneration: set.metadata.generation,
  replicas: 0,
  readyReplicas: 0,
  currentReplicas: 0,
  updatedReplicas: 0,
  currentRevision: current.metadata.name,
  updateRevision: update.metadata.name,
  collisionCount: set.status?.collisionCount ?? 0,
  availableReplicas: 0,
})

const isCreated = (pod: Pod): boolean => !!pod.status?.phase

const revisionOf = (pod: Pod): string | undefined => pod.metadata.labels?.[history.revisionHashLabel]

/** A pod of the old template where a partition keeps it, of the new one otherwise. */
function newPod(set: StatefulSet, ordinal: number, current: history.Revision, update: history.Revision): Pod {
  const start = set.spec.ordinals?.start ?? 0
  const { type, rollingUpdate } = set.spec.updateStrategy
  const kept = rollingUpdate ? (rollingUpdate.partition ?? 0) : (set.status?.currentReplicas ?? 0)
  const revision = type === 'RollingUpdate' && ordinal < start + kept ? current : update
  const pod = podFromTemplate(history.templateOf(revision), set)
  const name = `${set.metadata.name}-${ordinal}`
  const metadata = {
    ...pod.metadata,
    name,
    labels: {
      ...pod.metadata.labels,
      [nameLabel]: name,
      [indexLabel]: String(ordinal),
      [history.revisionHashLabel]: revision.metadata.name,
    },
  }
  const volumes = claimTemplates(set).map(({ metadata: { name: volume } }) => ({
    name: volume,
    persistentVolumeClaim: { claimName: `${volume}-${name}` },
  }))
  const own = pod.spec.volumes ?? []
  const spec = {
    ...pod.spec,
    hostname: name,
    subdomain: set.spec.serviceName,
    volumes: [...volumes, ...own.filter(v => !volumes.some(claimed => claimed.name === v.name))],
  }
  return { ...pod, metadata, spec, status: {} }
}

/** HashControllerRevision: FNV-1 of the patch as JSON with sorted keys, and the number of collisions. */
function revisionHash(data: unknown, collisions: number): string {
  const text = unescape(encodeURIComponent(sortedJson(data) + collisions))
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash, 0x01000193) ^ text.charCodeAt(i)
  return safeEncode(String(hash >>> 0))
}

function sortedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sortedJson).join(',')}]`
  if (typeof value !== 'object' || value === null) {
    // As Go's encoder, which escapes for HTML.
    return JSON.stringify(value).replace(
      /[<>&\u2028\u2029]/g,
      c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
  }
  const fields = value as Record<string, unknown>
  const keys = Object.keys(fields)
    .filter(key => fields[key] !== undefined)
    .sort()
  return `{${keys.map(key => `${JSON.stringify(key)}:${sortedJson(fields[key])}`).join(',')}}`
}
