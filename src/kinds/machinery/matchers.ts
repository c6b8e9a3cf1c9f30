// Label selectors made into tests once, for those who test many objects (controllers, scheduler, network).
import { ownValue } from '../../engine/dictionary.ts'
import type { LabelSelector } from '../schema/types.ts'

export type Labels = Record<string, string> | undefined
export type LabelTest = (labels: Labels) => boolean

/** Of labels or, with Gt and Lt too, of nodes. */
interface Requirement {
  readonly key: string
  readonly operator: string
  readonly values?: readonly string[]
}

const nothing: LabelTest = () => false
const known = new WeakMap<object, LabelTest>()

/** LabelSelectorAsSelector: an absent selector matches nothing, an empty one everything. */
export function selectorMatcher(selector: LabelSelector | undefined): LabelTest {
  if (!selector) return nothing
  let test = known.get(selector)
  if (!test) known.set(selector, (test = makeTest(selector)))
  return test
}

function makeTest({ matchLabels, matchExpressions: requirements = [] }: LabelSelector): LabelTest {
  return labels => matchesMap(matchLabels, labels) && requirements.every(r => matchesOne(r, labels))
}

export function matchesOne({ key, operator, values = [] }: Requirement, labels: Labels): boolean {
  const value = ownValue(labels, key)
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value)
    case 'NotIn':
      return value === undefined || !values.includes(value)
    case 'Exists':
      return value !== undefined
    case 'DoesNotExist':
      return value === undefined
    case 'Gt':
      return value !== undefined && Number(value) > Number(values[0])
    case 'Lt':
      return value !== undefined && Number(value) < Number(values[0])
    default:
      return false
  }
}

/** Do the labels carry every pair of the map? An empty map is carried by all. */
export function matchesMap(map: Record<string, string> | undefined, labels: Labels): boolean {
  for (const key in map) if (ownValue(labels, key) !== map[key]) return false
  return true
}
