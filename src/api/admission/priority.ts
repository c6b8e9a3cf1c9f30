// Priority: resolves priorityClassName to the number. plugin/pkg/admission/priority/admission.go.
import type { AnyObject } from '../../kinds/object.ts'
import type { Call } from '../call.ts'
import { type Admission, refuse } from './admission.ts'

export const priority: Admission = {
  name: 'Priority',
  resources: ['pods', 'priorityclasses.scheduling.k8s.io'],
  admit(review) {
    const { call, operation, object, old, subresource } = review
    if (call.resource.table !== 'pods' || subresource || operation === 'DELETE') return
    const { spec } = object
    if (operation === 'UPDATE') {
      // What was resolved at the create stays where the client left it out.
      if (spec.priority === undefined && old?.spec.priority !== undefined) spec.priority = old.spec.priority
      if (spec.preemptionPolicy === undefined && old?.spec.preemptionPolicy)
        spec.preemptionPolicy = old.spec.preemptionPolicy
      return
    }
    const found = spec.priorityClassName
      ? call.server.lookup('priorityclasses.scheduling.k8s.io', undefined, spec.priorityClassName)
      : defaultClass(call)
    if (!found && spec.priorityClassName)
      throw refuse(review, `no PriorityClass with name ${spec.priorityClassName} was found`)
    if (found) spec.priorityClassName = found.metadata.name
    const value = found?.value ?? 0
    if (spec.priority !== undefined && spec.priority !== value)
      throw refuse(
        review,
        `the integer value of priority (${spec.priority}) must not be provided in pod spec; priority admission controller computed ${value} from the given PriorityClass name`,
      )
    spec.priority = value
    const policy = found?.preemptionPolicy ?? 'PreemptLowerPriority'
    if (spec.preemptionPolicy && spec.preemptionPolicy !== policy)
      throw refuse(
        review,
        `the string value of PreemptionPolicy (${spec.preemptionPolicy}) must not be provided in pod spec; priority admission controller computed ${policy} from the given PriorityClass name`,
      )
    spec.preemptionPolicy = policy
  },
  validate(review) {
    const { call, operation, object } = review
    if (call.resource.table === 'pods' || operation === 'DELETE' || !object.globalDefault) return
    const other = defaultClass(call)
    if (other && other.metadata.name !== object.metadata.name)
      throw refuse(
        review,
        `PriorityClass ${other.metadata.name} is already marked as default. Only one default can exist`,
      )
  },
}

/** The default class; of several, as from older times, the one of the lowest value. */
function defaultClass({ server }: Call): AnyObject | undefined {
  let found: AnyObject | undefined
  for (const { object } of server.store.table('priorityclasses.scheduling.k8s.io').list())
    if (object.globalDefault && (!found || object.value < found.value)) found = object
  return found
}
