// A pod's row: what READY, STATUS and RESTARTS say, after printPod of pkg/printers/internalversion/printers.go.
import { parseTime } from '../../engine/engine.ts'
import type { Cell, RowContext } from '../kind.ts'
import type { Container, ContainerStateTerminated, ContainerStatus, Pod } from '../schema/types.ts'
import { findCondition, isTrue } from './conditions.ts'
import { age } from './duration.ts'

const terminatedReason = ({ reason, signal, exitCode }: ContainerStateTerminated): string =>
  reason || (signal ? `Signal:${signal}` : `ExitCode:${exitCode}`)

export const isSidecar = (container: Pick<Container, 'restartPolicy'> | undefined): boolean =>
  container?.restartPolicy === 'Always'

/** Sums restarts and keeps the time of the last one. */
class Restarts {
  count = 0
  last: string | undefined

  add(container: ContainerStatus): void {
    this.count += container.restartCount
    const finished = container.lastState?.terminated?.finishedAt
    if (finished && (!this.last || parseTime(finished) > parseTime(this.last))) this.last = finished
  }
}

/** READY, STATUS and the restarts of a pod. */
function podSummary(pod: Pod): {
  ready: number
  total: number
  reason: string
  restarts: number
  lastRestart: string | undefined
} {
  const { spec, status, metadata } = pod
  let reason = status.reason || status.phase || ''
  if (findCondition(status, 'PodScheduled')?.reason === 'SchedulingGated') reason = 'SchedulingGated'
  const initContainers = spec.initContainers ?? []
  const sidecars = new Set(initContainers.filter(isSidecar).map(c => c.name))
  let ready = 0
  let initializing = false
  const all = new Restarts()
  let restarts = new Restarts() // of what still runs: sidecars and containers
  for (const [i, container] of (status.initContainerStatuses ?? []).entries()) {
    all.add(container)
    const sidecar = sidecars.has(container.name)
    if (sidecar) restarts.add(container)
    const { terminated, waiting } = container.state ?? {}
    if (terminated?.exitCode === 0) continue
    if (sidecar && container.started) {
      if (container.ready) ready++
      continue
    }
    if (terminated) reason = `Init:${terminatedReason(terminated)}`
    else if (waiting?.reason && waiting.reason !== 'PodInitializing') reason = `Init:${waiting.reason}`
    else reason = `Init:${i}/${initContainers.length}`
    initializing = true
    break
  }
  if (initializing && !isTrue(status, 'Initialized')) restarts = all
  else {
    let running = false
    let errorReason = ''
    for (const container of [...(status.containerStatuses ?? [])].reverse()) {
      restarts.add(container)
      const { waiting, terminated } = container.state ?? {}
      if (waiting?.reason) reason = waiting.reason
      else if (terminated) {
        reason = terminatedReason(terminated)
        if (terminated.exitCode !== 0) errorReason = reason
      } else if (container.ready && container.state?.running) {
        running = true
        ready++
      }
    }
    if (reason === 'Completed') {
      if (running && isTrue(status, 'Ready')) reason = 'Running'
      else if (errorReason) reason = errorReason
      else if (running) reason = 'NotReady'
    }
  }
  if (metadata.deletionTimestamp) {
    if (status.reason === 'NodeLost') reason = 'Unknown'
    else if (status.phase !== 'Failed' && status.phase !== 'Succeeded') reason = 'Terminating'
  }
  return {
    ready,
    total: (spec.containers ?? []).length + sidecars.size,
    reason,
    restarts: restarts.count,
    lastRestart: restarts.last,
  }
}

export function podRow(pod: Pod, { now }: RowContext): Cell[] {
  const { metadata, spec, status } = pod
  const { ready, total, reason, restarts, lastRestart } = podSummary(pod)
  const gates = spec.readinessGates ?? []
  const open = gates.filter(({ conditionType }) => isTrue(status, conditionType))
  return [
    metadata.name,
    `${ready}/${total}`,
    reason,
    restarts && lastRestart ? `${restarts} (${age(lastRestart, now)} ago)` : String(restarts),
    age(metadata.creationTimestamp, now),
    status.podIPs?.[0]?.ip || '<none>',
    spec.nodeName || '<none>',
    status.nominatedNodeName || '<none>',
    gates.length ? `${open.length}/${gates.length}` : '<none>',
  ]
}
