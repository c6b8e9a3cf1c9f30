// wc: lines, words and bytes.
import { byteLength } from '../../engine/bytes.ts'
import type { Readable } from '../../engine/pipe.ts'
import type { Task } from '../../engine/task.ts'
import { Turns } from '../../engine/turns.ts'
import { tool } from '../command.ts'
import { open } from './input.ts'
import { parseOptions } from './options.ts'

/** To look at a character, four times. */
const characterSteps = 10

/** Lines, words, bytes, characters, and the length of the longest line. */
function* counted(source: Readable): Task<Record<string, number>> {
  let [l, w, c, m, L] = [0, 0, 0, 0, 0]
  let line = 0
  let within = false
  const turns = new Turns()
  for (let text = yield* source.read(); text !== undefined; text = yield* source.read()) {
    c += byteLength(text)
    m += text.length - (text.match(/[\ud800-\udbff]/g)?.length ?? 0)
    // A word or a line that the piece before began goes on.
    w += (text.match(/\S+/g)?.length ?? 0) - (within && /^\S/.test(text) ? 1 : 0)
    within = /\S$/.test(text)
    const [first = '', ...others] = text.split('\n')
    l += others.length
    line += first.length
    L = Math.max(L, line)
    for (const each of others) {
      line = each.length
      L = Math.max(L, line)
    }
    turns.spend(text.length * characterSteps)
    if (turns.over) yield* turns.rest()
  }
  return { l, w, c, m, L }
}

export const wc = tool('wc', 'count lines, words and bytes', function* (process) {
  const options = parseOptions(process, 'lwcmL', { long: { lines: 'l', words: 'w', bytes: 'c', chars: 'm' } })
  const chosen = [...'lwmcL'].filter(letter => options.has(letter))
  const letters = chosen.length ? chosen : ['l', 'w', 'c']
  const { files, failed } = open(process, options.operands)
  const rows: { path: string; counts: number[]; size: number }[] = []
  for (const { path, source } of files) {
    const count = yield* counted(source)
    rows.push({ path, counts: letters.map(letter => count[letter]!), size: count.c! })
  }
  const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0)
  if (options.operands.length > 1)
    rows.push({ path: 'total', counts: letters.map((_, i) => sum(rows.map(row => row.counts[i]!))), size: 0 })
  // GNU's width: the digits of all sizes together; 7 for what has no size beforehand.
  const sized = String(sum(rows.map(row => row.size))).length
  const width =
    letters.length === 1 && rows.length === 1
      ? 1
      : options.operands.length && !options.operands.includes('-')
        ? sized
        : 7
  for (const { path, counts } of rows) {
    const label = options.operands.length ? ` ${path}` : ''
    process.stdout.write(`${counts.map(n => String(n).padStart(width)).join(' ')}${label}\n`)
  }
  return failed ? 1 : 0
})
