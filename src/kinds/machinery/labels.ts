// Label selectors: as text (`app=web,tier in (a,b)`), as metav1.LabelSelector and as a set of equal labels; matching and
// printing. After apimachinery/pkg/labels/selector.go and pkg/apis/meta/v1/helpers.go.
import { dictionary } from '../../engine/dictionary.ts'
import type { LabelSelector } from '../schema/types.ts'
import { errorText, invalid } from './field-error.ts'
import { isLabelValue, isQualifiedName } from './names.ts'

export type Operator = '=' | '==' | '!=' | 'in' | 'notin' | 'exists' | '!' | 'gt' | 'lt'

export interface Requirement {
  readonly key: string
  readonly operator: Operator
  readonly values: readonly string[]
}

/** All requirements must hold; none: everything matches. Sorted by key. */
export type Selector = readonly Requirement[]
export type Labels = Readonly<Record<string, string>> | undefined

/** Matches no object: what a missing (null) LabelSelector means. */
export const nothing: Selector = [{ key: '', operator: 'in', values: [] }]
export const everything: Selector = []

export function matches(selector: Selector, labels: Labels): boolean {
  for (const requirement of selector) if (!holds(requirement, labels)) return false
  return true
}

function holds({ key, operator, values }: Requirement, labels: Labels): boolean {
  const value = labels && Object.hasOwn(labels, key) ? labels[key] : undefined
  switch (operator) {
    case '=':
    case '==':
    case 'in':
      return value !== undefined && values.includes(value)
    case '!=':
    case 'notin':
      return value === undefined || !values.includes(value)
    case 'exists':
      return value !== undefined
    case '!':
      return value === undefined
    default: {
      const number = Number(value)
      if (value === undefined || !/^[+-]?\d+$/.test(value)) return false
      return operator === 'gt' ? number > Number(values[0]) : number < Number(values[0])
    }
  }
}

const byKey = (a: Requirement, b: Requirement): number => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)

export const selectorFromSet = (labels: Labels): Selector =>
  Object.entries(labels ?? {})
    .map(([key, value]): Requirement => ({ key, operator: '=', values: [value] }))
    .sort(byKey)

const operators: Record<string, Operator> = dictionary({
  In: 'in',
  NotIn: 'notin',
  Exists: 'exists',
  DoesNotExist: '!',
})

const compiled = new WeakMap<object, Selector | undefined>()

/** LabelSelectorAsSelector; undefined where the selector is invalid. */
export function selectorFromObject(selector: LabelSelector | null | undefined): Selector | undefined {
  if (!selector) return nothing
  if (compiled.has(selector)) return compiled.get(selector)
  const requirements = [...selectorFromSet(selector.matchLabels)]
  let valid = requirements.every(r => !requirementError(r.key, r.operator, r.values))
  for (const { key, operator, values } of selector.matchExpressions ?? []) {
    const op = operators[operator]
    if (!op || requirementError(key, op, values ?? [])) valid = false
    else requirements.push({ key, operator: op, values: values ?? [] })
  }
  const result = valid ? requirements.sort(byKey) : undefined
  compiled.set(selector, result)
  return result
}

/** A LabelSelector against labels; an invalid one matches nothing. */
export const selects = (selector: LabelSelector | null | undefined, labels: Labels): boolean => {
  const requirements = selectorFromObject(selector)
  return requirements !== undefined && matches(requirements, labels)
}

const signs: Record<Operator, string> = {
  '=': '=',
  '==': '==',
  '!=': '!=',
  in: ' in ',
  notin: ' notin ',
  exists: '',
  '!': '',
  gt: '>',
  lt: '<',
}

/** As `labels.Selector.String()`: `app=web,tier in (a,b),!old`. */
export const formatSelector = (selector: Selector): string =>
  selector === nothing
    ? ''
    : selector
        .map(({ key, operator, values }) => {
          const list = [...values].sort().join(',')
          return `${operator === '!' ? '!' : ''}${key}${signs[operator]}${operator.endsWith('in') ? `(${list})` : list}`
        })
        .join(',')

/** `app=web,tier=front`, `<none>` for no labels. */
export const formatLabels = (labels: Labels): string => formatSelector(selectorFromSet(labels)) || '<none>'

/** FormatLabelSelector of metav1: `<none>` where empty, `<error>` where invalid. */
export function formatLabelSelector(selector: LabelSelector | null | undefined): string {
  const requirements = selectorFromObject(selector)
  return requirements ? formatSelector(requirements) || '<none>' : '<error>'
}

/** NewRequirement's checks: the aggregate of its errors as text. */
function requirementError(key: string, operator: Operator, values: readonly string[]): string | undefined {
  const errors: string[] = []
  const keyErrors = isQualifiedName(key)
  if (keyErrors.length) errors.push(errorText(invalid('key', key, keyErrors.join('; '))))
  const bad = (detail: string) => errors.push(errorText(invalid('values', values, detail)))
  switch (operator) {
    case 'in':
    case 'notin':
      if (!values.length) bad("for 'in', 'notin' operators, values set can't be empty")
      break
    case 'gt':
    case 'lt':
      values.forEach((value, i) => {
        if (!/^[+-]?\d+$/.test(value))
          errors.push(
            errorText(
              invalid(`values[${i}]`, value, "for 'Gt', 'Lt' operators, the value must be an integer"),
            ),
          )
      })
      break
    case 'exists':
    case '!':
      if (values.length) bad('values set must be empty for exists and does not exist')
  }
  values.forEach((value, i) => {
    const valueErrors = isLabelValue(value)
    if (valueErrors.length)
      errors.push(errorText(invalid(`values[${i}][${key}]`, value, valueErrors.join('; '))))
  })
  return errors.length > 1 ? `[${errors.join(', ')}]` : errors[0]
}

class SelectorError extends Error {}

/** Parses a selector as `-l` takes it; an error is its text. */
export function parseSelector(text: string): Selector | { readonly error: string } {
  try {
    return new Parser(text).parse()
  } catch (error) {
    if (error instanceof SelectorError) return { error: error.message }
    throw error
  }
}

type Token = { type: string; text: string }
const symbols = ['==', '!=', '=', '!', '>', '<', '(', ')', ',']

/** Tokens: special symbols, the words `in` and `notin`, identifiers, and the end. */
function scan(text: string): Token[] {
  const tokens: Token[] = []
  let rest = text
  for (;;) {
    rest = rest.replace(/^[ \t\r\n]+/, '')
    if (!rest) break
    const symbol = symbols.find(s => rest.startsWith(s))
    const word = symbol ?? /^[^=!(),<> \t\r\n]+/.exec(rest)![0]
    tokens.push({ type: symbol ?? (word === 'in' || word === 'notin' ? word : 'identifier'), text: word })
    rest = rest.slice(word.length)
  }
  tokens.push({ type: 'end', text: '' })
  return tokens
}

class Parser {
  #tokens: Token[]
  #at = 0

  constructor(text: string) {
    this.#tokens = scan(text)
  }

  parse(): Selector {
    const requirements: Requirement[] = []
    for (;;) {
      const { type, text } = this.#peek()
      if (type === 'end') break
      if (type !== 'identifier' && type !== '!')
        throw new SelectorError(`found '${text}', expected: !, identifier, or 'end of string'`)
      try {
        requirements.push(this.#requirement())
      } catch (error) {
        if (error instanceof SelectorError) error.message = `unable to parse requirement: ${error.message}`
        throw error
      }
      const next = this.#take()
      if (next.type === 'end') break
      if (next.type !== ',') throw new SelectorError(`found '${next.text}', expected: ',' or 'end of string'`)
      const after = this.#peek()
      if (after.type !== 'identifier' && after.type !== '!')
        throw new SelectorError(`found '${after.text}', expected: identifier after ','`)
    }
    return requirements.sort(byKey)
  }

  /** Outside of the place of an operator, `in` and `notin` are names like any other. */
  #peek(): Token {
    const token = this.#tokens[this.#at] ?? { type: 'end', text: '' }
    return token.type === 'in' || token.type === 'notin' ? { type: 'identifier', text: token.text } : token
  }

  #take(): Token {
    const token = this.#peek()
    this.#at++
    return token
  }

  #requirement(): Requirement {
    const negated = this.#peek().type === '!'
    if (negated) this.#at++
    const name = this.#take()
    if (name.type !== 'identifier') throw new SelectorError(`found '${name.text}', expected: identifier`)
    const keyErrors = isQualifiedName(name.text)
    if (keyErrors.length)
      throw new SelectorError(errorText(invalid('<nil>', name.text, keyErrors.join('; '))))
    const { type } = this.#peek()
    if (negated || type === 'end' || type === ',')
      return this.#checked(name.text, negated ? '!' : 'exists', [])
    const sign = this.#tokens[this.#at++]!
    const operator =
      ({ '>': 'gt', '<': 'lt' } as Record<string, Operator>)[sign.type] ?? (sign.type as Operator)
    if (!['=', '==', '!=', 'in', 'notin', 'gt', 'lt'].includes(operator))
      throw new SelectorError(`found '${sign.text}', expected: in, notin, =, ==, !=, gt, lt`)
    const values = operator === 'in' || operator === 'notin' ? this.#values() : [this.#exactValue()]
    return this.#checked(name.text, operator, [...new Set(values)].sort())
  }

  #checked(key: string, operator: Operator, values: string[]): Requirement {
    const error = requirementError(key, operator, values)
    if (error) throw new SelectorError(error)
    return { key, operator, values }
  }

  #exactValue(): string {
    const { type, text } = this.#peek()
    if (type === 'end' || type === ',') return ''
    this.#at++
    if (type !== 'identifier') throw new SelectorError(`found '${text}', expected: identifier`)
    return text
  }

  #values(): string[] {
    const open = this.#take()
    if (open.type !== '(') throw new SelectorError(`found '${open.text}' expected: '('`)
    const values: string[] = []
    const first = this.#peek()
    if (first.type === ')') {
      this.#at++
      return ['']
    }
    if (first.type !== 'identifier' && first.type !== ',')
      throw new SelectorError(`found '${first.text}', expected: ',', ')' or identifier`)
    for (;;) {
      const { type, text } = this.#take()
      if (type === 'identifier') {
        values.push(text)
        const next = this.#take()
        if (next.type === ')') return values
        if (next.type !== ',') throw new SelectorError(`found '${next.text}', expected: ',' or ')'`)
        if (this.#peek().type === ')') {
          this.#at++
          return [...values, '']
        }
      } else if (type === ',') {
        values.push('')
        if (this.#peek().type === ')') {
          this.#at++
          return values
        }
      } else throw new SelectorError(`found '${text}', expected: ',', or identifier`)
    }
  }
}
