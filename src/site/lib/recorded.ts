// How often the simulator was held against a real cluster, and how often it answered the same: the committed figures of
// the conformance run (tests/conformance.json).
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Figures {
  readonly areas: Readonly<Record<string, { readonly matched: readonly number[]; readonly total: number }>>
}

/** Areas that hold each recorded command or request once. */
const areas = [
  'kubectl',
  'scenarios',
  'validation',
  'corpus/create',
  'corpus/update',
  'corpus/patch',
  'corpus/yaml',
]

export function recorded(): { same: number; total: number } {
  const file = join(process.cwd(), 'tests/conformance.json')
  const figures = (JSON.parse(readFileSync(file, 'utf8')) as Figures).areas
  let same = 0
  let total = 0
  for (const name of areas) {
    const area = figures[name]
    if (!area) throw new Error(`tests/conformance.json has no area ${name}`)
    same += Math.min(...area.matched)
    total += area.total
  }
  return { same, total }
}
