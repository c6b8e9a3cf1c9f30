// npm run timelines -- [--only TEXT] [--show]
//
// Holds the world against tests/reference/timelines: runs the same commands at the same moments and compares, object by
// object, the states that each passes through, who wrote them, how far apart they are, and the events about it. Prints
// what deviates with every seed, and why (tests/timelines.json, to which tests/timelines.test.ts holds it); --show also
// how, and what agrees with another seed only.
import { readdirSync, readFileSync } from 'node:fs'
import { readOptions } from './lib/options.ts'
import { factor, slackMs } from './timelines/compare.ts'
import { folder, judge } from './timelines/judge.ts'

const { values: options } = readOptions(import.meta.filename, {
  options: { only: { type: 'string', default: '' }, show: { type: 'boolean', default: false } },
})
const reasons: Record<string, Record<string, string>> = JSON.parse(
  readFileSync(new URL('../tests/timelines.json', import.meta.url), 'utf8'),
)
const row = (...cells: (string | number)[]) =>
  console.log(cells.map((cell, i) => (i ? String(cell).padStart(14) : String(cell).padEnd(28))).join(''))
const total = [0, 0, 0, 0]
const listed: string[] = []

console.log(`Distances may differ by a factor of ${factor} or by ${slackMs / 1000} s.`)
row('', 'objects', 'agree', 'with a seed', 'deviate')
for (const file of readdirSync(folder).sort()) {
  const name = file.replace('.jsonl', '')
  if (!name.includes(options.only)) continue
  const verdicts = judge(name)
  const deviating = verdicts.filter(v => v.seed === undefined)
  const first = verdicts.filter(v => v.seed === 1).length
  const counts = [verdicts.length, first, verdicts.length - first - deviating.length, deviating.length]
  row(name, ...counts)
  for (const [i, count] of counts.entries()) total[i]! += count
  for (const { object } of deviating)
    listed.push(`✗ ${name}, ${object}: ${reasons[name]?.[object] ?? 'no reason is known yet'}`)
  if (!options.show) continue
  for (const { object, seed, differences } of verdicts)
    for (const [aspect, lines] of Object.entries(differences)) {
      console.log(`  ${seed ? `(agrees with seed ${seed})` : '✗'} ${object}: ${aspect}`)
      for (const line of lines) console.log(`      ${line}`)
    }
}
row('all', ...total)
for (const line of listed) console.log(line)
