// successPolicy: which indexes are enough for an Indexed job. Rules: pkg/controller/job/success_policy.go.
import type { JobSpec } from '../kinds/schema/types.ts'
import { parseIndexes } from './job-indexes.ts'

/** The message of the rule that the indexes which succeeded fulfil. */
export function matchedRule(
  spec: Pick<JobSpec, 'completions' | 'successPolicy'>,
  succeeded: ReadonlySet<number>,
): string | undefined {
  if (succeeded.size === 0) return undefined
  for (const [i, { succeededIndexes, succeededCount }] of (spec.successPolicy?.rules ?? []).entries()) {
    const named =
      succeededIndexes === undefined ? undefined : parseIndexes(succeededIndexes, spec.completions ?? 0)
    // A rule that names no index at all is none.
    if (named?.size === 0) continue
    const count = named ? [...named].filter(index => succeeded.has(index)).length : succeeded.size
    if (count >= (succeededCount ?? named?.size ?? Number.POSITIVE_INFINITY))
      return `Matched rules at index ${i}`
  }
  return undefined
}
