// What a regular expression is made of, whatever dialect it was written in.
import type { CharSet } from './char-set.ts'

export type Assertion = 'start' | 'end' | 'line-start' | 'line-end' | 'word' | 'not-word'

export type Node =
  /** One character; `source` where the set is a Unicode property that only engines know (`\p{L}`). */
  | { readonly type: 'set'; readonly set: CharSet; readonly source?: string }
  | { readonly type: 'sequence'; readonly items: readonly Node[] }
  | { readonly type: 'choice'; readonly branches: readonly Node[] }
  | {
      readonly type: 'repeat'
      readonly of: Node
      readonly least: number
      readonly most: number
      readonly lazy: boolean
    }
  | { readonly type: 'group'; readonly of: Node; readonly number: number }
  | { readonly type: Assertion }
  | { readonly type: 'look'; readonly of: Node; readonly ahead: boolean; readonly negated: boolean }
  | { readonly type: 'back'; readonly number: number }

/** A whole expression. */
export interface Syntax {
  readonly root: Node
  readonly groups: number
  /** Names of groups, with their numbers. */
  readonly names: ReadonlyMap<string, number>
}

/** How many instructions an expression comes to once its counts are written out. */
export function size(node: Node): number {
  switch (node.type) {
    case 'sequence':
      return node.items.reduce((sum, each) => sum + size(each), 0)
    case 'choice':
      return node.branches.reduce((sum, each) => sum + 1 + size(each), 0)
    case 'repeat':
      return (
        (size(node.of) + 1) * Math.max(1, node.most === Number.POSITIVE_INFINITY ? node.least + 1 : node.most)
      )
    case 'group':
    case 'look':
      return 2 + size(node.of)
    default:
      return 1
  }
}

/** Whether any node of an expression is of a type. */
export function contains(node: Node, type: Node['type']): boolean {
  if (node.type === type) return true
  if (node.type === 'sequence') return node.items.some(each => contains(each, type))
  if (node.type === 'choice') return node.branches.some(each => contains(each, type))
  return 'of' in node && contains(node.of, type)
}
