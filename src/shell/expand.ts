// Expansion of words, in the shell's order: braces, tilde, parameters and substitutions, field splitting, pathnames.
import type { Files } from '../engine/files.ts'
import { held } from '../engine/holding.ts'
import { wildcards } from '../engine/shell-pattern.ts'
import type { Task } from '../engine/task.ts'
import type { Wildcards } from '../engine/wildcards.ts'
import { ArithmeticError, evaluate } from './arithmetic.ts'
import { expandBraces } from './braces.ts'
import { escapePattern, glob } from './pattern.ts'
import type { Node, Parameter, Part, Word } from './syntax.ts'

/** What expansion needs of the shell. */
export interface Scope {
  readonly files: Files
  readonly cwd: string
  readonly noGlob: boolean
  /** The value of a name or special parameter; undefined where unset. Lists (arrays, `@`) give their elements. */
  lookup(name: string): string | readonly string[] | undefined
  element(name: string, index: string): string | undefined
  /** Keys of an array. */
  keys(name: string): string[]
  names(prefix: string): string[]
  assign(name: string, value: string, index?: string): void
  /** Output of a command substitution, without its last line feeds. */
  substitute(script: Node): Task<string>
  /** Path of a file that holds the output of a script. */
  processFile(script: Node): Task<string>
  /** Ends the command: `bash: line 1: x: unbound variable`. */
  fail(message: string): never
  unset(name: string): void
  /** Ends the command where a value was demanded. */
  missing(message: string): never
}

/** A field in the making: text with the pattern characters of its quoted pieces escaped. */
interface Field {
  text: string
  /** Has a piece that keeps the field alive even when empty. */
  quoted: boolean
}

const asText = (value: string | readonly string[] | undefined): string =>
  value === undefined ? '' : typeof value === 'string' ? value : value.join(' ')

const unescaped = (text: string): string => text.replace(/\\([\s\S])/g, '$1')

/** A word as one string: assignments, redirections, case words, here-documents. */
export function* expandText(word: Word, scope: Scope): Task<string> {
  return unescaped(yield* expandPattern(word, scope, true))
}

/**
 * A word as a pattern: special characters that were quoted are escaped. In a value a backslash takes the meaning of the
 * next character away, or is `literal`.
 */
export function* expandPattern(word: Word, scope: Scope, literal = false): Task<string> {
  let out = ''
  for (const part of tilde(word, scope)) {
    if (part.type === 'text') out += part.quoted ? escapePattern(part.text) : part.text
    else {
      const value = asText(yield* partValue(part, scope))
      const quoted = 'quoted' in part && part.quoted
      const piece = quoted ? escapePattern(value) : literal ? value.replace(/\\/g, '\\\\') : value
      out = held(out + piece)
    }
  }
  return out
}

/** Words as the fields that a command gets. */
export function* expandWords(words: readonly Word[], scope: Scope): Task<string[]> {
  const out: string[] = []
  for (const word of words) {
    for (const braced of expandBraces(word)) {
      for (const field of yield* expandFields(braced, scope)) {
        if (scope.noGlob) out.push(unescaped(field))
        else out.push(...glob(field, scope.files, scope.cwd))
      }
    }
  }
  return out
}

function* expandFields(word: Word, scope: Scope): Task<string[]> {
  const fields: Field[] = []
  let current: Field | undefined
  const append = (text: string, quoted: boolean) => {
    current ??= { text: '', quoted: false }
    current.text = held(current.text + text)
    current.quoted ||= quoted
  }
  const close = () => {
    if (current && (current.text || current.quoted)) fields.push(current)
    current = undefined
  }
  const separators = asText(scope.lookup('IFS') ?? ' \t\n')
  for (const part of tilde(word, scope)) {
    if (part.type === 'text') {
      append(part.quoted ? escapePattern(part.text) : part.text, part.quoted)
      continue
    }
    const value = yield* partValue(part, scope)
    const quoted = 'quoted' in part && part.quoted
    if (typeof value === 'object') {
      // "$@": each element a field of its own, glued to what stands around.
      for (const [i, element] of value.entries()) {
        if (i > 0) close()
        if (quoted) append(escapePattern(element), true)
        else split(element)
      }
    } else if (quoted) append(escapePattern(value), true)
    else split(value)
  }
  close()
  return fields.map(field => field.text)

  function split(value: string) {
    if (!separators) {
      if (value) append(value.replace(/\\/g, '\\\\'), false)
      return
    }
    let text = ''
    for (let i = 0; i < value.length; i++) {
      const c = value[i]!
      if (!separators.includes(c)) {
        text += c === '\\' ? '\\\\' : c
        continue
      }
      if (text) append(text, false)
      text = ''
      const blank = ' \t\n'.includes(c)
      if (!blank) append('', value[i - 1] === undefined || separators.includes(value[i - 1]!))
      close()
    }
    if (text) append(text, false)
  }
}

function tilde(word: Word, scope: Scope): Word {
  const first = word[0]
  if (first?.type !== 'text' || first.quoted || !/^~(?:\/|$)/.test(first.text)) return word
  if (first.text === '~' && word.length > 1) return word
  const home: Part = { type: 'text', text: asText(scope.lookup('HOME')) || '/', quoted: true }
  return [home, { ...first, text: first.text.slice(1) }, ...word.slice(1)]
}

function* partValue(part: Part, scope: Scope): Task<string | readonly string[]> {
  switch (part.type) {
    case 'text':
      return part.text
    case 'command':
      return yield* scope.substitute(part.script)
    case 'process':
      return yield* scope.processFile(part.script)
    case 'arithmetic':
      return String(arithmetic(yield* expandText(part.expression, scope), scope))
    case 'parameter':
      return yield* parameterValue(part, scope)
  }
}

export function arithmetic(text: string, scope: Scope): bigint {
  try {
    return evaluate(text, {
      get: name => {
        const [, base, index] = /^(\w+)(?:\[(.*)\])?$/.exec(name)!
        return index === undefined ? asText(first(scope.lookup(base!))) : (scope.element(base!, index) ?? '')
      },
      set: (name, value) => {
        const [, base, index] = /^(\w+)(?:\[(.*)\])?$/.exec(name)!
        scope.assign(base!, value, index)
      },
    })
  } catch (error) {
    if (!(error instanceof ArithmeticError)) throw error
    return scope.fail(error.message)
  }
}

const first = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === 'object' ? value[0] : value

function* parameterValue(part: Parameter, scope: Scope): Task<string | readonly string[]> {
  let { name } = part
  const { operator = '', quoted } = part
  const index = part.index && (yield* expandText(part.index, scope))
  if (part.prefix === '!') {
    if (index === '@' || index === '*') return scope.keys(name)
    if (operator === '@' || (operator === '' && name.endsWith('*')))
      return scope.names(name.replace(/\*$/, ''))
    name = asText(first(scope.lookup(name)))
  }
  const listed = index === '@' || index === '*' || name === '@' || name === '*'
  let value = scope.lookup(name)
  if (index !== undefined && !listed) value = scope.element(name, index)
  else if (!listed) value = first(value)
  else if (typeof value === 'string') value = [value]
  if (part.prefix === '#') return String(listed ? (value?.length ?? 0) : [...asText(value)].length)
  const text = asText(value)
  const joined = listed && (name === '*' || index === '*') && quoted
  const result = joined ? [...(value ?? [])].join(separator(scope)) : undefined

  if (/^:?[-=+?]$/.test(operator)) {
    const missing =
      value === undefined || (listed && value.length === 0) || (operator.length === 2 && text === '')
    const kind = operator.at(-1)
    if (kind === '+') return missing ? '' : yield* expandText(part.argument!, scope)
    if (!missing) return result ?? value!
    const argument = yield* expandText(part.argument!, scope)
    if (kind === '=') scope.assign(name, argument)
    if (kind === '?')
      scope.missing(`${name}: ${argument || `parameter ${operator.length === 2 ? 'null or ' : ''}not set`}`)
    return argument
  }
  if (value === undefined && !listed) scope.unset(name)
  if (!operator) return result ?? value ?? (listed ? [] : '')
  const map = (change: (text: string) => string) =>
    typeof value === 'object' && listed ? value.map(change) : change(text)

  switch (operator) {
    case '#':
    case '##':
    case '%':
    case '%%': {
      const pattern = yield* expandPattern(part.argument!, scope)
      return map(text => trim(text, pattern, operator))
    }
    case '/':
    case '//':
    case '/#':
    case '/%': {
      const pattern = yield* expandPattern(part.argument!, scope)
      const replacement = part.second ? yield* expandText(part.second, scope) : ''
      if (!pattern && (operator === '/' || operator === '//')) return value ?? ''
      return map(text => held(replaced(text, wildcards(pattern), operator, replacement)))
    }
    case ':': {
      const offset = Number(arithmetic(yield* expandText(part.argument!, scope), scope))
      const length = part.second
        ? Number(arithmetic(yield* expandText(part.second, scope), scope))
        : undefined
      if (listed && typeof value === 'object') {
        const all = name === '@' || name === '*' ? [asText(scope.lookup('0')), ...value] : value
        const start = offset < 0 ? all.length + offset : offset
        return all.slice(start, length === undefined ? undefined : start + length)
      }
      const characters = [...text]
      const start = offset < 0 ? Math.max(0, characters.length + offset) : offset
      const end = length === undefined ? undefined : length < 0 ? length : start + length
      return characters.slice(start, end).join('')
    }
    case '^^':
      return map(text => text.toUpperCase())
    case ',,':
      return map(text => text.toLowerCase())
    case '^':
      return map(text => withFirst(text, first => first.toUpperCase()))
    case ',':
      return map(text => withFirst(text, first => first.toLowerCase()))
    default: {
      const how = part.argument ? yield* expandText(part.argument, scope) : ''
      if (how === 'Q') return map(quote)
      if (how === 'U') return map(text => text.toUpperCase())
      if (how === 'L') return map(text => text.toLowerCase())
      return scope.fail(`\${${name}${operator}${how}}: bad substitution`)
    }
  }
}

const separator = (scope: Scope): string => asText(scope.lookup('IFS') ?? ' ').slice(0, 1)

export const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

function trim(text: string, pattern: string, operator: string): string {
  const longest = operator.length === 2
  const wanted = wildcards(pattern)
  return operator[0] === '#' ? wanted.trimStart(text, longest) : wanted.trimEnd(text, longest)
}

function withFirst(text: string, change: (first: string) => string): string {
  const [first = ''] = text
  return change(first) + text.slice(first.length)
}

/** Of the beginning, the end, the first part or all parts that fit. */
function replaced(text: string, wanted: Wildcards, operator: string, to: string): string {
  if (operator === '/#') {
    const rest = wanted.trimStart(text, true)
    return rest === text && !wanted.test('') ? text : to + rest
  }
  if (operator === '/%') {
    const rest = wanted.trimEnd(text, true)
    return rest === text && !wanted.test('') ? text : rest + to
  }
  return wanted.replace(text, to, operator === '//')
}
