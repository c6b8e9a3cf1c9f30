// How often the simulator was held against a real cluster, and how often it answered the same: the committed figures of
// the conformance run (tests/conformance.json).
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Figures {
  readonly seeds: readonly number[]
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

const read = <T>(file: string): T => JSON.parse(readFileSync(join(process.cwd(), 'tests', file), 'utf8'))

/** Every area with the worst of the seeds; the Kubernetes that was recorded; why what differs does so, most frequent first. */
export function conformance() {
  const { seeds, areas: figures } = read<Figures>('conformance.json')
  const { gitVersion } = read<{ gitVersion: string }>('reference/cluster/version.json')
  const reasons = Object.values(read<Record<string, string>>('conformance-reasons.json'))
  return {
    seeds,
    version: gitVersion.replace(/^v/, ''),
    areas: Object.entries(figures).map(([name, { matched, total }]) => ({
      name,
      same: Math.min(...matched),
      total,
    })),
    reasons: [...Map.groupBy(reasons, each => each)]
      .map(([reason, { length }]) => ({ reason, n: length }))
      .sort((a, b) => b.n - a.n),
  }
}

export function recorded(): { same: number; total: number } {
  const figures = read<Figures>('conformance.json').areas
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
