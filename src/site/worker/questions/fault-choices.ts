// What can be broken in the present world: each kind of fault with the nodes, pods or registries that it can be done to.
import type { Fault } from '../../../cluster/fault.ts'
import {
  choicesOf,
  type FaultType,
  faultTypes,
  isMomentary,
  mayBeAll,
  targetOf,
} from '../../../lesson/faults/kinds.ts'
import type { Question } from './question.ts'

export const faultChoices: Question<'fault-choices'> = ({ life }) => ({
  type: 'fault-choices',
  kinds: faultTypes.map(type => ({
    type,
    momentary: isMomentary(type),
    choices: [
      ...(mayBeAll(type) || !targetOf(type) ? [{ text: '', fault: { type } as Fault }] : []),
      ...choicesOf(type, life.world.cluster).map(text => ({ text, fault: faultOn(type, text) })),
    ],
  })),
})

/** As a command reads it. */
function faultOn(type: FaultType, target: string): Fault {
  const name = targetOf(type)!
  const [first = '', pod] = target.split('/')
  return { type, ...(pod ? { namespace: first, pod } : { [name]: target }) } as Fault
}
