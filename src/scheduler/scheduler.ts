// kube-scheduler: takes pods without a node, one at a time, finds the nodes they fit, scores these and binds.
// Rules: pkg/scheduler/schedule_one.go and eventhandlers.go, the default profile. Left out: extenders, profiles, gang
// scheduling, drivers of devices. Ties are broken by the world's seeded generator.
import type { Client } from '../api/client.ts'
import { type Informers, objectKey } from '../api/informer.ts'
import type { Daemon } from '../engine/daemon.ts'
import type { Engine } from '../engine/engine.ts'
import { latencies } from '../engine/latencies.ts'
import type { Random } from '../engine/random.ts'
import { equal } from '../kinds/machinery/equality.ts'
import type { KubeObject } from '../kinds/object.ts'
import type { Node, Pod } from '../kinds/schema/types.ts'
import { type Diagnosis, fitError } from './diagnosis.ts'
import type { Filter, NodeTest, Rejection, Wake, WokenBy } from './filters/filter.ts'
import { filters } from './filters/index.ts'
import { delayedClaims } from './filters/volume-binding.ts'
import { preemptionParts, volumeBinderParts } from './loaders.ts'
import { NodeInfo } from './node-info.ts'
import { type PodInfo, podInfo } from './pod-info.ts'
import { PodWriter, schedulerName } from './pod-writer.ts'
import { type QueuedPod, SchedulingQueue } from './queue.ts'
import { scores } from './scores/index.ts'
import { Snapshot } from './snapshot.ts'

export interface SchedulerContext {
  readonly engine: Engine
  readonly random: Random
  readonly client: Client
  readonly informers: Informers
  /** While it does not run, pods wait. */
  readonly process: Daemon
  /** Called before each pod; what it throws is as if a plugin had thrown it (tests). */
  readonly beforeWork?: (component: string, key: string) => void
}

/** Virtual ms from a pod's arrival to its binding, and between two bindings. */
/** A change reaches its watchers in this time: an estimate, part of the recorded `schedule`. */
const watchMs = 1
const cycle = 2

export const startScheduler = (context: SchedulerContext): Scheduler => new Scheduler(context)

export class Scheduler {
  readonly context: SchedulerContext
  readonly snapshot: Snapshot
  readonly writer: PodWriter
  readonly #queue = new SchedulingQueue()
  /** The node of every pod that counts on one, bound or about to be. */
  readonly #placed = new Map<string, string>()
  /** Pods that were promised a node when others were evicted for them. */
  readonly #nominated = new Map<string, { node: string; info: PodInfo }>()
  #next = 0
  #running = false

  constructor(context: SchedulerContext) {
    this.context = context
    const { engine, client, informers } = context
    this.snapshot = new Snapshot(informers)
    this.writer = new PodWriter(engine, client)
    this.#watchNodes()
    this.#watchPods()
    for (const resource of ['persistentvolumeclaims', 'persistentvolumes', 'storageclasses.storage.k8s.io']) {
      const wake = (object: KubeObject) => this.#wake('storage', object)
      informers.of(resource).handle({ add: wake, update: (_old, object) => wake(object) })
    }
    const flush = () => {
      engine.after(30_000, flush, { background: true })
      for (const pod of this.context.informers.of('pods').all())
        if (pod.spec.resourceClaims && !pod.spec.nodeName) this.#podChanged(undefined, pod)
      if (this.#queue.flush(engine.now)) this.#run(0)
    }
    engine.after(30_000, flush, { background: true })
  }

  #watchNodes(): void {
    const { nodes } = this.snapshot
    const listed = () => {
      this.snapshot.list = [...nodes.values()]
    }
    this.context.informers.of('nodes').handle({
      add: node => {
        nodes.set(node.metadata.name, new NodeInfo(node))
        for (const pod of this.context.informers.of('pods').all()) {
          if (pod.spec.nodeName === node.metadata.name) this.#place(pod, node.metadata.name)
        }
        listed()
        this.#wake('node', node)
      },
      update: (old, node) => {
        nodes.get(node.metadata.name)?.update(node)
        if (mayHelp(old, node)) this.#wake('node', node)
      },
      delete: node => {
        nodes.delete(node.metadata.name)
        listed()
      },
    })
  }

  #watchPods(): void {
    this.context.informers.of('pods').handle({
      add: pod => this.#podChanged(undefined, pod),
      update: (old, pod) => this.#podChanged(old, pod),
      delete: pod => this.#podGone(pod),
    })
  }

  /** From the watch's event to the binding. */
  get #latency(): number {
    return this.context.random.draw(latencies.schedule) - watchMs
  }

  #podChanged(old: Pod | undefined, pod: Pod): void {
    const { uid = '' } = pod.metadata
    const { phase } = pod.status ?? {}
    if (phase === 'Succeeded' || phase === 'Failed') {
      this.#podGone(pod)
      return
    }
    const { nodeName } = pod.spec
    if (nodeName) {
      const known = this.#placed.has(uid)
      this.#queue.delete(uid)
      this.#nominated.delete(uid)
      const relabelled = old && old.metadata.labels !== pod.metadata.labels
      if (!known || relabelled || old?.spec !== pod.spec || pod.metadata.deletionTimestamp)
        this.#place(pod, nodeName)
      if (!known || relabelled) this.#wake('pod', pod)
      if (known && old && asksForLess(old, pod)) this.#wake('pod-smaller', pod)
      return
    }
    if (pod.spec.schedulerName !== schedulerName || pod.metadata.deletionTimestamp) {
      this.#queue.delete(uid)
      return
    }
    if (pod.spec.schedulingGates?.length || !this.#hasItsClaims(pod)) return
    if (this.#placed.has(uid)) return
    if (this.#queue.has(uid)) {
      const changed =
        !!old && (!equal(old.spec, pod.spec) || !equal(old.metadata.labels, pod.metadata.labels))
      this.#queue.update(pod, changed)
      if (changed) this.#run(this.#latency)
      return
    }
    this.#queue.add(pod)
    this.#run(this.#latency)
  }

  /** Are its claims of devices there? Until then it is not looked at (PreEnqueue of plugins/dynamicresources). */
  #hasItsClaims({ metadata, spec, status }: Pod): boolean {
    const made = new Map<string, string | undefined>()
    for (const { name, resourceClaimName } of status?.resourceClaimStatuses ?? [])
      made.set(name, resourceClaimName)
    return (spec.resourceClaims ?? []).every(({ name, resourceClaimName = made.get(name) }) => {
      const claims = this.context.client.resource('resourceclaims.resource.k8s.io')
      return resourceClaimName && claims.find(metadata.namespace!, resourceClaimName)
    })
  }

  #podGone(pod: Pod): void {
    const uid = pod.metadata.uid!
    this.#queue.delete(uid)
    this.#nominated.delete(uid)
    if (this.#displace(uid)) this.#wake('pod-gone', pod)
  }

  /** Counts a pod on its node. */
  #place(pod: Pod, node: string): void {
    const info = podInfo(pod)
    this.#displace(info.uid)
    this.#placed.set(info.uid, node)
    const on = this.snapshot.nodes.get(node)
    if (!on) return
    on.add(info)
    this.#count(info, 1)
  }

  #displace(uid: string): boolean {
    const node = this.#placed.get(uid)
    if (node === undefined) return false
    this.#placed.delete(uid)
    const info = this.snapshot.nodes.get(node)?.remove(uid)
    if (info) this.#count(info, -1)
    return true
  }

  #count(info: PodInfo, sign: number): void {
    if (info.antiAffinity.length) this.snapshot.withAntiAffinity += sign
    if (info.affinity.length || info.preferredAffinity.length) this.snapshot.withAffinity += sign
  }

  #wake<Event extends Wake>(event: Event, object: WokenBy[Event]): void {
    if (this.#queue.wake(event, object)) this.#run(cycle)
  }

  #run(ms: number): void {
    if (this.#running) return
    this.#running = true
    this.context.engine.after(ms, () => {
      this.#running = false
      if (this.context.process.holds(() => this.#run(0))) return
      const entry = this.#queue.pop()
      if (!entry) return
      if (this.#queue.size) this.#run(cycle)
      this.#try(entry)
    })
  }

  /** What a plugin throws fails the cycle of this pod, which comes back when its back-off has passed. */
  #try(entry: QueuedPod): void {
    const { engine, beforeWork } = this.context
    entry.attempts++
    try {
      beforeWork?.(schedulerName, objectKey(entry.pod))
      this.#schedule(entry)
    } catch (error) {
      engine.fail(error)
      const message = error instanceof Error ? error.message : String(error)
      this.writer.failed(entry.pod, `running scheduling cycle: ${message}`)
      this.#queue.park(entry, new Set(), engine.now)
      engine.after(backOffMs(entry.attempts), () => {
        if (this.#queue.retry(entry.uid)) this.#run(0)
      })
    }
  }

  #schedule(entry: QueuedPod): void {
    const info = podInfo(entry.pod)
    const { feasible, diagnosis } = this.#findNodes(info)
    if (feasible.length > 0) this.#bind(entry, this.#choose(info, feasible))
    else this.#failed(entry, info, diagnosis)
  }

  /** The tests of all filters for a pod, in their order; `failure` where one says that it fits nowhere. */
  tests(info: PodInfo): {
    tests: { filter: Filter; test: NodeTest }[]
    failure?: { filter: Filter; text: string }
  } {
    const tests: { filter: Filter; test: NodeTest }[] = []
    for (const filter of filters) {
      const test = filter.prepare(info, this.snapshot)
      if (typeof test === 'string') return { tests, failure: { filter, text: test } }
      if (test) tests.push({ filter, test })
    }
    return { tests }
  }

  #findNodes(info: PodInfo): { feasible: NodeInfo[]; diagnosis: Diagnosis } {
    const { list } = this.snapshot
    const rejections = new Map<NodeInfo, Rejection>()
    const { tests, failure } = this.tests(info)
    const refusedBy = new Set(failure && [failure.filter])
    const diagnosis = { rejections, preFilter: failure?.text, refusedBy }
    if (failure) return { feasible: [], diagnosis }
    const enough = nodesToFind(list.length)
    const feasible: NodeInfo[] = []
    const nominated = this.#nominated.size > 0
    let looked = 0
    for (; looked < list.length && feasible.length < enough; looked++) {
      let node = list[(this.#next + looked) % list.length]!
      if (nominated) node = this.#withNominated(node, info)
      let rejection: Rejection | undefined
      for (const { test, filter } of tests) {
        rejection = test(node)
        if (!rejection) continue
        refusedBy.add(filter)
        break
      }
      if (rejection) rejections.set(node, rejection)
      else feasible.push(this.snapshot.nodes.get(node.name)!)
    }
    this.#next = list.length ? (this.#next + looked) % list.length : 0
    return { feasible, diagnosis }
  }

  /** A node as if the pods of no lower priority that were promised a place on it were there. */
  #withNominated(node: NodeInfo, info: PodInfo): NodeInfo {
    const guests = [...this.#nominated.values()].filter(
      n => n.node === node.name && n.info.uid !== info.uid && n.info.priority >= info.priority,
    )
    if (guests.length === 0) return node
    const copy = node.without([])
    for (const guest of guests) copy.add(guest.info)
    return copy
  }

  #choose(info: PodInfo, feasible: readonly NodeInfo[]): NodeInfo {
    if (feasible.length === 1) return feasible[0]!
    const totals = new Array<number>(feasible.length).fill(0)
    for (const { of, weight } of scores) {
      const values = of(info, feasible, this.snapshot)
      if (values) for (let i = 0; i < totals.length; i++) totals[i]! += weight * values[i]!
    }
    let most = -1
    let best: NodeInfo[] = []
    for (const [i, score] of totals.entries()) {
      if (score > most) {
        most = score
        best = []
      }
      if (score === most) best.push(feasible[i]!)
    }
    return this.context.random.pick(best)
  }

  /** The pod counts on its node at once; it is bound when its volumes are. */
  #bind(entry: QueuedPod, node: NodeInfo): void {
    const { pod } = entry
    this.#place(pod, node.name)
    const claims = delayedClaims(pod, this.context.informers)
    if (claims.length === 0) this.#post(entry, node)
    else {
      volumeBinderParts.get('WaitForFirstConsumer').bindVolumes(this.context, claims, node.node, {
        isWanted: () => this.#placed.get(pod.metadata.uid!) === node.name,
        done: () => this.#post(entry, node),
        failed: why => this.#bindingFailed(entry, why),
      })
    }
  }

  #bindingFailed(entry: QueuedPod, why: string): void {
    const { engine } = this.context
    this.#displace(entry.uid)
    const message = `running PreBind plugin "VolumeBinding": ${why}`
    this.writer.failed(entry.pod, message)
    this.#queue.park(entry, new Set(), engine.now)
    engine.after(backOffMs(entry.attempts), () => {
      if (this.#queue.retry(entry.uid)) this.#run(0)
    })
  }

  #post({ pod, uid }: QueuedPod, node: NodeInfo): void {
    let isBound = false
    try {
      isBound = this.writer.bind(pod, node.name)
    } finally {
      if (isBound) this.#nominated.delete(uid)
      else this.#displace(uid)
    }
  }

  #failed(entry: QueuedPod, info: PodInfo, diagnosis: Diagnosis): void {
    const total = this.snapshot.list.length
    let message = total === 0 ? 'no nodes available to schedule pods' : fitError(total, diagnosis)
    let nominate: string | undefined
    if (total > 0) {
      const result = preemptionParts.get('FailedScheduling').preempt(this, info, diagnosis)
      nominate = result.node
      if (result.message) message += ` ${result.message}`
    }
    if (nominate) this.#nominated.set(info.uid, { node: nominate, info })
    this.writer.failed(entry.pod, message)
    this.#queue.park(entry, diagnosis.refusedBy, this.context.engine.now)
    this.writer.report(entry.pod, message, nominate)
  }
}

/** DefaultPodInitialBackoffDuration, doubled with each attempt, up to DefaultPodMaxBackoffDuration. */
const backOffMs = (attempts: number): number => Math.min(1000 * 2 ** (attempts - 1), 10_000)

/** numFeasibleNodesToFind: all of up to 100 nodes, then a falling share of them. */
function nodesToFind(total: number): number {
  if (total < 100) return total
  const share = Math.max(5, 50 - Math.floor(total / 125))
  return Math.max(100, Math.floor((total * share) / 100))
}

/** Was a pod on a node resized to less of something? (UpdatePodScaleDown of its plugin of resources) */
function asksForLess(old: Pod, pod: Pod): boolean {
  if (old.spec === pod.spec) return false
  const [then, now] = [podInfo(old).requests, podInfo(pod).requests]
  return now.cpu < then.cpu || now.memory < then.memory
}

/** Did a node change in what filters look at? */
function mayHelp(old: Node, node: Node): boolean {
  return (
    !equal(old.metadata.labels, node.metadata.labels) ||
    !equal(old.spec, node.spec) ||
    !equal(old.status?.allocatable, node.status?.allocatable)
  )
}
