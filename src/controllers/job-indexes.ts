// Sets of completion indexes as an Indexed job writes them: `0,2-4,7`. Rules: pkg/controller/job/indexed_job_utils.go.
import type { Pod } from './pods.ts'

export const indexAnnotation = 'batch.kubernetes.io/job-completion-index'
export const failureCountAnnotation = 'batch.kubernetes.io/job-index-failure-count'

export function parseIndexes(text: string | undefined, completions: number): Set<number> {
  const indexes = new Set<number>()
  for (const part of (text ?? '').split(',').filter(Boolean)) {
    const [from, to = from] = part.split('-').map(Number) as [number, number?]
    for (let i = from; i <= Math.min(to, completions - 1); i++) indexes.add(i)
  }
  return indexes
}

export function formatIndexes(indexes: ReadonlySet<number>): string {
  const sorted = [...indexes].sort((a, b) => a - b)
  const parts: string[] = []
  for (let i = 0; i < sorted.length; ) {
    let end = i
    while (sorted[end + 1] === sorted[end]! + 1) end++
    parts.push(end === i ? `${sorted[i]}` : `${sorted[i]}-${sorted[end]}`)
    i = end + 1
  }
  return parts.join(',')
}

/** The index of a pod; undefined where it has none. */
export function indexOf(pod: Pod): number | undefined {
  const text = pod.metadata.annotations?.[indexAnnotation]
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined
}

/** The lowest indexes that no pod works on and that are not done. */
export function pendingIndexes(
  count: number,
  completions: number,
  taken: readonly ReadonlySet<number>[],
): number[] {
  const pending: number[] = []
  for (let i = 0; i < completions && pending.length < count; i++)
    if (!taken.some(set => set.has(i))) pending.push(i)
  return pending
}
