import { always, type Filter, unresolvable } from './filter.ts'

/** NodeName: a pod that names its node fits no other. */
export const nodeName: Filter = {
  name: 'NodeName',
  wakes: { node: always },
  prepare({ pod }) {
    const wanted = pod.spec.nodeName
    if (!wanted) return undefined
    return node =>
      node.name === wanted ? undefined : unresolvable("node(s) didn't match the requested node name")
  },
}
