// What the API says of the field at the caret: for hovering, and for whoever asks by keyboard.
import { elementOf, typeName } from '../../kinds/type-name.ts'
import type { Known } from './known.ts'
import { at } from './node.ts'
import { placeAt } from './place.ts'
import { subjectAt } from './subject.ts'

export interface FieldAbout {
  /** What it is about, in the text. */
  readonly from: number
  readonly to: number
  /** `deployment.spec.replicas`, as kubectl explain is asked. */
  readonly field: string
  /** `<integer>`. */
  readonly type: string
  readonly required: boolean
  readonly values: readonly string[]
  readonly default?: string | number
  readonly text: string
}

/** Of a description in the words of the API: up to the first full stop, without what programs are told. */
export function firstSentence(description: string): string {
  const first = /^.*?[.:!?](?=\s|$)(?<!\b(?:e\.g|i\.e|etc)\.)/s.exec(description)?.[0] ?? description
  return first.length > 200 ? `${first.slice(0, 199).trimEnd()}…` : first
}

/** The field whose key or value the offset is in; undefined where there is none, or nothing is known of it. */
export function describeAt(text: string, offset: number, known: Known): FieldAbout | undefined {
  const place = placeAt(text, offset)
  if (!place || place.from === place.to) return undefined
  const key =
    place.what === 'key' ? place.node?.entries.find(each => each.from === place.from)?.key : undefined
  const whole = key === undefined ? place.path : [...place.path, key]
  const { steps, root, path, object, type } = subjectAt(place.root, whole, known)
  const step = steps.at(-1)
  if (!root || !type || !step) return undefined
  const kind = String(at(object, 'kind'))
  const names = path.filter(each => typeof each === 'string')
  const fields = names.slice(0, names.lastIndexOf(step.field.name) + 1)
  const inner = elementOf(step.field.type)
  const own = known.describe(step.owner, step.field.name)
  const described = path.length === 1 && path[0] === 'kind' ? known.describe(root) : own
  return {
    from: place.from,
    to: place.to,
    field: [kind.toLowerCase(), ...fields].join('.'),
    type: typeName(step.field.type),
    required: step.field.required,
    values: 'values' in inner && Array.isArray(inner.values) ? inner.values : [],
    ...(step.field.default !== undefined && { default: step.field.default }),
    text: described || (inner.form === 'struct' ? known.describe(inner) : ''),
  }
}
