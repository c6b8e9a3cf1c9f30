import { tolerates } from '../../kinds/machinery/node-matching.ts'
import type { Taint } from '../../kinds/schema/types.ts'
import { normalize, type Score } from './score.ts'

/** TaintToleration: nodes with few PreferNoSchedule taints that the pod does not tolerate. */
export const taints: Score = {
  name: 'TaintToleration',
  weight: 3,
  of({ tolerations }, nodes) {
    const able = tolerations.filter(t => !t.effect || t.effect === 'PreferNoSchedule')
    const counts = nodes.map(
      ({ node }) =>
        (node.spec?.taints ?? []).filter((t: Taint) => t.effect === 'PreferNoSchedule' && !tolerates(able, t))
          .length,
    )
    return normalize(counts, true)
  },
}
