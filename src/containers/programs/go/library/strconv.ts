// package strconv
import { Float, GoErrorValue, type Package, pure, Tuple } from '../values.ts'

const syntax = (fn: string, text: string): GoErrorValue =>
  new GoErrorValue(`strconv.${fn}: parsing ${JSON.stringify(text)}: invalid syntax`)

const wholeNumber = (fn: string, text: string, base: number): Tuple => {
  const value = Number.parseInt(text, base || 10)
  const isRight =
    /^[+-]?[0-9a-z]+$/i.test(text) && Number.isSafeInteger(value) && (base !== 10 || /^[+-]?\d+$/.test(text))
  return isRight ? new Tuple([value, null]) : new Tuple([0, syntax(fn, text)])
}

export const strconv: Package = {
  values: {
    Itoa: pure(value => String(value)),
    Atoi: pure(text => wholeNumber('Atoi', text, 10)),
    ParseInt: pure((text, base) => wholeNumber('ParseInt', text, base)),
    FormatInt: pure((value: number, base) => value.toString(base)),
    ParseBool: pure(text => {
      if (/^(1|t|T|true|TRUE|True)$/.test(text)) return new Tuple([true, null])
      if (/^(0|f|F|false|FALSE|False)$/.test(text)) return new Tuple([false, null])
      return new Tuple([false, syntax('ParseBool', text)])
    }),
    FormatBool: pure(value => String(value)),
    ParseFloat: pure((text: string) => {
      const value = Number(text)
      return text.trim() === '' || Number.isNaN(value)
        ? new Tuple([new Float(0), syntax('ParseFloat', text)])
        : new Tuple([new Float(value), null])
    }),
    Quote: pure(text => JSON.stringify(text)),
  },
}
