// The deployment controller: keeps one replica set for each template and moves pods between them.
// This file finds and makes the sets, follows a change of size and cleans up; deployment-rollout.ts rolls.
// Rules: pkg/controller/deployment/{deployment_controller,sync}.go. Left out: the rollback of extensions/v1beta1.

import type { ResourceClient } from '../api/client.ts'
import { isAlreadyExists, isNotFound, isReason } from '../api/errors.ts'
import type { EventRecorder } from '../api/events.ts'
import { type Informer, objectKey } from '../api/informer.ts'
import type { Engine } from '../engine/engine.ts'
import { findCondition } from '../kinds/machinery/conditions.ts'
import { writeStruct } from '../kinds/machinery/decode.ts'
import { equal } from '../kinds/machinery/equality.ts'
import { selectorMatcher } from '../kinds/machinery/matchers.ts'
import type { Deployment, DeploymentStatus, Pod, ReplicaSet } from '../kinds/schema/types.ts'
import { claim, controllerRef, indexByController, newControllerRef, ownerOf } from './claim.ts'
import { type ControllerContext, recorderFor, type StartController, WorkQueue } from './controller.ts'
import { requeueStuck, rolloutRecreate, rolloutRolling } from './deployment-rollout.ts'
import * as util from './deployment-util.ts'
import { wantedPods } from './pods.ts'
import { templateHash } from './template-hash.ts'

export const startDeployment: StartController = context => {
  const controller = new DeploymentController(context)
  controller.start()
}

/** All sets of a deployment: the one of its template, if there is one, and the others. */
export interface Sets {
  readonly newSet: ReplicaSet | undefined
  readonly old: ReplicaSet[]
}

export class DeploymentController {
  readonly engine: Engine
  readonly pods: Informer<Pod>
  readonly queue: WorkQueue
  readonly #deployments: Informer<Deployment>
  readonly #sets: Informer<ReplicaSet>
  readonly #client: ResourceClient<Deployment>
  readonly #setClient: ResourceClient<ReplicaSet>
  readonly #recorder: EventRecorder

  constructor(context: ControllerContext) {
    const { client, informers } = context
    this.engine = context.engine
    this.#client = client.resource('deployments.apps')
    this.#setClient = client.resource('replicasets.apps')
    this.#deployments = informers.of('deployments.apps')
    this.#sets = informers.of('replicasets.apps')
    this.pods = informers.of('pods')
    indexByController(this.#sets)
    indexByController(this.pods)
    this.#recorder = recorderFor(context, 'deployment-controller')
    this.queue = new WorkQueue(context, key => this.#sync(key))
  }

  start(): void {
    const { queue } = this
    const enqueue = (d: Deployment | undefined) => d && queue.add(objectKey(d))
    const owner = (rs: ReplicaSet) => ownerOf(rs, this.#deployments, 'Deployment')
    const orphan = (rs: ReplicaSet) => {
      for (const d of this.#deployments.list(rs.metadata.namespace)) {
        if (selectorMatcher(d.spec.selector)(rs.metadata.labels)) enqueue(d)
      }
    }
    this.#deployments.handle({ add: enqueue, update: (_old, d) => enqueue(d), delete: enqueue })
    this.#sets.handle({
      add: rs => (controllerRef(rs) || rs.metadata.deletionTimestamp ? enqueue(owner(rs)) : orphan(rs)),
      update: (old, rs) => {
        const ref = controllerRef(rs)
        const moved = !equal(ref, controllerRef(old))
        if (moved) enqueue(owner(old))
        if (ref) enqueue(owner(rs))
        else if (moved || !equal(rs.metadata.labels, old.metadata.labels)) orphan(rs)
      },
      delete: rs => enqueue(owner(rs)),
    })
    this.pods.handle({
      // A recreate goes on when the last pod is gone.
      delete: pod => {
        const rs = ownerOf(pod, this.#sets, 'ReplicaSet')
        const d = rs && owner(rs)
        if (d?.spec.strategy.type !== 'Recreate') return
        const sets = this.#sets.byIndex('controller', d.metadata.uid!)
        if (sets.every(each => this.pods.countByIndex('controller', each.metadata.uid!) === 0)) enqueue(d)
      },
    })
  }

  #sync(key: string): undefined {
    const cached = this.#deployments.get(key)
    if (!cached) return
    const d: Deployment = { ...cached, status: { ...cached.status } }
    const { matchLabels, matchExpressions } = d.spec.selector
    if (!matchLabels && !matchExpressions) {
      const message = 'This deployment is selecting all pods. A non-empty selector is required.'
      this.#recorder.event(d, 'Warning', 'SelectingAll', message)
      if ((d.status.observedGeneration ?? 0) < d.metadata.generation!) {
        d.status.observedGeneration = d.metadata.generation
        this.updateStatus(d)
      }
      return
    }
    const sets = claim({
      owner: d,
      informer: this.#sets,
      client: this.#setClient,
      owners: this.#client,
      matches: selectorMatcher(d.spec.selector),
    }).sort(util.byCreation)
    if (d.metadata.deletionTimestamp) {
      this.#syncStatus(d, this.findSets(d, sets, false))
      return
    }
    this.#checkPaused(d)
    if (d.spec.paused || this.#isScaling(d, sets)) this.#resize(d, sets)
    else if (d.spec.strategy.type === 'Recreate') rolloutRecreate(this, d, sets)
    else rolloutRolling(this, d, sets)
  }

  updateStatus(d: Deployment): void {
    const status = writeStruct('io.k8s.api.apps.v1.DeploymentStatus', d.status)
    this.#client.updateStatus({ ...d, status }, undefined, true)
  }

  /** Writes the status if it changed; where not, looks again when the deadline for progress passes. */
  putStatus(d: Deployment, status: DeploymentStatus): boolean {
    if (sameStatus(d.status, status)) return false
    d.status = status
    this.updateStatus(d)
    return true
  }

  #syncStatus(d: Deployment, { newSet, old }: Sets): void {
    this.putStatus(d, util.calculateStatus([...old, newSet], newSet, d, this.engine.timestamp))
  }

  /** A paused deployment's clock for progress stands still. */
  #checkPaused(d: Deployment): void {
    const condition = findCondition(d.status, 'Progressing')
    if (!util.hasDeadline(d) || condition?.reason === 'ProgressDeadlineExceeded') return
    const known = condition?.reason === 'DeploymentPaused'
    if (!!d.spec.paused === known) return
    const [reason, message] = d.spec.paused
      ? ['DeploymentPaused', 'Deployment is paused']
      : ['DeploymentResumed', 'Deployment is resumed']
    this.#progress(d, 'Unknown', reason!, message!)
    this.updateStatus(d)
  }

  #progress(d: Deployment, status: string, reason: string, message: string): void {
    const condition = ['Progressing', status, reason, message] as const
    d.status.conditions = util.withCondition(d.status.conditions, this.engine.timestamp, condition)
  }

  /** Was the deployment's size changed since its sets were last told of it? */
  #isScaling(d: Deployment, sets: ReplicaSet[]): boolean {
    const { newSet, old } = this.findSets(d, sets, false)
    return [...old, newSet].some(rs => {
      const desired = util.isActiveSet(rs) ? rs.metadata.annotations?.[util.desiredAnnotation] : undefined
      return desired !== undefined && /^\d+$/.test(desired) && Number(desired) !== wantedPods(d)
    })
  }

  #resize(d: Deployment, sets: ReplicaSet[]): void {
    const found = this.findSets(d, sets, false)
    this.#scale(d, found)
    if (d.spec.paused) this.cleanUp(d, found.old)
    this.#syncStatus(d, found)
  }

  /** Finds the set of the template (makes it, if asked to), with the revision it should have. */
  findSets(d: Deployment, sets: readonly ReplicaSet[], create: boolean): Sets {
    const existing = sets.find(rs => util.sameTemplate(rs.spec.template, d.spec.template))
    const old = sets.filter(rs => rs !== existing)
    const revision = String(Math.max(0, ...old.map(util.revisionOf)) + 1)
    if (existing) return { newSet: this.#keepSet(d, existing, revision), old }
    return { newSet: create ? this.#createSet(d, old, revision) : undefined, old }
  }

  #keepSet(d: Deployment, existing: ReplicaSet, revision: string): ReplicaSet {
    const annotations = setAnnotations(d, existing.metadata.annotations ?? {}, revision, true)
    const minReadySeconds = d.spec.minReadySeconds
    if (annotations || (existing.spec.minReadySeconds ?? 0) !== (minReadySeconds ?? 0)) {
      return this.#setClient.update({
        ...existing,
        metadata: { ...existing.metadata, annotations: annotations ?? existing.metadata.annotations },
        spec: { ...existing.spec, minReadySeconds },
      })
    }
    let changed = setRevision(d, existing.metadata.annotations?.[util.revisionAnnotation] ?? '')
    if (util.hasDeadline(d) && !findCondition(d.status, 'Progressing')) {
      const { name } = existing.metadata
      this.#progress(d, 'True', 'FoundNewReplicaSet', `Found new replica set "${name}"`)
      changed = true
    }
    if (changed) this.updateStatus(d)
    return existing
  }

  #createSet(d: Deployment, old: readonly ReplicaSet[], revision: string): ReplicaSet {
    const { name, namespace = '' } = d.metadata
    const hash = templateHash(d.spec.template, d.status.collisionCount)
    const labels = { ...d.spec.template.metadata.labels, [util.hashLabel]: hash }
    const { selector } = d.spec
    const setName = `${name.slice(0, 252 - hash.length)}-${hash}`
    const wanted = {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet' as const,
      metadata: {
        name: setName,
        namespace,
        ownerReferences: [newControllerRef(d)],
        labels,
        annotations: setAnnotations(d, {}, revision, false),
      },
      spec: {
        replicas: 0,
        minReadySeconds: d.spec.minReadySeconds,
        selector: { ...selector, matchLabels: { ...selector.matchLabels, [util.hashLabel]: hash } },
        template: { ...d.spec.template, metadata: { ...d.spec.template.metadata, labels } },
      },
    }
    wanted.spec.replicas = util.newReplicas(d, [...old, wanted], wanted)
    let created: ReplicaSet
    let isNew = true
    try {
      created = this.#setClient.create(wanted)
    } catch (error) {
      if (!isAlreadyExists(error)) {
        this.#creationFailed(d, setName, error)
        throw error
      }
      const other = this.#sets.find(namespace, setName)
      const mine = other && controllerRef(other)?.uid === d.metadata.uid
      if (!mine || !util.sameTemplate(d.spec.template, other.spec.template)) {
        // Another template has the same hash: count it, so that the next one differs.
        d.status.collisionCount = (d.status.collisionCount ?? 0) + 1
        this.updateStatus(d)
        throw error
      }
      created = other
      isNew = false
    }
    const size = wanted.spec.replicas
    if (isNew && size > 0) this.#event(d, `Scaled up replica set ${setName} from 0 to ${size}`)
    let changed = setRevision(d, revision)
    if (isNew && util.hasDeadline(d)) {
      this.#progress(d, 'True', 'NewReplicaSetCreated', `Created new replica set "${setName}"`)
      changed = true
    }
    if (changed) this.updateStatus(d)
    return created
  }

  #creationFailed(d: Deployment, setName: string, error: unknown): void {
    if (isReason(error, 'Forbidden') && String(error).includes('is being terminated')) return
    const message = `Failed to create new replica set "${setName}": ${(error as Error).message}`
    if (util.hasDeadline(d)) {
      this.#progress(d, 'False', 'ReplicaSetCreateError', message)
      this.updateStatus(d)
    }
    this.#recorder.event(d, 'Warning', 'ReplicaSetCreateError', message)
  }

  #event(d: Deployment, message: string): void {
    this.#recorder.event(d, 'Normal', 'ScalingReplicaSet', message)
  }

  /** Follows a change of the deployment's size; a rollout under way shares it out between its sets. */
  #scale(d: Deployment, { newSet, old }: Sets): void {
    const all = [...old, newSet].filter(util.isActiveSet)
    const only = all.length > 1 ? undefined : (all[0] ?? newSet ?? [...old].sort(util.byCreation).at(-1))
    if (only) {
      const wanted = wantedPods(d)
      if (wantedPods(only) !== wanted) this.scaleSet(only, wanted, d)
      return
    }
    if (all.length === 0) return
    if (util.isSaturated(d, newSet)) {
      for (const rs of old.filter(util.isActiveSet)) this.scaleSet(rs, 0, d)
      return
    }
    if (!util.isRolling(d)) return
    const allowed = wantedPods(d) > 0 ? util.mostReplicas(d) : 0
    const toAdd = allowed - util.total(all, wantedPods)
    // The bigger ones first; of equal ones the newer first on the way up, the older on the way down.
    all.sort((a, b) => wantedPods(b) - wantedPods(a) || (toAdd > 0 ? -1 : 1) * util.byCreation(a, b))
    let added = 0
    const sizes = all.map(rs => {
      const share = util.proportion(rs, d, toAdd, added)
      added += share
      return wantedPods(rs) + share
    })
    if (toAdd !== 0) sizes[0] = Math.max(0, sizes[0]! + toAdd - added)
    for (const [i, rs] of all.entries()) this.scaleSet(rs, sizes[i]!, d, true)
  }

  /** Gives a set its size and tells it the deployment's; true where the size changed. */
  scaleSet(rs: ReplicaSet, size: number, d: Deployment, force = false): { scaled: boolean; set: ReplicaSet } {
    const before = wantedPods(rs)
    if (!force && before === size) return { scaled: false, set: rs }
    const sized = replicasAnnotations(d)
    const { annotations } = rs.metadata
    const told = Object.entries(sized).every(([key, value]) => annotations?.[key] === value)
    if (before === size && told) return { scaled: false, set: rs }
    const set = this.#setClient.update({
      ...rs,
      metadata: { ...rs.metadata, annotations: { ...annotations, ...sized } },
      spec: { ...rs.spec, replicas: size },
    })
    if (before === size) return { scaled: false, set }
    const way = before < size ? 'up' : 'down'
    this.#event(d, `Scaled ${way} replica set ${rs.metadata.name} from ${before} to ${size}`)
    return { scaled: true, set }
  }

  /** Deletes the oldest empty sets beyond the history limit. */
  cleanUp(d: Deployment, old: readonly ReplicaSet[]): void {
    const limit = d.spec.revisionHistoryLimit
    if (limit === undefined || limit === 2147483647) return
    const alive = old.filter(rs => !rs.metadata.deletionTimestamp)
    const excess = alive.length - limit
    if (excess <= 0) return
    alive.sort((a, b) => util.revisionOf(a) - util.revisionOf(b) || util.byCreation(a, b))
    for (const rs of alive.slice(0, excess)) {
      const { namespace = '', name, generation = 0 } = rs.metadata
      if (util.statusReplicas(rs) || wantedPods(rs) || generation > (rs.status?.observedGeneration ?? 0))
        continue
      try {
        this.#setClient.delete(namespace, name)
      } catch (error) {
        if (!isNotFound(error)) throw error
      }
    }
  }

  requeueStuck(d: Deployment): void {
    requeueStuck(this.queue, d, this.engine.now)
  }
}

const replicasAnnotations = (d: Deployment): Record<string, string> => ({
  [util.desiredAnnotation]: String(wantedPods(d)),
  [util.maxAnnotation]: String(util.mostReplicas(d)),
})

const notCopied = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  util.revisionAnnotation,
  util.historyAnnotation,
  util.desiredAnnotation,
  util.maxAnnotation,
  'deprecated.deployment.rollback.to',
])

const maxHistoryLength = 2000

/** The annotations that the new set should have, or undefined where they are as they should be. */
function setAnnotations(
  d: Deployment,
  old: Record<string, string>,
  revision: string,
  exists: boolean,
): Record<string, string> | undefined {
  const next = { ...old }
  for (const [key, value] of Object.entries(d.metadata.annotations ?? {})) {
    if (!notCopied.has(key)) next[key] = value
  }
  const before = old[util.revisionAnnotation]
  if (before && !/^[+-]?\d+$/.test(before)) return undefined
  if (Number(before ?? 0) < Number(revision)) {
    next[util.revisionAnnotation] = revision
    if (before) {
      const history = (old[util.historyAnnotation] ?? '').split(',').filter(Boolean)
      history.push(before)
      while (history.join(',').length > maxHistoryLength) history.shift()
      next[util.historyAnnotation] = history.join(',')
    }
  }
  if (!exists) Object.assign(next, replicasAnnotations(d))
  return equal(old, next) ? undefined : next
}

function setRevision(d: Deployment, revision: string): boolean {
  if (d.metadata.annotations?.[util.revisionAnnotation] === revision) return false
  const annotations = { ...d.metadata.annotations, [util.revisionAnnotation]: revision }
  d.metadata = { ...d.metadata, annotations }
  return true
}

/** Zeros are not written, so an absent number is the same as 0, but for the pointer terminatingReplicas. */
function sameStatus(a: DeploymentStatus, b: DeploymentStatus): boolean {
  const zeros = {
    replicas: 0,
    updatedReplicas: 0,
    readyReplicas: 0,
    availableReplicas: 0,
    unavailableReplicas: 0,
  }
  return equal({ ...zeros, ...a }, { ...zeros, ...b })
}
