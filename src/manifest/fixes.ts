// What would mend a fault of a manifest, where one edit of the text does: for the editor's quick fixes and for the tutor.
import type { Diagnostic } from './diagnostic.ts'
import { plainCharacter } from './odd-characters.ts'

/** Replaces a piece of the text, from 1; the end is exclusive. */
export interface Edit {
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
  readonly text: string
}

type Fix = (problem: Diagnostic, lines: readonly string[]) => Edit | undefined

/** The place of the problem itself. */
const place = ({ line, column, endLine, endColumn }: Diagnostic, text: string): Edit => ({
  line,
  column,
  endLine,
  endColumn,
  text,
})

/** A whole line, replaced. */
const wholeLine = (line: number, before: string, text: string): Edit | undefined =>
  text === before ? undefined : { line, column: 1, endLine: line, endColumn: before.length + 1, text }

const at = (problem: Diagnostic, lines: readonly string[]): string =>
  problem.line === problem.endLine
    ? (lines[problem.line - 1] ?? '').slice(problem.column - 1, problem.endColumn - 1)
    : ''

/** The misspelt word gives way to the near one; a key keeps what stands around it. */
const nearWord: Fix = (problem, lines) => {
  const { near } = problem.params
  const there = at(problem, lines)
  if (!near || !there) return undefined
  const quote = /^(["']).*\1$/.exec(there)?.[1] ?? ''
  return place(problem, `${quote}${near}${quote}`)
}

/** Only what stands outside quotes and comments is syntax. */
const plainPunctuation: Fix = ({ line, params }, lines) => {
  const before = lines[line - 1] ?? ''
  const character = String(params.character)
  const syntax = before.replaceAll(character, plainCharacter(character))
  return wholeLine(
    line,
    before,
    // What an input method writes as one character YAML wants as two: a colon and a space.
    syntax.replace(/^([\s-]*[\w./-]+):(?=\S)/, '$1: ').replace(/[”’]/g, plainCharacter),
  )
}

const spaces: Fix = ({ line }, lines) => {
  const before = lines[line - 1] ?? ''
  return wholeLine(
    line,
    before,
    before.replace(/^\s+/, indent => indent.replaceAll('\t', '  ')).replaceAll('\t', ' '),
  )
}

const spaceAfterColon: Fix = ({ line, params }, lines) => {
  const before = lines[line - 1] ?? ''
  const glued = `${params.key}:`
  const from = before.indexOf(glued)
  if (from < 0) return undefined
  const to = from + glued.length
  return wholeLine(line, before, `${before.slice(0, to)} ${before.slice(to)}`)
}

const quoted: Fix = (problem, lines) => {
  const there = at(problem, lines)
  return there && !/["'\n]/.test(there) && !/^[[{]/.test(there) ? place(problem, `"${there}"`) : undefined
}

const unquoted: Fix = (problem, lines) => {
  const there = at(problem, lines)
  const [, inner] = /^(["'])(.*)\1$/.exec(there) ? [0, there.slice(1, -1)] : []
  return inner === undefined ? undefined : place(problem, String(inner))
}

/** A truth value in words that YAML does not take for one any more. */
const truth: Fix = (problem, lines) => {
  const there = at(problem, lines).replace(/["']/g, '').toLowerCase()
  if (/^(yes|on|y|true|1)$/.test(there)) return place(problem, 'true')
  return /^(no|off|n|false|0)$/.test(there) ? place(problem, 'false') : undefined
}

/** One item is a list too: a dash before it. */
const listItem: Fix = ({ line }, lines) => {
  const before = lines[line - 1] ?? ''
  const [, indent, key, value] = /^(\s*)([\w.-]+):\s+([^\s#[{|>&*].*)$/.exec(before) ?? []
  return key ? wholeLine(line, before, `${indent}${key}: [${value}]`) : undefined
}

const firstLine =
  (key: 'apiVersion' | 'kind'): Fix =>
  ({ line, column, params }, lines) => {
    if (column !== 1) return undefined
    const before = lines[line - 1] ?? ''
    if (before.startsWith(`${key}:`)) return wholeLine(line, before, `${key}: ${params.near}`)
    return { line, column: 1, endLine: line, endColumn: 1, text: `${key}: ${params.near}\n` }
  }

const colon: Fix = ({ line }, lines) => {
  const before = lines[line - 1] ?? ''
  // `image:nginx` is a text to YAML, and a key without a colon.
  const [, start, value = ''] = /^(\s*(?:- )*[\w./-]+)(?::|\s+|$)(\S.*)?$/.exec(before) ?? []
  return start ? wholeLine(line, before, value ? `${start}: ${value}` : `${start}:`) : undefined
}

/** A name in the form that the server takes: small letters, digits and hyphens. */
const dnsName: Fix = (problem, lines) => {
  const name = at(problem, lines)
    .replace(/["']/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
  return name ? place(problem, name) : undefined
}

/**
 * A line whose indentation fits no level: it goes to the nearest level that is open above it, the deeper one of two that
 * are as near. The parser names a line near the fault; the line is looked for around it.
 */
const indentation: Fix = (problem, lines) => {
  for (const number of [problem.line, problem.line + 1, problem.line - 1]) {
    const before = lines[number - 1]
    if (before === undefined || !/^\s*[^\s#]/.test(before)) continue
    const levels = openLevels(lines, number)
    const own = indentOf(before)
    if (levels.includes(own)) continue
    const opens = /:\s*(?:#.*)?$/.test(lineAbove(lines, number)) && own > (levels[0] ?? 0)
    if (opens) continue
    const [nearest] = levels.toSorted((a, b) => Math.abs(a - own) - Math.abs(b - own) || b - a)
    if (nearest !== undefined) return wholeLine(number, before, ' '.repeat(nearest) + before.trimStart())
  }
  return undefined
}

/** Where a key of the line begins, behind the dashes of a list. */
const indentOf = (line: string): number => /^ */.exec(line)![0].length

function lineAbove(lines: readonly string[], number: number): string {
  for (let i = number - 2; i >= 0; i--) if (lines[i]!.trim() && !/^\s*#/.test(lines[i]!)) return lines[i]!
  return ''
}

/** Columns at which a line may begin here, the deepest first. */
function openLevels(lines: readonly string[], number: number): number[] {
  const levels: number[] = []
  let least = Number.POSITIVE_INFINITY
  for (let i = number - 2; i >= 0 && least > 0; i--) {
    const line = lines[i]!
    if (!line.trim() || /^\s*#/.test(line)) continue
    if (line.startsWith('---')) break
    const dash = /^( *)((?:- +)+)\S/.exec(line)
    for (const level of dash ? [dash[1]!.length + dash[2]!.length, dash[1]!.length] : [indentOf(line)])
      if (level < least) {
        levels.push(level)
        least = level
      }
  }
  return levels
}

const fixes: Partial<Record<Diagnostic['code'], Fix>> = {
  'unknown-field-near': nearWord,
  'unknown-field-case': nearWord,
  'unknown-kind-near': nearWord,
  'unknown-kind-case': nearWord,
  'other-version': nearWord,
  'not-supported-near': nearWord,
  'missing-api-version': firstLine('apiVersion'),
  'missing-kind': firstLine('kind'),
  'missing-space': spaceAfterColon,
  'full-width': plainPunctuation,
  'yaml-tab': spaces,
  'yaml-first-character': spaces,
  'yaml-indentation': indentation,
  'yaml-colon-in-value': indentation,
  'yaml-missing-colon': colon,
  'want-text': quoted,
  'want-boolean': truth,
  'want-list': listItem,
  unquote: unquoted,
  'dns-name': dnsName,
}

/** The edit that mends a problem of this text, where one is known. */
export function quickFix(text: string, problem: Diagnostic): Edit | undefined {
  return fixes[problem.code]?.(problem, text.split('\n'))
}

/** The text after an edit. */
export function applyEdit(text: string, { line, column, endLine, endColumn, text: by }: Edit): string {
  const lines = text.split('\n')
  const from = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0) + column - 1
  const to = lines.slice(0, endLine - 1).join('\n').length + (endLine > 1 ? 1 : 0) + endColumn - 1
  return text.slice(0, from) + by + text.slice(to)
}
