// TaintNodesByCondition: a new node takes no pods until the node lifecycle controller has seen it ready.
// plugin/pkg/admission/nodetaint/admission.go.
import type { AnyObject } from '../../kinds/object.ts'
import type { Admission } from './admission.ts'

const taint = { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' }

export const nodeTaint: Admission = {
  name: 'TaintNodesByCondition',
  resources: ['nodes'],
  admit({ operation, object: { spec } }) {
    if (operation !== 'CREATE') return
    const taints: AnyObject[] = spec.taints ?? []
    if (!taints.some(({ key, effect }) => key === taint.key && effect === taint.effect))
      spec.taints = [...taints, { ...taint }]
  },
}
