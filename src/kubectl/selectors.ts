// Label selectors that kubectl reads itself: over objects that only stand in a file, and as part of an object.
import { dictionary } from '../engine/dictionary.ts'
import { parseSelector } from '../kinds/machinery/labels.ts'
import { goQuote } from '../kinds/machinery/quote.ts'
import { CommandError } from './errors.ts'

interface LabelSelector {
  matchLabels?: Record<string, string>
  matchExpressions?: { key: string; operator: string; values?: readonly string[] }[]
}

const expressions: Partial<Record<string, string>> = dictionary({
  in: 'In',
  notin: 'NotIn',
  exists: 'Exists',
  '!': 'DoesNotExist',
})

/** What a selector's text means as a metav1.LabelSelector (ParseToLabelSelector). */
export function labelSelector(text: string): LabelSelector {
  const parsed = parseSelector(text)
  if ('error' in parsed)
    throw new CommandError(`couldn't parse the selector string ${goQuote(text)}: ${parsed.error}`)
  const selector: LabelSelector = {}
  for (const { key, operator, values } of parsed) {
    const expression = expressions[operator]
    if (operator === '=' || operator === '==') (selector.matchLabels ??= {})[key] = values[0]!
    else if (expression)
      (selector.matchExpressions ??= []).push({
        key,
        operator: expression,
        ...(values.length && { values: [...values] }),
      })
    else if (operator === 'gt' || operator === 'lt')
      throw new CommandError(`${goQuote(operator)} isn't supported in label selectors`)
    else throw new CommandError(`${goQuote(operator)} is not a valid label selector operator`)
  }
  return selector
}

/** Equality and set selectors over an object that only stands in a file. */
export function matchesLabels(selector: string, labels: Record<string, string> = {}): boolean {
  return selector.split(/,(?![^(]*\))/).every(part => {
    const set = /^\s*([\w./-]+)\s+(in|notin)\s*\(([^)]*)\)\s*$/.exec(part)
    if (set) {
      const value = labels[set[1]!]
      const has = value !== undefined && set[3]!.split(',').some(v => v.trim() === value)
      return set[2] === 'in' ? has : !has
    }
    const equal = /^\s*([\w./-]+)\s*(!=|==|=)\s*([\w.-]*)\s*$/.exec(part)
    if (equal) return (labels[equal[1]!] === equal[3]) === (equal[2] !== '!=')
    const exists = /^\s*(!?)\s*([\w./-]+)\s*$/.exec(part)
    return !!exists && (labels[exists[2]!] !== undefined) !== (exists[1] === '!')
  })
}
