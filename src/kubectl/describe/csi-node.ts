// kubectl describe of CSINode: the storage drivers of a node.
import type { CSINode } from '../../kinds/schema/types.ts'
import { annotations, type Describer, events, labels, longTime } from './parts.ts'

export const describeCSINode: Describer<CSINode> = (object, d) => {
  const { w } = d
  const { metadata, spec } = object
  w.line(0, 'Name:', metadata.name)
  labels(w, 'Labels', metadata.labels)
  annotations(w, 'Annotations', metadata.annotations)
  w.line(0, 'CreationTimestamp:', longTime(metadata.creationTimestamp))
  w.line(0, 'Spec:')
  if (spec.drivers) w.line(1, 'Drivers:')
  for (const { name, nodeID, allocatable, topologyKeys } of spec.drivers ?? []) {
    w.line(2, `${name}:`)
    w.line(3, 'Node ID:', nodeID)
    if (allocatable?.count !== undefined) {
      w.line(3, 'Allocatables:')
      w.line(4, 'Count:', allocatable.count)
    }
    if (topologyKeys) w.line(3, 'Topology Keys:', `[${topologyKeys.join(' ')}]`)
  }
  events(object, d)
}
