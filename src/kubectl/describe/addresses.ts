// kubectl describe of ServiceCIDR and IPAddress.

import type { Condition, IPAddress, ServiceCIDR } from '../../kinds/schema/types.ts'
import { annotations, type Describer, events, labels, longTime } from './parts.ts'

export const describeServiceCIDR: Describer<ServiceCIDR> = (object, d) => {
  const { w } = d
  const { metadata, spec, status } = object
  w.line(0, 'Name:', metadata.name)
  labels(w, 'Labels', metadata.labels)
  annotations(w, 'Annotations', metadata.annotations)
  w.line(0, 'CIDRs:', (spec.cidrs ?? []).join(', '))
  const conditions: readonly Condition[] = status.conditions ?? []
  if (conditions.length) {
    w.line(0, 'Status:')
    w.line(0, 'Conditions:')
    w.line(1, 'Type', 'Status', 'LastTransitionTime', 'Reason', 'Message')
    w.line(1, '----', '------', '------------------', '------', '-------')
    for (const { type, status: value, lastTransitionTime, reason, message } of conditions)
      w.line(1, type, value, longTime(lastTransitionTime), reason, message)
  }
  events(object, d)
}

export const describeIPAddress: Describer<IPAddress> = (object, d) => {
  const { w } = d
  const { metadata, spec } = object
  w.line(0, 'Name:', metadata.name)
  labels(w, 'Labels', metadata.labels)
  annotations(w, 'Annotations', metadata.annotations)
  const { parentRef } = spec
  if (parentRef) {
    w.line(0, 'Parent Reference:')
    for (const part of ['group', 'resource', 'namespace', 'name'] as const)
      w.line(1, `${part[0]!.toUpperCase()}${part.slice(1)}:`, parentRef[part] ?? '')
  }
  events(object, d)
}
