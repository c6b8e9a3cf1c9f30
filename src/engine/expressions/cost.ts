// How long an engine that backtracks may take, at most: the number of its steps for a text of `n` characters, as a bound
// that holds for every text. An expression whose bound is small is safe with JavaScript's own engine, which cannot be
// stopped. The bound is of ways: how many different paths lead through a node from one place. Where what follows a
// repetition begins with none of the characters that it repeats, only one of its ends can go on.
import { type CharSet, everything, nothing } from './char-set.ts'
import type { Node } from './syntax.ts'

export interface Bound {
  /** Ends that may be gone on from. */
  readonly ways: number
  readonly steps: number
}

/** The characters a node may begin with, and whether it may be empty. */
export function first(node: Node): { readonly set: CharSet; readonly empty: boolean } {
  switch (node.type) {
    case 'set':
      return { set: node.source ? everything : node.set, empty: false }
    case 'sequence':
      return firstOf(node.items)
    case 'choice':
      return node.branches
        .map(first)
        .reduce((a, b) => ({ set: a.set.with(b.set), empty: a.empty || b.empty }))
    case 'repeat': {
      const { set, empty } = first(node.of)
      return { set, empty: empty || node.least === 0 }
    }
    case 'group':
      return first(node.of)
    case 'back':
      return { set: everything, empty: true }
    case 'end':
    case 'line-end':
      return { set: nothing, empty: false }
    default:
      return { set: nothing, empty: true }
  }
}

/** Of nodes in a row. */
export function firstOf(nodes: readonly Node[]): { readonly set: CharSet; readonly empty: boolean } {
  let set = nothing
  for (const node of nodes) {
    const own = first(node)
    set = set.with(own.set)
    if (!own.empty) return { set, empty: false }
  }
  return { set, empty: true }
}

const leastLength = (node: Node): number => {
  switch (node.type) {
    case 'set':
      return 1
    case 'sequence':
      return node.items.reduce((sum, each) => sum + leastLength(each), 0)
    case 'choice':
      return Math.min(...node.branches.map(leastLength))
    case 'repeat':
      return node.least * leastLength(node.of)
    case 'group':
      return leastLength(node.of)
    default:
      return 0
  }
}

/** No text fits two of them: at the first place where they differ, they differ for every text. */
export function exclusive(branches: readonly Node[]): boolean {
  return branches.every((a, i) => branches.slice(i + 1).every(b => apart(letters(a), letters(b))))
}

/** The sets that a node begins with, as long as it is plain. */
function letters(node: Node): CharSet[] {
  if (node.type === 'group') return letters(node.of)
  const out: CharSet[] = []
  for (const item of node.type === 'sequence' ? node.items : [node]) {
    if (item.type === 'set' && !item.source) out.push(item.set)
    else if (item.type === 'repeat' && item.least > 0 && item.of.type === 'set' && !item.of.source) {
      out.push(item.of.set)
      break
    } else break
  }
  return out
}

const apart = (a: readonly CharSet[], b: readonly CharSet[]): boolean =>
  a.some((set, i) => b[i] !== undefined && !set.meets(b[i]!))

export function bound(node: Node, n: number, follow: CharSet): Bound {
  switch (node.type) {
    case 'sequence': {
      let after: Bound = { ways: 1, steps: 0 }
      for (let i = node.items.length - 1; i >= 0; i--) {
        const rest = firstOf(node.items.slice(i + 1))
        const own = bound(node.items[i]!, n, rest.empty ? rest.set.with(follow) : rest.set)
        after = { ways: own.ways * after.ways, steps: own.steps + own.ways * after.steps }
      }
      return after
    }
    case 'choice': {
      const all = node.branches.map(each => bound(each, n, follow))
      const ways = all.map(each => each.ways)
      return {
        ways: exclusive(node.branches) ? Math.max(...ways) : ways.reduce((a, b) => a + b),
        steps: all.reduce((sum, each) => sum + each.steps, 1),
      }
    }
    case 'group':
      return bound(node.of, n, follow)
    case 'look': {
      const { steps } = bound(node.of, n, everything)
      // Behind: from every place before.
      return { ways: 1, steps: node.ahead || node.of.type === 'set' ? steps : steps * (n + 1) }
    }
    case 'back':
      return { ways: 1, steps: n + 1 }
    case 'repeat':
      return repeated(node, n, follow)
    default:
      return { ways: 1, steps: 1 }
  }
}

function repeated({ of, least, most }: Extract<Node, { type: 'repeat' }>, n: number, follow: CharSet): Bound {
  const begin = first(of)
  const times = Math.min(most, least + Math.floor(n / Math.max(1, leastLength(of))))
  const body = bound(of, n, begin.set.with(follow))
  const one = least === most || (!begin.empty && !begin.set.meets(follow))
  if (body.ways <= 1) {
    // What scans the text in each round scans another piece of it.
    const each = bound(of, 0, begin.set.with(follow)).steps
    const steps = (times + 1) * each + 2 * Math.max(0, body.steps - each)
    return { ways: one ? 1 : times - least + 1, steps }
  }
  const ways = body.ways ** Math.max(1, times)
  return { ways: ways * (times + 1), steps: (times + 1) * ways * body.steps }
}

/** Steps of a search through a whole text. */
export function searchBound(root: Node, n: number): number {
  const { steps } = bound(root, n, nothing)
  return anchored(root) ? steps : (n + 1) * steps
}

/** It can begin at the start of the text only. */
export function anchored(node: Node): boolean {
  if (node.type === 'start') return true
  if (node.type === 'sequence') return node.items.length > 0 && anchored(node.items[0]!)
  if (node.type === 'choice') return node.branches.every(anchored)
  return node.type === 'group' && anchored(node.of)
}
