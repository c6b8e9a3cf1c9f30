// NodeAffinity: the node selector and the required node affinity of a pod.
import { requiredNodeAffinity } from '../../kinds/machinery/node-matching.ts'
import { type Filter, unresolvable } from './filter.ts'

export const nodeAffinity: Filter = {
  name: 'NodeAffinity',
  wakes: { node: (node, { pod }) => requiredNodeAffinity(pod.spec)?.(node) !== false },
  prepare({ pod }) {
    const fits = requiredNodeAffinity(pod.spec)
    if (!fits) return undefined
    return ({ node }) =>
      fits(node) ? undefined : unresolvable("node(s) didn't match Pod's node affinity/selector")
  },
}
