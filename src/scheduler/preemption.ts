// Preemption: where evicting pods of lower priority makes room, the pod gets the promise of the node where that costs
// least. Rules: plugins/defaultpreemption and framework/preemption. Left out: extenders; disruption budgets are honoured
// where possible, as there, by choosing the node that breaks the fewest.

import { parseTime } from '../engine/engine.ts'
import { selectorMatcher } from '../kinds/machinery/matchers.ts'
import type { Pod } from '../kinds/schema/types.ts'
import { type Diagnosis, reasonCounts } from './diagnosis.ts'
import type { NodeTest, Rejection } from './filters/filter.ts'
import type { NodeInfo } from './node-info.ts'
import type { PodInfo } from './pod-info.ts'
import type { Scheduler } from './scheduler.ts'

interface Candidate {
  readonly node: NodeInfo
  readonly victims: readonly PodInfo[]
  readonly violations: number
}

export interface Preemption {
  readonly node?: string
  /** What PostFilter adds to the message; nothing where a node was won. */
  readonly message?: string
}

const startOf = (pod: Pod): number => {
  const time = pod.status?.startTime
  return time ? parseTime(time) : Number.MAX_SAFE_INTEGER
}

/** Most important first: by priority, then by the time they have run. */
const byImportance = (a: PodInfo, b: PodInfo): number =>
  b.priority - a.priority || startOf(a.pod) - startOf(b.pod)

export function preempt(scheduler: Scheduler, pod: PodInfo, diagnosis: Diagnosis): Preemption {
  if (diagnosis.preFilter !== undefined) return { message: 'not found' }
  const total = scheduler.snapshot.list.length
  const refusal = notEligible(scheduler, pod, diagnosis)
  if (refusal) return { message: `no new claims to deallocate, preemption: ${refusal}` }
  const candidates: Candidate[] = []
  const reasons: string[] = []
  for (const [seen, rejection] of diagnosis.rejections) {
    if (rejection.unresolvable) {
      reasons.push('Preemption is not helpful for scheduling')
      continue
    }
    const node = scheduler.snapshot.nodes.get(seen.name)!
    const found = selectVictims(scheduler, pod, node)
    if ('victims' in found) candidates.push(found)
    else reasons.push(...found.reasons)
  }
  const best = pick(candidates)
  if (!best) {
    const text = `0/${total} nodes are available: ${reasonCounts(reasons)}.`
    return { message: `no new claims to deallocate, preemption: ${text}` }
  }
  for (const victim of best.victims) scheduler.writer.evict(victim, pod, best.node.name)
  return { node: best.node.name }
}

function notEligible(
  { snapshot }: Scheduler,
  { pod, priority }: PodInfo,
  diagnosis: Diagnosis,
): string | undefined {
  if (pod.spec.preemptionPolicy === 'Never') return 'not eligible due to preemptionPolicy=Never.'
  const nominated = pod.status?.nominatedNodeName
  const node = nominated && snapshot.nodes.get(nominated)
  if (!node) return undefined
  const rejection = [...diagnosis.rejections].find(([n]) => n.name === nominated)?.[1]
  if (rejection?.unresolvable) return undefined
  for (const other of node.pods.values()) {
    if (other.priority < priority && other.pod.metadata.deletionTimestamp) {
      return 'not eligible due to a terminating pod on the nominated node.'
    }
  }
  return undefined
}

/** The fewest pods of lower priority without which the pod fits on the node, or why there are none. */
function selectVictims(scheduler: Scheduler, pod: PodInfo, node: NodeInfo): Candidate | Rejection {
  const lower = [...node.pods.values()].filter(other => other.priority < pod.priority)
  if (lower.length === 0)
    return { reasons: ['No preemption victims found for incoming pod'], unresolvable: true }
  const fits = (trial: NodeInfo): Rejection | undefined => {
    const { nodes, list } = scheduler.snapshot
    // Filters that look at all nodes must see this one without its victims.
    nodes.set(node.name, trial)
    scheduler.snapshot.list = list.map(n => (n === node ? trial : n))
    try {
      const { tests } = scheduler.tests(pod)
      return firstRejection(
        tests.map(t => t.test),
        trial,
      )
    } finally {
      nodes.set(node.name, node)
      scheduler.snapshot.list = list
    }
  }
  const trial = node.without(lower)
  const rejection = fits(trial)
  if (rejection) return rejection
  const { violating, others } = splitByBudgets(scheduler, lower)
  const victims: PodInfo[] = []
  let violations = 0
  // Take back as many as possible, those protected by a budget and the most important first.
  for (const list of [violating, others]) {
    for (const candidate of list.sort(byImportance)) {
      trial.add(candidate)
      if (!fits(trial)) continue
      trial.remove(candidate.uid)
      victims.push(candidate)
      if (list === violating) violations++
    }
  }
  victims.sort(byImportance)
  return { node, victims, violations }
}

function firstRejection(tests: readonly NodeTest[], node: NodeInfo): Rejection | undefined {
  for (const test of tests) {
    const rejection = test(node)
    if (rejection) return rejection
  }
  return undefined
}

function splitByBudgets(
  { snapshot }: Scheduler,
  pods: readonly PodInfo[],
): { violating: PodInfo[]; others: PodInfo[] } {
  const budgets = snapshot.informers.of('poddisruptionbudgets.policy').list()
  const left = new Map(budgets.map(budget => [budget, budget.status?.disruptionsAllowed ?? 0]))
  const violating: PodInfo[] = []
  const others: PodInfo[] = []
  for (const pod of [...pods].sort(byImportance)) {
    let breaks = false
    for (const budget of budgets) {
      if (budget.metadata.namespace !== pod.namespace || !selectorMatcher(budget.spec.selector)(pod.labels))
        continue
      if (budget.status?.disruptedPods?.[pod.pod.metadata.name]) continue
      const allowed = left.get(budget)! - 1
      left.set(budget, allowed)
      if (allowed < 0) breaks = true
    }
    ;(breaks ? violating : others).push(pod)
  }
  return { violating, others }
}

/** pickOneNodeForPreemption: each rule decides where the ones before it leave several. */
function pick(candidates: readonly Candidate[]): Candidate | undefined {
  const highest = (c: Candidate) => c.victims[0]?.priority ?? Number.NEGATIVE_INFINITY
  const earliest = (c: Candidate) =>
    Math.min(...c.victims.filter(v => v.priority === highest(c)).map(v => startOf(v.pod)))
  const rules: ((c: Candidate) => number)[] = [
    c => c.violations,
    highest,
    c => c.victims.reduce((sum, v) => sum + v.priority + 2 ** 31, 0),
    c => c.victims.length,
    c => -earliest(c),
  ]
  let best = candidates
  for (const rule of rules) {
    const least = Math.min(...best.map(rule))
    best = best.filter(c => rule(c) === least)
  }
  return best[0]
}
