// RuntimeClass: what a pod's class adds to it. plugin/pkg/admission/runtimeclass/admission.go.
import { ownValue } from '../../engine/dictionary.ts'
import { equal } from '../../kinds/machinery/equality.ts'
import type { Pod, RuntimeClass } from '../../kinds/schema/types.ts'
import { type AdmissionOf, type Review, refuse } from './admission.ts'

export const runtimeClass: AdmissionOf<'pods'> = {
  name: 'RuntimeClass',
  resources: ['pods'],
  admit(review) {
    const { operation, object, subresource } = review
    if (operation !== 'CREATE' || subresource) return
    const { spec } = object
    const found = classOf(review)
    setOverhead(review, found)
    const { nodeSelector = {}, tolerations = [] } = found?.scheduling ?? {}
    for (const [key, value] of Object.entries(nodeSelector)) {
      const given = ownValue(spec.nodeSelector, key)
      if (given !== undefined && given !== value)
        throw refuse(
          review,
          `conflict: runtimeClass.scheduling.nodeSelector[${key}] = ${value}, pod.spec.nodeSelector[${key}] = ${given}`,
        )
    }
    if (Object.keys(nodeSelector).length) spec.nodeSelector = { ...nodeSelector, ...spec.nodeSelector }
    const added = tolerations.filter(t => !spec.tolerations?.some(own => equal(own, t)))
    if (added.length) spec.tolerations = [...(spec.tolerations ?? []), ...added]
  },
}

function classOf(review: Review<Pod>): RuntimeClass | undefined {
  const { runtimeClassName: name } = review.object.spec
  if (!name) return undefined
  const found = review.call.server.lookup('runtimeclasses.node.k8s.io', undefined, name)
  if (!found) throw refuse(review, `pod rejected: RuntimeClass "${name}" not found`)
  return found
}

/** A pod's overhead is its class's, and nobody else's. */
function setOverhead(review: Review<Pod>, found: RuntimeClass | undefined): void {
  const { spec } = review.object
  const overhead = found?.overhead?.podFixed
  const given = Object.keys(spec.overhead ?? {}).length > 0
  if (overhead) {
    if (given && !equal(spec.overhead, overhead))
      throw refuse(review, "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead")
    spec.overhead = { ...overhead }
  } else if (given)
    throw refuse(review, 'pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead')
}
