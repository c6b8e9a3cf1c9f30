// Priority: resolves priorityClassName to the number. plugin/pkg/admission/priority/admission.go.
import type { PriorityClass } from '../../kinds/schema/types.ts'
import type { Call } from '../call.ts'
import { type Admission, isAbout, refuse } from './admission.ts'

const classes = 'priorityclasses.scheduling.k8s.io'

export const priority: Admission = {
  name: 'Priority',
  resources: ['pods', classes],
  admit(review) {
    const { operation, subresource } = review
    if (subresource || operation === 'DELETE' || !isAbout(review, 'pods')) return
    const { call, object, old } = review
    const { spec } = object
    if (operation === 'UPDATE') {
      // What was resolved at the create stays where the client left it out.
      if (spec.priority === undefined && old?.spec.priority !== undefined) spec.priority = old.spec.priority
      if (spec.preemptionPolicy === undefined && old?.spec.preemptionPolicy)
        spec.preemptionPolicy = old.spec.preemptionPolicy
      return
    }
    const found = spec.priorityClassName
      ? call.server.lookup(classes, undefined, spec.priorityClassName)
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
    if (review.operation === 'DELETE' || !isAbout(review, classes) || !review.object.globalDefault) return
    const { call, object } = review
    const other = defaultClass(call)
    if (other && other.metadata.name !== object.metadata.name)
      throw refuse(
        review,
        `PriorityClass ${other.metadata.name} is already marked as default. Only one default can exist`,
      )
  },
}

/** The default class; of several, as from older times, the one of the lowest value. */
function defaultClass({ server }: Call): PriorityClass | undefined {
  let found: PriorityClass | undefined
  for (const { object } of server.store.table(classes).list())
    if (object.globalDefault && (!found || object.value < found.value)) found = object
  return found
}
