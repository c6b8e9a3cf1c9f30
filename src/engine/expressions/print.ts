// Writes an expression for an engine: JavaScript's own with the flag `u`, or RE2's.
import { members } from './brackets.ts'
import type { Node } from './syntax.ts'

export type Engine = 'native' | 're2'

const forRe2 = (code: number): string => `\\x{${code.toString(16)}}`
const forNative = (code: number): string => `\\u{${code.toString(16)}}`

export function print(node: Node, engine: Engine, multiline = false): string {
  const inner = (each: Node) => print(each, engine, multiline)
  const wrapped = (each: Node) =>
    each.type === 'set' || each.type === 'group' ? inner(each) : `(?:${inner(each)})`
  switch (node.type) {
    case 'set': {
      const write = engine === 're2' ? forRe2 : forNative
      if (node.source) return engine === 're2' ? node.source.replace(/\\u\{/g, '\\x{') : node.source
      const [only] = node.set.ranges
      if (!only) return engine === 're2' ? '[^\\x{0}-\\x{10ffff}]' : '[]'
      if (node.set.ranges.length === 1 && only[0] === only[1]) {
        const c = String.fromCodePoint(only[0])
        return /[A-Za-z0-9 _"':;,<>=!@#%&~`]/.test(c) ? c : write(only[0])
      }
      return node.set.all && engine === 'native' ? '[^]' : `[${members(node.set, write)}]`
    }
    case 'sequence':
      return node.items.map(each => (each.type === 'choice' ? `(?:${inner(each)})` : inner(each))).join('')
    case 'choice':
      return node.branches.map(inner).join('|')
    case 'repeat': {
      const { least, most, lazy } = node
      const count =
        most === Number.POSITIVE_INFINITY
          ? least === 0
            ? '*'
            : least === 1
              ? '+'
              : `{${least},}`
          : least === 0 && most === 1
            ? '?'
            : `{${least},${most}}`
      // An assertion has no length: to repeat it is to want it, or not.
      if (isAssertion(node.of)) return least > 0 ? inner(node.of) : ''
      return `${wrapped(node.of)}${count}${lazy ? '?' : ''}`
    }
    case 'group':
      return `(${inner(node.of)})`
    case 'look':
      return `(?${node.ahead ? '' : '<'}${node.negated ? '!' : '='}${inner(node.of)})`
    case 'back':
      return `(?:\\${node.number})`
    case 'start':
      return engine === 're2' ? '\\A' : multiline ? '(?<![^])' : '^'
    case 'end':
      return engine === 're2' ? '\\z' : multiline ? '(?![^])' : '$'
    case 'line-start':
      return engine === 're2' ? '(?m:^)' : '^'
    case 'line-end':
      return engine === 're2' ? '(?m:$)' : '$'
    case 'word':
      return '\\b'
    case 'not-word':
      return '\\B'
  }
}

const isAssertion = (node: Node): boolean =>
  ['start', 'end', 'line-start', 'line-end', 'word', 'not-word', 'look'].includes(node.type)
