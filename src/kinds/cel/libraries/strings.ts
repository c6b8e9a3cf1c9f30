// Strings beyond the core: cel-go/ext/strings.go in version 2, as Kubernetes has it.
import { TooManySteps } from '../../../engine/expressions/errors.ts'
import { expression } from '../../../engine/expressions/expression.ts'
import { goQuote } from '../../machinery/quote.ts'
import { jsonValue } from '../values.ts'
import { fail, type Library, Namespace } from './library.ts'

class Strings extends Namespace {}

export const strings: Library = environment => {
  environment
    .registerFunction('string.charAt(int): string', (text: string, at: bigint) => {
      const list = [...text]
      if (at < 0n || at > BigInt(list.length)) fail(`index out of range: ${at}`)
      return list[Number(at)] ?? ''
    })
    .registerFunction('string.replace(string, string): string', (text: string, from: string, to: string) =>
      text.replaceAll(from, () => to),
    )
    .registerFunction(
      'string.replace(string, string, int): string',
      (text: string, from: string, to: string, limit: bigint) => {
        if (limit < 0n) return text.replaceAll(from, () => to)
        let left = Number(limit)
        return text.replaceAll(from, found => (left-- > 0 ? to : found))
      },
    )
    .registerFunction('string.reverse(): string', (text: string) => [...text].reverse().join(''))
    .registerFunction('string.format(list): string', format)
    .registerType('StringsNamespace', Strings)
    .registerConstant('strings', 'StringsNamespace', new Strings())
    .registerFunction('StringsNamespace.quote(string): string', (_: Strings, text: string) => goQuote(text))
    .registerFunction('matches(string, string): bool', (text: string, pattern: string) => {
      try {
        return expression(pattern, 'perl').test(text)
      } catch (error) {
        if (error instanceof TooManySteps) return fail('operation cancelled: actual cost limit exceeded')
        return fail(`error parsing regexp: ${pattern}`)
      }
    })
}

/** `%s`, `%d`, `%f` with a precision, `%e`, `%x`, `%X`, `%o`, `%b`: ext/formatting.go. */
function format(text: string, values: unknown[]): string {
  let next = 0
  return text.replace(
    /%(?:%|(?:\.(\d+))?([a-zA-Z]))/g,
    (all, precision: string | undefined, verb: string) => {
      if (all === '%%') return '%'
      if (next >= values.length) fail(`index ${next} out of range`)
      const value = values[next++]
      switch (verb) {
        case 's':
          return formatted(value)
        case 'd':
          return String(value)
        case 'f':
          return Number(value).toFixed(precision === undefined ? 6 : Number(precision))
        case 'e':
          return Number(value).toExponential(precision === undefined ? 6 : Number(precision))
        case 'x':
        case 'X': {
          const hex =
            typeof value === 'string'
              ? [...value].map(c => c.codePointAt(0)!.toString(16)).join('')
              : (value as bigint).toString(16)
          return verb === 'X' ? hex.toUpperCase() : hex
        }
        case 'o':
          return (value as bigint).toString(8)
        case 'b':
          return typeof value === 'boolean' ? (value ? '1' : '0') : (value as bigint).toString(2)
        default:
          return fail(`could not parse formatting clause: unrecognized formatting clause "${verb}"`)
      }
    },
  )
}

function formatted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(formatted).join(', ')}]`
  if (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${fields.map(([name, field]) => `${name}: ${formatted(field)}`).join(', ')}}`
  }
  return String(jsonValue(value))
}
