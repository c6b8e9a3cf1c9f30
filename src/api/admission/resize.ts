// A resize of a pod must fit on its node: what the recordings show of the resize subresource (scenarios/03-pod/10-resize).
import { quantityMilliValue, quantityValue } from '../../kinds/machinery/quantity.ts'
import { type AdmissionOf, refuse } from './admission.ts'
import { podResources } from './limit-ranger.ts'

const measures = { cpu: quantityMilliValue, memory: quantityValue }

export const podResize: AdmissionOf<'pods'> = {
  name: 'PodResize',
  resources: ['pods'],
  validate(review) {
    const { call, object, subresource } = review
    if (subresource !== 'resize' || !object.spec.nodeName) return
    const allocatable = call.server.lookup('nodes', undefined, object.spec.nodeName)?.status?.allocatable
    if (!allocatable) return
    const { requests } = podResources(object.spec)
    for (const [name, measure] of Object.entries(measures)) {
      const [requested, there] = [measure(requests[name] ?? '0'), measure(allocatable[name] ?? '0')]
      if (requested > there)
        throw refuse(
          review,
          `node didn't have enough allocatable resources: ${name}, requested: ${requested}, allocatable: ${there}`,
        )
    }
  },
}
