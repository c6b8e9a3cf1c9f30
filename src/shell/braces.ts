// Brace expansion: `a{b,c}d` and `{1..3}`; only what stands unquoted counts.
import { hold, MemoryExhausted } from '../engine/holding.ts'
import type { Part, Word } from './syntax.ts'

/** More words than this no memory holds. */
const mostWords = 200_000
/** Braces in braces. */
const deepest = 100

/** Unquoted characters each on their own, everything else as it is. */
type Row = readonly (string | Part)[]

/** A brace that is closed, and the commas that divide what is in it. */
interface Brace {
  readonly close: number
  readonly commas: readonly number[]
}

export function expandBraces(word: Word): Word[] {
  if (!word.some(part => part.type === 'text' && !part.quoted && part.text.includes('{'))) return [word]
  const row: Row = word.flatMap((part): (string | Part)[] =>
    part.type === 'text' && !part.quoted ? [...part.text] : [part],
  )
  const braces = closed(row)
  return expand(row, 0, row.length, braces, 0).map(join)
}

function closed(row: Row): ReadonlyMap<number, Brace> {
  const found = new Map<number, Brace>()
  const open: { at: number; commas: number[] }[] = []
  for (const [i, c] of row.entries()) {
    if (c === '{') open.push({ at: i, commas: [] })
    else if (c === ',') open.at(-1)?.commas.push(i)
    else if (c === '}') {
      const last = open.pop()
      if (last) found.set(last.at, { close: i, commas: last.commas })
    }
  }
  return found
}

/** The words that a piece of the row stands for. */
function expand(
  row: Row,
  from: number,
  to: number,
  braces: ReadonlyMap<number, Brace>,
  level: number,
): Row[] {
  if (level > deepest) throw new MemoryExhausted()
  let words: Row[] = [[]]
  const times = (choices: readonly Row[]): void => {
    const [first = [], choice = []] = [words[0], choices[0]]
    const count = words.length * choices.length
    if (count > mostWords) throw new MemoryExhausted()
    hold(count * (first.length + choice.length))
    words = words.flatMap(word => choices.map(each => [...word, ...each]))
  }
  let at = from
  for (let open = row.indexOf('{', from); open >= 0 && open < to; open = row.indexOf('{', open + 1)) {
    const brace = braces.get(open)
    if (!brace) continue
    const { close, commas } = brace
    const choices = commas.length
      ? [open, ...commas].flatMap((before, i) =>
          expand(row, before + 1, commas[i] ?? close, braces, level + 1),
        )
      : range(row.slice(open + 1, close))
    if (!choices) continue
    times([row.slice(at, open)])
    times(choices)
    at = close + 1
    open = close
  }
  times([row.slice(at, to)])
  return words
}

function range(inner: Row): string[][] | undefined {
  if (inner.length > 60 || !inner.every(c => typeof c === 'string')) return undefined
  const match = /^(?:(-?\d+)\.\.(-?\d+)|([a-zA-Z])\.\.([a-zA-Z]))(?:\.\.(-?\d+))?$/.exec(inner.join(''))
  if (!match) return undefined
  const letters = match[3] !== undefined
  const from = letters ? match[3]!.charCodeAt(0) : Number(match[1])
  const to = letters ? match[4]!.charCodeAt(0) : Number(match[2])
  const step = Math.abs(Number(match[5] ?? 1)) || 1
  if (Math.abs(to - from) / step > mostWords) throw new MemoryExhausted()
  const width =
    /^-?0\d/.test(match[1] ?? '') || /^-?0\d/.test(match[2] ?? '')
      ? Math.max(match[1]!.length, match[2]!.length)
      : 0
  const out: string[][] = []
  for (let i = from; from <= to ? i <= to : i >= to; i += from <= to ? step : -step)
    out.push([letters ? String.fromCharCode(i) : String(i).padStart(width, '0')])
  return out
}

function join(row: Row): Word {
  const parts: Part[] = []
  for (const item of row) {
    const last = parts.at(-1)
    if (typeof item !== 'string') parts.push(item)
    else if (last?.type === 'text' && !last.quoted)
      parts[parts.length - 1] = { ...last, text: last.text + item }
    else parts.push({ type: 'text', text: item, quoted: false })
  }
  return parts
}
