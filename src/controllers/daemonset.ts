// The daemon set controller: one pod on every node that the template allows. Rules: pkg/controller/daemon.
import { expectRefusal } from '../api/errors.ts'
import { objectKey } from '../api/informer.ts'
import { equal } from '../kinds/machinery/equality.ts'
import { selectorMatcher } from '../kinds/machinery/matchers.ts'
import type { DaemonSet, DaemonSetStatus, Node } from '../kinds/schema/types.ts'
import { claim, controllerRef, Expectations, indexByController, ownerOf } from './claim.ts'
import { recorderFor, type StartController, WorkQueue } from './controller.ts'
import { allowsSurge, byAge, daemonPod, isUpdated, shouldRun, targetNode } from './daemonset-pod.ts'
import { updatePlan } from './daemonset-update.ts'
import * as history from './history.ts'
import { isNamespaceEnding, PodControl } from './pod-control.ts'
import type { Pod } from './pods.ts'
import * as pods from './pods.ts'

const burst = 250
/** Virtual ms until a write is seen in the cache, at least. */
const apiLatency = 6

export const startDaemonSet: StartController = context => {
  const { client, informers, engine } = context
  const sets = informers.of('daemonsets.apps')
  const nodes = informers.of('nodes')
  const podInformer = informers.of('pods')
  const revisions = informers.of('controllerrevisions.apps')
  indexByController(podInformer)
  indexByController(revisions)
  const setClient = client.resource<DaemonSet>('daemonsets.apps')
  const revisionClient = client.resource<history.Revision>('controllerrevisions.apps')
  const recorder = recorderFor(context, 'daemonset-controller')
  const control = new PodControl(client, recorder)
  const expectations = new Expectations()
  /** Failed pods by set and node: when one may be deleted again. */
  const backoff = new Map<string, { until: number; ms: number }>()
  const queue = new WorkQueue(context, sync)

  const enqueue = (set: DaemonSet | undefined) => set && queue.add(objectKey(set))
  const owner = (pod: Pod) => ownerOf(pod, sets, 'DaemonSet')
  const gone = (pod: Pod) => {
    const set = owner(pod)
    if (!set) return
    expectations.deleted(objectKey(set), pod)
    enqueue(set)
  }
  sets.handle({
    add: enqueue,
    update: (_old, set) => enqueue(set),
    delete(set) {
      expectations.forget(objectKey(set))
    },
  })
  podInformer.handle({
    add(pod) {
      if (pod.metadata.deletionTimestamp) {
        gone(pod)
        return
      }
      const set = owner(pod)
      if (set) expectations.created(objectKey(set))
      if (set) enqueue(set)
      else if (!controllerRef(pod)) for (const each of matching(pod)) enqueue(each)
    },
    update(old, pod) {
      if (pod.metadata.deletionTimestamp) {
        gone(pod)
        return
      }
      if (!equal(controllerRef(old), controllerRef(pod))) enqueue(owner(old))
      const set = owner(pod)
      if (set) {
        enqueue(set)
        const { minReadySeconds } = set.spec
        if (minReadySeconds && !pods.isReady(old) && pods.isReady(pod)) {
          queue.addAfter(objectKey(set), minReadySeconds * 1000)
        }
      } else if (!controllerRef(pod) && !equal(old.metadata.labels, pod.metadata.labels)) {
        for (const each of matching(pod)) enqueue(each)
      }
    },
    delete: gone,
  })
  revisions.handle({ delete: revision => enqueue(ownerOf(revision, sets, 'DaemonSet')) })
  const matching = (pod: Pod) =>
    sets.list(pod.metadata.namespace).filter(set => selectorMatcher(set.spec.selector)(pod.metadata.labels))
  nodes.handle({
    add(node) {
      for (const set of sets.all()) if (shouldRun(set, node).run) enqueue(set)
    },
    update(old, node) {
      if (equal(old.metadata.labels, node.metadata.labels) && equal(old.spec, node.spec)) return
      for (const set of sets.all()) if (!equal(shouldRun(set, old), shouldRun(set, node))) enqueue(set)
    },
    delete() {
      for (const set of sets.all()) enqueue(set)
    },
  })

  function sync(key: string): number {
    const set = sets.get(key)
    if (!set) {
      expectations.forget(key)
      return 1
    }
    if (set.metadata.deletionTimestamp) return 1
    if (equal(set.spec.selector, {})) {
      const message = 'This daemon set is selecting all pods. A non-empty selector is required.'
      recorder.event(set, 'Warning', 'SelectingAll', message)
      return 1
    }
    const { hash, old } = constructHistory(set)
    if (!expectations.satisfied(key)) {
      updateStatus(set, hash, set.status?.observedGeneration)
      return nodes.size
    }
    let failure: unknown
    try {
      manage(key, set, hash)
      if (expectations.satisfied(key) && set.spec.updateStrategy.type === 'RollingUpdate')
        rollingUpdate(key, set, hash)
      const live = new Set(podsOf(set, true).map(pod => pod.metadata.labels?.[history.revisionHashLabel]))
      history.truncateHistory(revisionClient, set, old, r =>
        live.has(r.metadata.labels?.[history.revisionHashLabel]),
      )
    } catch (error) {
      failure = error
    }
    // Writes take their time: by then the cache has seen what this sync made and deleted.
    const { generation } = set.metadata
    if (expectations.satisfied(key)) updateStatus(set, hash, generation)
    else {
      engine.after(apiLatency, () => {
        const latest = sets.get(key)
        if (latest && latest.metadata.uid === set.metadata.uid) updateStatus(latest, hash, generation)
      })
    }
    if (failure) throw failure
    return nodes.size
  }

  /** The revision of the template as it is now (made if new), and the others. */
  function constructHistory(set: DaemonSet): { hash: string; old: history.Revision[] } {
    const all = history.revisionsOf(revisions, set)
    const patch = history.patchOf(set.spec.template)
    const current = all.filter(r => equal(r.data, patch))
    const old = all.filter(r => !current.includes(r))
    const number = Math.max(0, ...old.map(r => r.revision)) + 1
    let latest = current.at(-1)
    if (!latest) {
      latest = history.addRevision(
        revisionClient,
        setClient,
        set,
        number,
        set.spec.template.metadata?.labels ?? {},
      )
    } else if (latest.revision < number) revisionClient.update({ ...latest, revision: number })
    return { hash: latest.metadata.labels![history.revisionHashLabel]!, old }
  }

  function podsOf(set: DaemonSet, withGone: boolean): Pod[] {
    const all = claim({
      owner: set,
      informer: podInformer,
      client: control.pods,
      owners: setClient,
      matches: selectorMatcher(set.spec.selector),
    })
    return withGone ? all : all.filter(pod => !(pods.isFinished(pod) && pod.metadata.deletionTimestamp))
  }

  /** Pods by the node they are on or meant for. */
  function byNode(set: DaemonSet): Map<string, Pod[]> {
    const result = new Map<string, Pod[]>()
    for (const pod of podsOf(set, false)) {
      const node = targetNode(pod)
      if (!node) continue
      const list = result.get(node)
      if (list) list.push(pod)
      else result.set(node, [pod])
    }
    return result
  }

  function manage(key: string, set: DaemonSet, hash: string): void {
    const placed = byNode(set)
    const missing: string[] = []
    const surplus: Pod[] = []
    for (const node of nodes.all())
      placeOnNode(key, set, node, placed.get(node.metadata.name), hash, missing, surplus)
    // Pods for nodes that are gone will never run.
    for (const [name, list] of placed) {
      if (!nodes.get(name)) surplus.push(...list.filter(pod => !pod.spec.nodeName))
    }
    syncNodes(key, set, surplus, missing, hash)
  }

  function placeOnNode(
    key: string,
    set: DaemonSet,
    node: Node,
    there: Pod[] | undefined,
    hash: string,
    missing: string[],
    surplus: Pod[],
  ): void {
    const { name } = node.metadata
    const { run, keep } = shouldRun(set, node)
    if (run && !there) {
      missing.push(name)
      return
    }
    if (!there) return
    const alive = there.filter(pod => !pod.metadata.deletionTimestamp)
    if (!keep) {
      surplus.push(...alive)
      return
    }
    const running: Pod[] = []
    for (const pod of alive) {
      const id = objectKey(pod)
      if (pod.status?.phase === 'Failed') {
        if (!mayReplace(key, name)) continue
        const message = `Found failed daemon pod ${id} on node ${name}, will try to kill it`
        recorder.event(set, 'Warning', 'FailedDaemonPod', message)
        surplus.push(pod)
      } else if (pod.status?.phase === 'Succeeded') {
        const message = `Found succeeded daemon pod ${id} on node ${name}, will try to delete it`
        recorder.event(set, 'Normal', 'SucceededDaemonPod', message)
        surplus.push(pod)
      } else running.push(pod)
    }
    running.sort(byAge)
    if (!allowsSurge(set)) {
      surplus.push(...running.slice(1))
      return
    }
    if (running.length === 0 && run) missing.push(name)
    if (running.length <= 1) return
    const fresh = running.filter(pod => isUpdated(pod, set, hash))
    const stale = running.filter(pod => !isUpdated(pod, set, hash))
    surplus.push(...fresh.slice(1), ...stale.slice(1))
    const [newest] = fresh
    const [oldest] = stale
    if (newest && oldest && (!pods.isReady(oldest) || isAvailable(set, newest))) surplus.push(oldest)
  }

  /** 1 s, 2 s, 4 s … 15 min between two deletions of failed pods on a node. */
  function mayReplace(key: string, node: string): boolean {
    const id = `${key}/${node}`
    const last = backoff.get(id)
    if (last && engine.now < last.until) {
      queue.addAfter(key, last.until - engine.now)
      return false
    }
    const ms = last && engine.now < last.until + 2 * 900_000 ? Math.min(last.ms * 2, 900_000) : 1000
    backoff.set(id, { ms, until: engine.now + ms })
    return true
  }

  function rollingUpdate(key: string, set: DaemonSet, hash: string): void {
    const placed = byNode(set)
    let desired = 0
    for (const node of nodes.all()) {
      if (!shouldRun(set, node).run) continue
      desired++
      if (!placed.has(node.metadata.name)) placed.set(node.metadata.name, [])
    }
    const { surplus, missing } = updatePlan(set, placed, desired, hash, pod => isAvailable(set, pod))
    syncNodes(key, set, surplus, missing, hash)
  }

  function syncNodes(key: string, set: DaemonSet, surplus: Pod[], missing: string[], hash: string): void {
    const remove = surplus.slice(0, burst)
    const add = missing.slice(0, burst)
    if (remove.length === 0 && add.length === 0) return
    expectations.expectDeletions(key, remove)
    expectations.add(key, add.length)
    let failure: unknown
    for (const [i, node] of add.entries()) {
      try {
        control.create(daemonPod(set, node, hash), set)
      } catch (error) {
        if (isNamespaceEnding(error)) continue
        expectations.created(key, add.length - i)
        failure = error
        break
      }
    }
    const undone = control.deleteExpected(remove, set, expectations, key)
    if (failure ?? undone) throw failure ?? undone
  }

  const isAvailable = (set: DaemonSet, pod: Pod): boolean =>
    pods.isAvailable(pod, set.spec.minReadySeconds ?? 0, engine.now)

  function updateStatus(set: DaemonSet, hash: string, observedGeneration: number | undefined): void {
    const placed = byNode(set)
    const counts = { current: 0, misscheduled: 0, desired: 0, ready: 0, updated: 0, available: 0 }
    for (const node of nodes.all()) {
      const there = placed.get(node.metadata.name)?.sort(byAge)
      if (!shouldRun(set, node).run) {
        if (there) counts.misscheduled++
        continue
      }
      counts.desired++
      const pod = there?.[0]
      if (!pod) continue
      counts.current++
      if (pods.isReady(pod)) {
        counts.ready++
        if (isAvailable(set, pod)) counts.available++
      }
      if (isUpdated(pod, set, hash)) counts.updated++
    }
    const unavailable = counts.desired - counts.available
    const status: DaemonSetStatus = {
      currentNumberScheduled: counts.current,
      numberMisscheduled: counts.misscheduled,
      desiredNumberScheduled: counts.desired,
      numberReady: counts.ready,
      observedGeneration,
      updatedNumberScheduled: counts.updated,
      numberAvailable: counts.available,
      numberUnavailable: unavailable,
    }
    const before = set.status ?? {}
    if (
      (Object.keys(status) as (keyof DaemonSetStatus)[]).some(
        field => (before[field] ?? 0) !== (status[field] ?? 0),
      )
    ) {
      try {
        setClient.updateStatus({ ...set, status: { ...before, ...status } })
      } catch (error) {
        expectRefusal(error)
        enqueue(set) // changed meanwhile, or gone
      }
    }
    if (set.spec.minReadySeconds && counts.ready !== counts.available) {
      queue.addAfter(objectKey(set), set.spec.minReadySeconds * 1000)
    }
  }
}
