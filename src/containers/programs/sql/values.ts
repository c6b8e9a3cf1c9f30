// The values of expressions: of one row, or of many together.
import { type Token, Wildcards } from '../../../engine/wildcards.ts'
import { type Session, SqlError, type Table } from './model.ts'
import type { Cell, Expression } from './parser.ts'

export const compare = (a: Cell, b: Cell): number => {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1
  const [x, y] = [Number(a), Number(b)]
  if (typeof a !== 'string' || typeof b !== 'string') if (!Number.isNaN(x) && !Number.isNaN(y)) return x - y
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0
}

/** LIKE: `%` stands for any text, `_` for one character, a backslash takes their meaning away. */
export function likeness(value: Cell, like: Cell, ignoreCase: boolean): boolean {
  const fold = (cell: Cell) => (ignoreCase ? String(cell).toLowerCase() : String(cell))
  const tokens = (fold(like).match(/\\[\s\S]|[\s\S]/gu) ?? []).map(
    (c): Token => (c === '%' ? 'any' : c === '_' ? 'one' : c.replace(/^\\(?=.)/su, '').codePointAt(0)!),
  )
  return new Wildcards(tokens).test(fold(value))
}

export const aggregates = new Set(['count', 'sum', 'avg', 'min', 'max'])

export function aggregate(
  name: string,
  by: Expression | undefined,
  rows: readonly (readonly Cell[])[],
  table: Table | undefined,
  session: Session,
): Cell {
  if (name === 'count' && (!by || by.type === 'star')) return rows.length
  const values = rows.map(row => evaluate(by!, row, table, session)).filter(value => value !== null)
  if (name === 'count') return values.length
  if (!values.length) return null
  const numbers = values.map(Number)
  const sum = numbers.reduce((a, b) => a + b, 0)
  if (name === 'sum') return sum
  if (name === 'avg') return sum / numbers.length
  const sorted = [...values].sort(compare)
  return name === 'max' ? sorted.at(-1)! : sorted[0]!
}

export function evaluate(
  expression: Expression,
  row: readonly Cell[],
  table: Table | undefined,
  session: Session,
): Cell {
  const of = (each: Expression) => evaluate(each, row, table, session)
  switch (expression.type) {
    case 'value':
      return expression.value
    case 'star':
      return null
    case 'column': {
      const index =
        table?.columns.findIndex(each => each.name.toLowerCase() === expression.name.toLowerCase()) ?? -1
      if (index >= 0) return row[index] ?? null
      throw new SqlError({ type: 'no-column', name: expression.name, at: expression.at })
    }
    case 'call': {
      const { name, args } = expression
      if (name === 'in' || name === 'not in') {
        const [value, ...list] = args.map(of)
        return list.some(each => compare(value!, each) === 0) === (name === 'in')
      }
      if (name === 'not') return !of(args[0]!)
      if (name === 'upper') return String(of(args[0]!)).toUpperCase()
      if (name === 'lower') return String(of(args[0]!)).toLowerCase()
      if (name === 'length' || name === 'char_length') return String(of(args[0]!)).length
      if (name === 'concat') return args.map(each => String(of(each))).join('')
      if (name === 'coalesce' || name === 'ifnull') return args.map(of).find(each => each !== null) ?? null
      const value = session.value(name)
      if (value === undefined) throw new SqlError({ type: 'unsupported', name: `${name}()` })
      return value
    }
    case 'operation': {
      const { mark } = expression
      const [a, b] = [of(expression.left), of(expression.right)]
      if (mark === 'is') return compare(a, b) === 0
      if (mark === 'not is') return compare(a, b) !== 0
      if (mark === 'and') return Boolean(a) && Boolean(b)
      if (mark === 'or') return Boolean(a) || Boolean(b)
      if (a === null || b === null) return null
      if (mark === '=') return compare(a, b) === 0
      if (mark === '<>' || mark === '!=') return compare(a, b) !== 0
      if (mark === '<') return compare(a, b) < 0
      if (mark === '>') return compare(a, b) > 0
      if (mark === '<=') return compare(a, b) <= 0
      if (mark === '>=') return compare(a, b) >= 0
      if (mark.endsWith('like'))
        return likeness(a, b, mark.includes('i') && mark !== 'like') !== mark.startsWith('not')
      if (mark === '||') return String(a) + String(b)
      const [x, y] = [Number(a), Number(b)]
      return mark === '+' ? x + y : mark === '-' ? x - y : mark === '*' ? x * y : mark === '/' ? x / y : x % y
    }
  }
}
