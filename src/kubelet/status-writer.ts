// Writes a pod's status to the API: pkg/kubelet/status/status_manager.go. It keeps the newest status, takes it up when its
// turn comes, writes it if it differs from the API's, and removes the pod from the API when everything of it has ended.
import { isNotFound } from '../api/errors.ts'
import type { ContainerStatus, Pod, PodStatus } from '../kinds/schema/types.ts'
import { structType } from '../kinds/schema.ts'
import { isKubeletCondition, withTransitionTimes } from './pod-status.ts'
import type { PodWorker } from './pod-worker.ts'

export class StatusWriter {
  readonly #worker: PodWorker
  #current: PodStatus | undefined
  #scheduled = false
  #finished = false

  constructor(worker: PodWorker) {
    this.#worker = worker
  }

  /** What was computed last; at first the API's. */
  get current(): PodStatus {
    return this.#current ?? this.#worker.pod.status ?? {}
  }

  set(status: PodStatus): void {
    if (this.#current && equal(this.#current, status)) return
    this.#current = status
    this.#schedule()
  }

  /** Takes the API's status as its own. */
  adopt(status: PodStatus): void {
    this.#current = status
  }

  /** Changes parts of it (a probe's result) outside a sync. */
  update(change: (status: PodStatus) => PodStatus): void {
    if (this.#current) this.set(change(this.#current))
  }

  /** Nothing runs any more: what has not ended so far has by now, and a pod that is being deleted can go. */
  finish(): void {
    this.#finished = true
    if (this.#current) this.#current = terminated(this.#worker.pod, this.#current)
    this.#schedule()
  }

  /** Tells it again, where the API may have missed it. */
  resend(): void {
    if (this.#current) this.#schedule()
  }

  #schedule(): void {
    if (this.#scheduled || this.#worker.removed) return
    this.#scheduled = true
    const { kubelet } = this.#worker
    const { begins, takes } = kubelet.pace.statusTurn()
    kubelet.engine.after(begins, () => {
      this.#scheduled = false
      const status = this.#current
      const finished = this.#finished
      kubelet.engine.after(takes, () => this.#write(status!, finished))
    })
  }

  #write(taken: PodStatus, finished: boolean): void {
    const { pod, kubelet, removed } = this.#worker
    const { namespace = '', name, uid } = pod.metadata
    if (removed || kubelet.stopped) return
    const stored = kubelet.pods.find(namespace, name)
    if (!stored || stored.metadata.uid !== uid) return
    const status = merge(stored.status, taken, this.#worker.mayRun, kubelet.engine.timestamp)
    try {
      if (!equal(stored.status, status)) kubelet.pods.updateStatus({ ...stored, status }, undefined, true)
      if (finished && stored.metadata.deletionTimestamp)
        kubelet.pods.delete(namespace, name, { gracePeriodSeconds: 0, preconditions: { uid } })
    } catch (error) {
      // Another writer was faster, or the API is away: the next sync tells again.
      if (!isNotFound(error)) kubelet.engine.after(10_000, () => this.#schedule(), { background: true })
    }
  }
}

const isFinal = (phase: string | undefined) => phase === 'Succeeded' || phase === 'Failed'

/** TerminatePod: a container of which nothing is known any more counts as failed, and the phase is a final one. */
function terminated(pod: Pod, status: PodStatus): PodStatus {
  const { phase, containerStatuses = [], initContainerStatuses: init = [] } = status
  const lost = (c: ContainerStatus): ContainerStatus =>
    c.state.terminated ? c : { ...c, state: { terminated: unknown } }
  const ended = ({ state, lastState }: Pick<ContainerStatus, 'state' | 'lastState'>) =>
    state.terminated ?? lastState.terminated
  const begun = containerStatuses.some(c => c.state.running || ended(c))
  const initialized =
    !pod.spec.initContainers?.length ||
    begun ||
    ended(init.at(-1) ?? { state: {}, lastState: {} })?.exitCode === 0
  // All but the last init containers that never began; the first one in any case.
  const reached = Math.max(0, init.findLastIndex(ended))
  const next: PodStatus = { ...status, phase: isFinal(phase) ? phase! : 'Failed' }
  if (initialized) next.containerStatuses = containerStatuses.map(lost)
  if (init.length) next.initContainerStatuses = init.map((c, i) => (i <= reached ? lost(c) : c))
  return next
}

const unknown = {
  exitCode: 137,
  reason: 'ContainerStatusUnknown',
  message: 'The container could not be located when the pod was terminated',
  startedAt: null,
  finishedAt: null,
}

/** As the server would read it: fields in their order, none that is empty. */
function inOrder(status: PodStatus): PodStatus {
  const ordered: Record<string, unknown> = {}
  const { fields } = structType('io.k8s.api.core.v1.PodStatus')!
  for (let i = 0; i < fields.length; i++) {
    const { name } = fields[i]!
    const value = status[name as keyof PodStatus]
    if (value !== undefined && value !== '' && (value as unknown[]).length !== 0) ordered[name] = value
  }
  return ordered as unknown as PodStatus
}

/** mergePodStatus: other writers' conditions stay, and the phase becomes final only when nothing can run any more. */
function merge(old: PodStatus = {}, status: PodStatus, mayRun: boolean, now: string): PodStatus {
  const isEarly = isFinal(status.phase) && !isFinal(old.phase) && mayRun
  const { phase, message, reason } = isEarly ? old : status
  const foreign = (old.conditions ?? []).filter(c => !isKubeletCondition(c.type))
  const own = (status.conditions ?? []).filter(c => isKubeletCondition(c.type))
  const next = { ...status, phase, message, reason, conditions: [...foreign, ...own] }
  if (old.nominatedNodeName) next.nominatedNodeName = old.nominatedNodeName
  if (old.qosClass) next.qosClass = old.qosClass
  return inOrder(withTransitionTimes(next, old.conditions, now))
}

/** Are two JSON values the same, whatever the order of their keys? */
export function equal(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false
    for (let i = 0; i < a.length; i++) if (!equal(a[i], b[i])) return false
    return true
  }
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>]
  let fields = 0
  for (const key in left) {
    if (!equal(left[key], right[key])) return false
    fields++
  }
  for (const _ in right) fields--
  return fields === 0
}
