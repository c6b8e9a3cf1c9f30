// Two controllers that watch over nodes. Node lifecycle: a node whose kubelet is silent becomes Unknown, is tainted, and
// its pods are no longer ready. Taint eviction: pods that do not put up with a NoExecute taint (any more) are deleted.
// Rules: pkg/controller/nodelifecycle, pkg/controller/tainteviction. Left out: eviction rates by zone.

import { expectRefusal, isNotFound } from '../api/errors.ts'
import { objectKey } from '../api/informer.ts'
import { dictionary } from '../engine/dictionary.ts'
import { findCondition, isTrue } from '../kinds/machinery/conditions.ts'
import { equal } from '../kinds/machinery/equality.ts'
import { type Taint, toleratesTaint } from '../kinds/machinery/node-matching.ts'
import type { Node } from '../kinds/schema/types.ts'
import {
  attempt,
  type ControllerContext,
  recorderFor,
  type StartController,
  WorkQueue,
} from './controller.ts'
import { isFinished, type Pod } from './pods.ts'

/** --node-monitor-period and --node-monitor-grace-period. */
const monitorMs = 5000
const graceMs = 50_000
/**
 * From the loss of a node to its NoExecute taint: the tainter has a queue of its own. Recorded once: 219 ms
 * (timelines/node-lost).
 */
const executeMs = 200
/**
 * Virtual ms that marking or evicting one pod takes. Recorded once each (timelines/node-lost): 37 ms between two that are
 * marked, 8 ms between two evicted.
 */
const markMs = 30
const evictionMs = 8
/** Between two tries to evict one pod: an estimate. */
const firstPauseMs = 10
const longestPauseMs = 10_000

const notReady = 'node.kubernetes.io/not-ready'
const unreachable = 'node.kubernetes.io/unreachable'

/** NoSchedule taints by condition and status. */
const conditionTaints: Record<string, Record<string, string>> = dictionary<Record<string, string>>({
  Ready: { False: notReady, Unknown: unreachable },
  MemoryPressure: { True: 'node.kubernetes.io/memory-pressure' },
  DiskPressure: { True: 'node.kubernetes.io/disk-pressure' },
  NetworkUnavailable: { True: 'node.kubernetes.io/network-unavailable' },
  PIDPressure: { True: 'node.kubernetes.io/pid-pressure' },
})
const readiness = new Set([notReady, unreachable])
const cordon = 'node.kubernetes.io/unschedulable'
const managed = new Set([
  cordon,
  ...Object.values(conditionTaints).flatMap(byStatus => Object.values(byStatus)),
])

const readyOf = (node: Node): string => findCondition(node.status, 'Ready')?.status ?? 'Unknown'

function podsByNode({ informers }: ControllerContext) {
  const pods = informers.of('pods')
  pods.addIndex('node', pod => (pod.spec.nodeName ? [pod.spec.nodeName] : []))
  return pods
}

export const startNodeLifecycle: StartController = context => {
  const { client, informers, engine } = context
  const nodes = informers.of('nodes')
  const leases = informers.of('leases.coordination.k8s.io')
  const pods = podsByNode(context)
  const resource = client.resource('nodes')
  const podClient = client.resource('pods')
  const recorder = recorderFor(context, 'node-controller')
  /** When a node last gave a sign of life (its status or its lease changed), by this controller's own clock. */
  const seen = new Map<string, number>()
  const alive = (name: string) => seen.set(name, engine.now)
  const taints = new WorkQueue(context, syncTaints)
  nodes.handle({
    add(node) {
      alive(node.metadata.name)
      taints.add(node.metadata.name)
    },
    update(old, node) {
      if (!equal(old.status?.conditions, node.status?.conditions)) alive(node.metadata.name)
      taints.add(node.metadata.name)
    },
    delete(node) {
      seen.delete(node.metadata.name)
      recorder.event(
        node,
        'Normal',
        'RemovingNode',
        `Node ${node.metadata.name} event: Removing Node ${node.metadata.name} from Controller`,
      )
    },
  })
  leases.handle({
    update: (_old, lease) => lease.metadata.namespace === 'kube-node-lease' && alive(lease.metadata.name),
  })
  const monitor = () => {
    // A new process knows of no silence yet.
    if (context.process.holds(forget)) return
    engine.after(monitorMs, monitor, { background: true })
    for (const node of nodes.list()) attempt(context, node.metadata.name, () => watchOver(node))
  }
  const forget = () => {
    for (const { metadata } of nodes.all()) alive(metadata.name)
    monitor()
  }
  engine.after(monitorMs, monitor, { background: true })

  function watchOver(node: Node): void {
    const { name } = node.metadata
    const silent = engine.now - (seen.get(name) ?? engine.now) > graceMs
    if (!silent || readyOf(node) === 'Unknown') {
      taintExecute(name)
      return
    }
    try {
      lose(node)
    } catch (error) {
      expectRefusal(error)
      // The API is away, for kubelets too: who cannot renew a lease is not lost for that.
      alive(name)
    }
  }

  /** The conditions that a kubelet reports become Unknown. */
  function lose(node: Node): void {
    const now = engine.timestamp
    const reported = ['MemoryPressure', 'DiskPressure', 'PIDPressure', 'Ready']
    const conditions = (node.status.conditions ?? []).map(c => {
      if (!reported.includes(c.type) || c.status === 'Unknown') return c
      const message = 'Kubelet stopped posting node status.'
      return { ...c, status: 'Unknown', reason: 'NodeStatusUnknown', message, lastTransitionTime: now }
    })
    resource.updateStatus({ ...node, status: { ...node.status, conditions } })
    const { name } = node.metadata
    engine.after(executeMs, () => taintExecute(name))
    recorder.event(node, 'Normal', 'NodeNotReady', `Node ${name} status is now: NodeNotReady`)
    for (const [i, pod] of pods.byIndex('node', name).entries()) {
      engine.after((i + 1) * markMs, () => markNotReady(pods.get(objectKey(pod)) ?? pod))
    }
  }

  function markNotReady(pod: Pod): void {
    if (!isTrue(pod.status, 'Ready')) return
    const conditions = pod.status.conditions!.map(c =>
      c.type === 'Ready' ? { ...c, status: 'False', lastTransitionTime: engine.timestamp } : c,
    )
    try {
      podClient.updateStatus({ ...pod, status: { ...pod.status, conditions } })
    } catch (error) {
      if (!isNotFound(error)) return
    }
    recorder.event(pod, 'Warning', 'NodeNotReady', 'Node is not ready')
  }

  /** Keeps the NoSchedule taints that follow from conditions, as soon as these change. */
  function syncTaints(name: string): undefined {
    const node = nodes.get(name)
    if (!node) return
    const old: Taint[] = node.spec?.taints ?? []
    const wanted: [string, string][] = []
    for (const { type, status } of node.status?.conditions ?? []) {
      const key = conditionTaints[type]?.[status]
      if (key) wanted.push([key, 'NoSchedule'])
    }
    if (node.spec?.unschedulable) wanted.push([cordon, 'NoSchedule'])
    put(node, apply(old, wanted, 'NoSchedule', managed))
  }

  /** NoExecute for a node that is not ready: looked at with the monitor's rounds only. */
  function taintExecute(name: string): void {
    const node = nodes.get(name)
    if (!node) return
    const key = conditionTaints.Ready![readyOf(node)]
    try {
      put(node, apply(node.spec?.taints ?? [], key ? [[key, 'NoExecute']] : [], 'NoExecute', readiness))
    } catch (error) {
      expectRefusal(error)
      // Somebody wrote it at the same time, or the API is away: the next round comes.
    }
  }

  function apply(
    old: readonly Taint[],
    wanted: readonly [string, string][],
    effect: string,
    mine: ReadonlySet<string>,
  ): Taint[] {
    const kept = old.filter(
      t => t.effect !== effect || !mine.has(t.key) || wanted.some(([key]) => key === t.key),
    )
    const added = wanted.filter(([key]) => !kept.some(t => t.key === key && t.effect === effect))
    return [...kept, ...added.map(([key]) => ({ key, effect, timeAdded: engine.timestamp }))]
  }

  function put(node: Node, list: Taint[]): void {
    const { taints = [], ...spec } = node.spec ?? {}
    if (equal(list, taints)) return
    resource.update({ ...node, spec: list.length ? { ...spec, taints: list } : spec })
  }
}

export const startTaintEviction: StartController = context => {
  const { client, informers, engine } = context
  const nodes = informers.of('nodes')
  const pods = podsByNode(context)
  const resource = client.resource('pods')
  const recorder = recorderFor(context, 'taint-eviction-controller')
  /** Pods that will be deleted, and when. */
  const planned = new Map<string, { due: number; cancel(): void }>()
  let busyUntil = 0
  pods.handle({
    add: consider,
    update(old, pod) {
      if (
        old.spec !== pod.spec &&
        (old.spec.nodeName !== pod.spec.nodeName || !equal(old.spec.tolerations, pod.spec.tolerations))
      )
        consider(pod)
    },
    delete: pod => forget(objectKey(pod)),
  })
  nodes.handle({
    update(old, node) {
      if (equal(noExecute(old), noExecute(node))) return
      for (const pod of pods.byIndex('node', node.metadata.name)) consider(pod)
    },
  })

  function consider(pod: Pod): void {
    const node = nodes.get(pod.spec.nodeName ?? '')
    if (!node) return
    const taints = noExecute(node)
    const key = objectKey(pod)
    if (taints.length === 0) {
      if (forget(key)) tell(pod, `Cancelling deletion of Pod ${key}`)
      return
    }
    let seconds = Number.POSITIVE_INFINITY
    for (const taint of taints) {
      const used = (pod.spec.tolerations ?? []).filter(t => toleratesTaint(t, taint))
      if (used.length === 0) {
        forget(key)
        evictInTurn(pod)
        return
      }
      for (const { tolerationSeconds } of used) {
        if (tolerationSeconds !== undefined) seconds = Math.min(seconds, Math.max(0, tolerationSeconds))
      }
    }
    if (seconds === Number.POSITIVE_INFINITY) return
    const due = engine.now + seconds * 1000
    const known = planned.get(key)
    if (known && known.due <= due) return
    forget(key)
    const timer = engine.after(
      seconds * 1000,
      () => {
        planned.delete(key)
        const latest = pods.get(key)
        if (latest) evictInTurn(latest)
      },
      { background: true },
    )
    planned.set(key, { due, cancel: () => timer.cancel() })
  }

  function forget(key: string): boolean {
    const known = planned.get(key)
    known?.cancel()
    return planned.delete(key)
  }

  /** One after the other, as the real one's workers are slowed down by their calls. */
  function evictInTurn(pod: Pod): void {
    const turn = Math.max(engine.now, busyUntil)
    busyUntil = turn + evictionMs
    engine.after(turn - engine.now, () => evict(pods.get(objectKey(pod)) ?? pod))
  }

  function tell({ metadata: { namespace = '', name } }: Pod, message: string): void {
    recorder.event(
      { kind: 'Pod', namespace, name, apiVersion: 'v1' },
      'Normal',
      'TaintManagerEviction',
      message,
    )
  }

  /** Tried again after `pause` ms, longer each time, while it fails. */
  function evict(pod: Pod, pause = firstPauseMs): void {
    if (context.process.holds(() => evict(pods.get(objectKey(pod)) ?? pod))) return
    const again = () => evict(pods.get(objectKey(pod)) ?? pod, Math.min(2 * pause, longestPauseMs))
    if (!attempt(context, objectKey(pod), () => remove(pod))) engine.after(pause, again)
  }

  function remove(pod: Pod): void {
    const { namespace = '', name, generation } = pod.metadata
    if (pod.metadata.deletionTimestamp) return
    tell(pod, `Marking for deletion Pod ${objectKey(pod)}`)
    const disrupted = {
      type: 'DisruptionTarget',
      observedGeneration: generation,
      status: 'True',
      lastProbeTime: null,
      lastTransitionTime: engine.timestamp,
      reason: 'DeletionByTaintManager',
      message: 'Taint manager: deleting due to NoExecute taint',
    }
    try {
      if (!isFinished(pod)) {
        const status = { conditions: [disrupted] }
        resource.patch(namespace, name, 'strategic', { status }, { subresource: 'status' })
      }
      resource.delete(namespace, name)
    } catch (error) {
      if (!isNotFound(error)) throw error
    }
  }
}

const noExecute = (node: Node): Taint[] => (node.spec?.taints ?? []).filter(t => t.effect === 'NoExecute')
