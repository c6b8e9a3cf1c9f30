// DynamicResources: a pod's claims of devices, which no driver publishes here, so that none can be allocated.
import { type Filter, unresolvable } from './filter.ts'

export const dynamicResources: Filter = {
  name: 'DynamicResources',
  wakes: {},
  prepare({ pod }) {
    if (!pod.spec.resourceClaims?.length) return undefined
    return () => unresolvable('cannot allocate all claims')
  },
}
