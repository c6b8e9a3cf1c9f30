// TaintNodesByCondition: a new node takes no pods until the node lifecycle controller has seen it ready.
// plugin/pkg/admission/nodetaint/admission.go.
import type { AdmissionOf } from './admission.ts'

const taint = { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' }

export const nodeTaint: AdmissionOf<'nodes'> = {
  name: 'TaintNodesByCondition',
  resources: ['nodes'],
  admit({ operation, object: { spec } }) {
    if (operation !== 'CREATE') return
    const taints = spec.taints ?? []
    if (!taints.some(({ key, effect }) => key === taint.key && effect === taint.effect))
      spec.taints = [...taints, { ...taint }]
  },
}
