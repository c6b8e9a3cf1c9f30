// wc: lines, words and bytes.
import { byteLength } from '../../engine/bytes.ts'
import { readAll } from '../../engine/pipe.ts'
import { tool } from '../command.ts'
import { open } from './input.ts'
import { parseOptions } from './options.ts'

export const wc = tool('wc', 'count lines, words and bytes', function* (process) {
  const options = parseOptions(process, 'lwcmL', { long: { lines: 'l', words: 'w', bytes: 'c', chars: 'm' } })
  const chosen = [...'lwmcL'].filter(letter => options.has(letter))
  const letters = chosen.length ? chosen : ['l', 'w', 'c']
  const { files, failed } = open(process, options.operands)
  const rows: { path: string; counts: number[]; size: number }[] = []
  for (const { path, source } of files) {
    const text = yield* readAll(source)
    const size = byteLength(text)
    const count: Record<string, () => number> = {
      l: () => text.split('\n').length - 1,
      w: () => text.split(/\s+/).filter(Boolean).length,
      c: () => size,
      m: () => [...text].length,
      L: () => Math.max(0, ...text.split('\n').map(line => line.length)),
    }
    rows.push({ path, counts: letters.map(letter => count[letter]!()), size })
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
