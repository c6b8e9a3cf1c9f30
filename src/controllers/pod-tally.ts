// Counts of the pods that a controller owns, kept as pods change: a replica set that gains one pod of thousands is not
// looked through again. Pods with equal labels are counted together, so that a selector is asked once for each such
// group. No counterpart upstream, which lists the owned pods in each sync: the counts are those that the list gives.
import { controllerUid, type Informer } from '../api/informer.ts'
import type { Pod } from './pods.ts'
import * as pods from './pods.ts'

export interface PodGroup {
  readonly labels: Record<string, string> | undefined
  active: number
  /** Of the active ones. */
  ready: number
  terminating: number
}

const tallies = new WeakMap<Informer<Pod>, PodTally>()

/** The one tally of a cache of pods. */
export function podTally(informer: Informer<Pod>): PodTally {
  let tally = tallies.get(informer)
  if (!tally) tallies.set(informer, (tally = new PodTally(informer)))
  return tally
}

const none = new Map<string, PodGroup>()

class PodTally {
  readonly #byOwner = new Map<string, Map<string, PodGroup>>()

  constructor(informer: Informer<Pod>) {
    informer.follow((_key, old, pod) => {
      if (old && pod && sameCounts(old, pod)) return
      if (old) this.#count(old, -1)
      if (pod) this.#count(pod, 1)
    })
  }

  /** The groups of an owner's pods, by its uid. */
  of(uid: string): Iterable<PodGroup> {
    return (this.#byOwner.get(uid) ?? none).values()
  }

  #count(pod: Pod, by: 1 | -1): void {
    const uid = controllerUid(pod)
    if (!uid || pods.isFinished(pod)) return
    let groups = this.#byOwner.get(uid)
    if (!groups) this.#byOwner.set(uid, (groups = new Map()))
    const { labels, deletionTimestamp } = pod.metadata
    const key = JSON.stringify(labels)
    let group = groups.get(key)
    if (!group) groups.set(key, (group = { labels, active: 0, ready: 0, terminating: 0 }))
    if (deletionTimestamp) group.terminating += by
    else {
      group.active += by
      if (pods.isReady(pod)) group.ready += by
    }
    if (group.active || group.terminating) return
    groups.delete(key)
    if (!groups.size) this.#byOwner.delete(uid)
  }
}

/** A change that no count shows: most writes to a pod's status. */
const sameCounts = (old: Pod, pod: Pod): boolean =>
  old.metadata.labels === pod.metadata.labels &&
  old.metadata.ownerReferences === pod.metadata.ownerReferences &&
  old.metadata.deletionTimestamp === pod.metadata.deletionTimestamp &&
  pods.isReady(old) === pods.isReady(pod) &&
  pods.isFinished(old) === pods.isFinished(pod)
