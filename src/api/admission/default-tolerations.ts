// DefaultTolerationSeconds: pods bear a node that is not ready or unreachable for five minutes.
// plugin/pkg/admission/defaulttolerationseconds/admission.go.
import type { AnyObject } from '../../kinds/object.ts'
import type { Admission } from './admission.ts'

const taints = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable']

export const defaultTolerations: Admission = {
  name: 'DefaultTolerationSeconds',
  resources: ['pods'],
  admit({ operation, object, subresource }) {
    if (subresource || operation === 'DELETE') return
    const { spec } = object
    const tolerations: AnyObject[] = spec.tolerations ?? []
    const missing = taints.filter(
      taint =>
        !tolerations.some(
          ({ key, effect }) => (key === taint || !key) && (effect === 'NoExecute' || !effect),
        ),
    )
    if (missing.length)
      spec.tolerations = [
        ...tolerations,
        ...missing.map(key => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 })),
      ]
  },
}
