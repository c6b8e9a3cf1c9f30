// Holds the histories of a world against those of a recording. Objects of one generated name are interchangeable: each
// recorded one is held against the simulated one that is most like it.
import type { History, Step } from './history.ts'

/** What agrees or does not: the sequence of states, who wrote them, the distances in time, the events. */
const aspects = ['states', 'writers', 'distances', 'events'] as const
export type Aspect = (typeof aspects)[number]

export interface Comparison {
  /** `Pod web-<hash>-<id>#2` */
  readonly object: string
  /** Differences of each aspect that has any, as lines to print. */
  readonly differences: Partial<Record<Aspect, string[]>>
}

/**
 * Distances: the recording's machine was not idle, and the kubelet draws its delays from wide ranges (a probe begins
 * anywhere in its period, a retry waits 1 to 1.5 times its back-off, the PLEG looks once a second). So a state may come
 * at 2/3 to 3/2 of the recorded distance from the state before it, or within 2 s of it; or within 2 s of the recorded
 * moment, where a command brings it about after something of random length.
 */
export const factor = 1.5
export const slackMs = 2000

/** `end`: when the recording ended. What a world does after it counts only where the recording has it too. */
export function compare(wanted: readonly History[], got: readonly History[], end: number): Comparison[] {
  const results: Comparison[] = []
  const groups = new Map<string, { wanted: History[]; got: History[] }>()
  const group = ({ kind, name }: History) => {
    const key = `${kind} ${name}`
    let found = groups.get(key)
    if (!found) groups.set(key, (found = { wanted: [], got: [] }))
    return found
  }
  for (const history of wanted) group(history).wanted.push(history)
  for (const history of got) group(history).got.push(history)
  for (const [key, { wanted, got }] of groups) {
    const left = [...got]
    const found = new Map<History, Comparison['differences']>()
    // The best pairs first: a perfect one, then by the number of lines that differ.
    const pairs = wanted
      .flatMap((w, i) => got.map((g, j) => ({ w, g, far: Math.abs(i - j), differences: differ(w, g, end) })))
      .map(pair => ({ ...pair, cost: Object.values(pair.differences).flat().length }))
      .sort((a, b) => a.cost - b.cost || a.far - b.far)
    for (const { w, g, differences } of pairs) {
      if (found.has(w) || !left.includes(g)) continue
      found.set(w, differences)
      left.splice(left.indexOf(g), 1)
    }
    const label = (i: number) => (wanted.length > 1 || i >= wanted.length ? `${key}#${i}` : key)
    wanted.forEach((w, i) => {
      results.push({
        object: label(i),
        differences: found.get(w) ?? differ(w, { ...w, states: [], events: [] }, end),
      })
    })
    left.forEach((g, i) => {
      results.push({
        object: label(wanted.length + i),
        differences: differ({ ...g, states: [], events: [] }, g, end),
      })
    })
  }
  return results
}

function differ(wanted: History, all: History, end: number): Comparison['differences'] {
  const got = {
    states: all.states.filter((s, i) => s.t <= end || i < wanted.states.length),
    events: all.events.filter(s => s.t <= end || wanted.events.some(w => w.state === s.state)),
  }
  const differences: Comparison['differences'] = {}
  const states = difference(wanted.states, got.states)
  if (states.length) differences.states = states
  else {
    const writers: string[] = []
    const distances: string[] = []
    wanted.states.forEach((step, i) => {
      const other = got.states[i]!
      if (!sameWriters(step.by, other.by))
        writers.push(`${step.by.join(', ')} → ${other.by.join(', ')}: ${step.state}`)
      if (i === 0) return
      const [was, is] = [step.t - wanted.states[i - 1]!.t, other.t - got.states[i - 1]!.t]
      if (!sameSize(was, is) && Math.abs(step.t - other.t) > slackMs)
        distances.push(`${Math.round(was)} ms → ${Math.round(is)} ms: ${step.state}`)
    })
    if (writers.length) differences.writers = writers
    if (distances.length) differences.distances = distances
  }
  const events = eventDifference(wanted.events, got.events)
  if (events.length) differences.events = events
  return differences
}

/** What to take out of the one sequence and put in to get the other: their longest common part stays. */
function difference(wanted: readonly Step[], got: readonly Step[]): string[] {
  const [a, b] = [wanted.map(s => s.state), got.map(s => s.state)]
  const common = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0))
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      common[i]![j] =
        a[i] === b[j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!)
  const lines: string[] = []
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    if (i < a.length && a[i] === b[j]) {
      i++
      j++
    } else if (j >= b.length || (i < a.length && common[i + 1]![j]! >= common[i]![j + 1]!))
      lines.push(`- ${a[i++]}`)
    else lines.push(`+ ${b[j++]}`)
  }
  return lines
}

/** A write within the same second as the one before, of the same fields, leaves no trace of its writer. */
const sameWriters = (a: readonly string[], b: readonly string[]) =>
  a.length === 0 || b.length === 0 || [...a].sort().join() === [...b].sort().join()

const sameSize = (a: number, b: number) =>
  Math.abs(a - b) <= slackMs || Math.max(a, b) <= factor * Math.min(a, b)

/** Each component tells of things in its order; how those of several components interleave is chance. */
function eventDifference(wanted: readonly Step[], got: readonly Step[]): string[] {
  const components = [...new Set([...wanted, ...got].map(componentOf))]
  const lines: string[] = []
  for (const component of components) {
    const [a, b] = [wanted, got].map(steps => steps.filter(s => componentOf(s) === component)) as [
      Step[],
      Step[],
    ]
    const found = difference(a, b)
    lines.push(...found)
    if (found.length) continue
    a.forEach((step, i) => {
      const other = b[i]!
      if (
        Math.abs(step.count - other.count) > 2 &&
        !(Math.max(step.count, other.count) <= factor * Math.min(step.count, other.count))
      )
        lines.push(`${step.count} times → ${other.count} times: ${step.state}`)
      if (i === 0) return
      const [was, is] = [step.t - a[i - 1]!.t, other.t - b[i - 1]!.t]
      if (!sameSize(was, is) && Math.abs(step.t - other.t) > slackMs)
        lines.push(`${Math.round(was)} ms → ${Math.round(is)} ms: ${step.state}`)
    })
  }
  return lines
}

const componentOf = ({ state }: Step) => state.slice(0, state.indexOf(' '))
