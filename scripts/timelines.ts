// npm run timelines -- [--only TEXT] [--show] [--seed N]
// Holds the world against tests/reference/timelines: runs the same commands at the same moments and compares, object by
// object, the states that each passes through, who wrote them, how far apart they are, and the events about it.
// tests/timelines.test.ts holds the result against the deviations that are known.
import { readdirSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Aspect, aspects, compare } from './timelines/compare.ts'
import { endOf, readTimeline, recorded, simulated } from './timelines/play.ts'

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    show: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
  },
})
const folder = new URL('../tests/reference/timelines/', import.meta.url)
const total = { objects: 0, states: 0, writers: 0, distances: 0, events: 0 }
const row = (name: string, counts: typeof total) =>
  console.log(
    `${name.padEnd(32)} ${Object.values(counts)
      .map(n => String(n).padStart(9))
      .join(' ')}`,
  )

console.log(
  `${''.padEnd(32)} ${Object.keys(total)
    .map(n => n.padStart(9))
    .join(' ')}`,
)
for (const file of readdirSync(folder).sort()) {
  if (!file.includes(options.only)) continue
  const timeline = readTimeline(new URL(file, folder))
  const results = compare(recorded(timeline), simulated(timeline, Number(options.seed)), endOf(timeline))
  const counts: typeof total = { ...total, objects: results.length }
  for (const aspect of aspects) counts[aspect] = results.filter(r => !r.differences[aspect]).length
  for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += counts[key]
  if (options.show)
    for (const { object, differences } of results)
      for (const [aspect, lines] of Object.entries(differences) as [Aspect, string[]][]) {
        console.log(`✗ ${file} ${object}: ${aspect}`)
        for (const line of lines) console.log(`    ${line}`)
      }
  row(file.replace('.jsonl', ''), counts)
}
row('all', total)
