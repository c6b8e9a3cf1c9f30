// DefaultTolerationSeconds: pods bear a node that is not ready or unreachable for five minutes.
// plugin/pkg/admission/defaulttolerationseconds/admission.go.
import type { AdmissionOf } from './admission.ts'

/** The same for all pods, which share them. */
const defaults = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'].map(key => ({
  key,
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds: 300,
}))

export const defaultTolerations: AdmissionOf<'pods'> = {
  name: 'DefaultTolerationSeconds',
  resources: ['pods'],
  admit({ operation, object, subresource }) {
    if (subresource || operation === 'DELETE') return
    const { spec } = object
    const tolerations = spec.tolerations ?? []
    const missing = defaults.filter(
      taint =>
        !tolerations.some(
          ({ key, effect }) => (key === taint.key || !key) && (effect === 'NoExecute' || !effect),
        ),
    )
    if (missing.length) spec.tolerations = [...tolerations, ...missing]
  },
}
