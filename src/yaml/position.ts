// Where in the text a field stands.

import type { YamlNode } from './node.ts'
import { isMerge } from './parse.ts'

export type PathStep = string | number

export interface Found {
  /** The key of the last step; absent for the document itself and for items of lists. */
  readonly key?: YamlNode
  readonly value: YamlNode
  /** How many steps of the path the text has. */
  readonly steps: number
}

/** The field of a path, or the deepest part of the path that the text has. */
export function findPath(root: YamlNode, path: readonly PathStep[]): Found {
  let found: Found = { value: root, steps: 0 }
  for (const step of path) {
    const next = child(found.value, step)
    if (!next) break
    found = { ...next, steps: found.steps + 1 }
  }
  return found
}

/** What an alias stands for; any other node itself. */
export const resolved = (node: YamlNode): YamlNode => (node.target ? resolved(node.target) : node)

function child(parent: YamlNode, step: PathStep): { key?: YamlNode; value: YamlNode } | undefined {
  const node = resolved(parent)
  if (node.kind === 'sequence') {
    const value = typeof step === 'number' ? node.children[step] : undefined
    return value && { value }
  }
  if (node.kind !== 'mapping') return undefined
  let merged: { key?: YamlNode; value: YamlNode } | undefined
  // the last of equal keys counts
  for (let i = node.children.length - 2; i >= 0; i -= 2) {
    const key = node.children[i]!
    const value = node.children[i + 1]!
    if (isMerge(key)) merged ??= fromMerge(value, step)
    else if (resolved(key).value === String(step)) return { key, value }
  }
  return merged
}

function fromMerge(value: YamlNode, step: PathStep): { key?: YamlNode; value: YamlNode } | undefined {
  const node = resolved(value)
  if (node.kind !== 'sequence') return child(node, step)
  for (const item of node.children) {
    const found = child(item, step)
    if (found) return found
  }
  return undefined
}
