// Whether an engine that takes the first match that it finds (Perl's rule) finds the longest one (POSIX's rule). It does
// where at each choice only one way can go on, or where another way cannot end further on.
import { exclusive, first, firstOf } from './cost.ts'
import type { Node } from './syntax.ts'

/** Greedy is longest. False where it may not be. */
export function greedyIsLongest(node: Node, rest: readonly Node[] = []): boolean {
  switch (node.type) {
    case 'sequence':
      return node.items.every((each, i) => greedyIsLongest(each, [...node.items.slice(i + 1), ...rest]))
    case 'group':
      return greedyIsLongest(node.of, rest)
    case 'choice':
      return (
        (exclusive(node.branches) || (sameLength(node.branches) && monotone(rest))) &&
        node.branches.every(each => greedyIsLongest(each, rest))
      )
    case 'repeat': {
      if (node.lazy) return false
      const settled =
        node.least === node.most || monotone(rest) || !first(node.of).set.meets(firstOf(rest).set)
      return settled && (node.of.type === 'set' || greedyIsLongest(node.of, [node, ...rest]))
    }
    case 'back':
      return false
    default:
      return true
  }
}

const fixedLength = (node: Node): number | undefined => {
  switch (node.type) {
    case 'set':
      return 1
    case 'group':
      return fixedLength(node.of)
    case 'sequence': {
      const lengths = node.items.map(fixedLength)
      return lengths.includes(undefined) ? undefined : lengths.reduce((a, b) => a! + b!, 0)
    }
    case 'choice':
      return sameLength(node.branches) ? fixedLength(node.branches[0]!) : undefined
    case 'repeat': {
      const own = fixedLength(node.of)
      return node.least === node.most && own !== undefined ? own * node.least : undefined
    }
    case 'back':
      return undefined
    default:
      return 0
  }
}

const sameLength = (nodes: readonly Node[]): boolean => {
  const [length, ...others] = nodes.map(fixedLength)
  return length !== undefined && others.every(each => each === length)
}

/** What begins further on ends further on: of a fixed length, up to one last run of characters; or always at the end. */
function monotone(rest: readonly Node[]): boolean {
  const items = rest.flatMap(flat)
  const last = items.at(-1)
  if (last?.type === 'end') return true
  if (last?.type !== 'repeat' || last.of.type !== 'set')
    return items.every(each => fixedLength(each) !== undefined)
  if (last.most !== Number.POSITIVE_INFINITY) return false
  return last.of.set.all || items.slice(0, -1).every(each => fixedLength(each) !== undefined)
}

function flat(node: Node): readonly Node[] {
  if (node.type === 'sequence') return node.items.flatMap(flat)
  return node.type === 'group' ? flat(node.of) : [node]
}
