// Which functions the lab has at once, and which it loads later. By what lessons call before their first output:
//   at once  what nearly all of them call
//   groups   what some call: those load it before they begin
//   none     what no lesson calls: loaded after the first command
// What is computed once and kept is seen only in the lesson that asks for it first: those before it do not, those after it
// may. What modules call while they begin is there at once: nobody waits in the midst of a module.

import { worthMovingNested } from './cut.ts'

/** Functions of modules, by path below the root: each `start end` in the module's text. */
export type Places = Readonly<Record<string, readonly string[]>>

export interface Profile {
  /** Of all modules that were loaded. */
  readonly functions: Places
  /** What was called, by lesson, in the order in which they were played. */
  readonly lessons: Readonly<Record<string, Places>>
  /** What was called only when it was played for the first time. */
  readonly once: Readonly<Record<string, Places>>
}

export interface Tiers {
  readonly groups: readonly { readonly places: Places; readonly lessons: readonly string[] }[]
  readonly none: Places
}

/** At once and groups together: each further one saves less and is one more request. */
const most = 20
/** What a request costs beside its bytes, in characters of source. */
const request = 500
/** So many lessons count as the first one, with which most readers open their first lab. */
const firstCounts = 10

interface Group {
  /** For each lesson, whether it calls some of it. */
  readonly calls: readonly boolean[]
  readonly size: number
  readonly keys: readonly string[]
}

export function tiersOf(profile: Profile, whileLoading: Places): Tiers {
  const ids = Object.keys(profile.lessons)
  const [first] = [...ids].sort()
  const calls = new Map<string, boolean[]>()
  for (const key of keysOf(profile.functions)) calls.set(key, Array(ids.length).fill(false))
  for (const [i, id] of ids.entries()) {
    for (const key of keysOf(profile.lessons[id]!)) calls.get(key)?.fill(true, i, i + 1)
    for (const key of keysOf(profile.once[id]!)) calls.get(key)?.fill(true, i)
  }
  for (const key of keysOf(whileLoading)) calls.get(key)?.fill(true)

  const bySignature = new Map<string, Group>()
  const outer = outermost(profile.functions, key => !calls.get(key)!.includes(false))
  for (const key of keysOf(outer)) {
    const each = calls.get(key)!
    const signature = each.map(Number).join('')
    const { keys, size } = bySignature.get(signature) ?? { keys: [], size: 0 }
    bySignature.set(signature, { calls: each, size: size + sizeOf(key), keys: [...keys, key] })
  }
  const all = [...bySignature.values()]
  const none = all.find(each => !each.calls.includes(true))
  const counts = ids.map(id => (id === first ? firstCounts : 1))
  const groups = merged(
    all.filter(each => each !== none),
    counts,
  ).filter(each => each.calls.includes(false))
  return {
    groups: groups.map(({ keys, calls }) => ({
      places: placesOf(keys),
      lessons: ids.filter((_, i) => calls[i]),
    })),
    none: placesOf(none?.keys ?? []),
  }
}

/** Merges the two whose lessons would load least in vain, until there are few enough. */
function merged(all: readonly Group[], counts: readonly number[]): Group[] {
  const groups = [...all]
  /** For each group, the later one that it would best be merged with, and what that costs. */
  const partners = new Map<Group, { readonly with: Group; readonly cost: number }>()
  const find = (group: Group): void => {
    partners.delete(group)
    for (const other of groups.slice(groups.indexOf(group) + 1)) {
      const cost = costOf(group, other, counts)
      if (cost < (partners.get(group)?.cost ?? Number.POSITIVE_INFINITY))
        partners.set(group, { with: other, cost })
    }
  }
  for (const each of groups) find(each)
  while (groups.length > most) {
    let best: Group | undefined
    for (const [group, { cost }] of partners) if (!best || cost < partners.get(best)!.cost) best = group
    if (!best) break
    const other = partners.get(best)!.with
    const both: Group = {
      calls: best.calls.map((each, i) => each || other.calls[i]!),
      size: best.size + other.size,
      keys: [...best.keys, ...other.keys],
    }
    for (const each of [best, other]) {
      groups.splice(groups.indexOf(each), 1)
      partners.delete(each)
    }
    groups.unshift(both)
    find(both)
    for (const [each, { with: partner }] of partners) if (partner === best || partner === other) find(each)
  }
  return groups
}

/** What lessons load in vain where two groups are one, less the requests that they save; `counts`: each so many times. */
function costOf(a: Group, b: Group, counts: readonly number[]): number {
  let cost = 0
  for (const [i, calls] of a.calls.entries()) {
    if (calls && b.calls[i]) cost -= request * counts[i]!
    else if (calls) cost += b.size * counts[i]!
    else if (b.calls[i]) cost += a.size * counts[i]!
  }
  return cost
}

const keysOf = (places: Places): string[] =>
  Object.entries(places).flatMap(([path, each]) => each.map(place => `${path} ${place}`))

function placesOf(keys: readonly string[]): Places {
  const places: Record<string, string[]> = {}
  for (const key of keys) {
    const [path = '', start, end] = key.split(' ')
    ;(places[path] ??= []).push(`${start} ${end}`)
  }
  return places
}

function sizeOf(key: string): number {
  const [, start, end] = key.split(' ')
  return Number(end) - Number(start)
}

/**
 * Without those that stand inside others, and go where these go. What is large and stands inside one that is called
 * everywhere goes a way of its own.
 */
function outermost(functions: Places, isEverywhere: (key: string) => boolean): Places {
  return Object.fromEntries(
    Object.entries(functions).map(([path, places]) => {
      const sorted = places
        .map(place => place.split(' ').map(Number) as [number, number])
        .sort(([a, endA], [b, endB]) => a - b || endB - endA)
      let reached = 0
      /** End of the function at the module's own level. */
      let end = 0
      const outer = sorted.filter(([from, to]) => {
        const isNested = from < end
        if (!isNested) end = to
        if (from < reached || (isNested && to - from < worthMovingNested)) return false
        if (!isEverywhere(`${path} ${from} ${to}`)) reached = to
        return true
      })
      return [path, outer.map(each => each.join(' '))]
    }),
  )
}
