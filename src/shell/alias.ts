// Aliases: the first word of a command stands for a piece of text.
import { parse } from './parser.ts'
import type { List, Node, Simple } from './syntax.ts'

/** The command with its alias put in, once. */
export function withAlias(node: Simple, aliases: ReadonlyMap<string, string>): Node | undefined {
  const first = node.words[0]
  const part = first?.[0]
  if (first?.length !== 1 || part?.type !== 'text' || part.quoted) return undefined
  const text = aliases.get(part.text)
  if (text === undefined) return undefined
  const list = parse(text) as List
  const last = list.items.at(-1)?.node
  if (last?.type !== 'simple') return undefined
  // The first word of the result is quoted, so that `alias ls='ls -l'` does not run for ever.
  const [name, ...rest] = last.words
  const shielded = name?.map(each =>
    each.type === 'text' && each.text === part.text ? { ...each, quoted: true } : each,
  )
  const merged: Simple = {
    type: 'simple',
    line: node.line,
    assignments: [...node.assignments, ...last.assignments],
    words: [...(shielded ? [shielded] : []), ...rest, ...node.words.slice(1)],
    redirects: [...last.redirects, ...node.redirects],
  }
  return list.items.length === 1
    ? merged
    : { type: 'list', items: [...list.items.slice(0, -1), { ...list.items.at(-1)!, node: merged }] }
}
