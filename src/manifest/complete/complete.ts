// What may stand at the caret of a manifest that is being written: keys of the API's types, values, names of what there
// is. Works on text that is not whole and not right. Cost: one pass over the document; names cost a pass over the rest.
import { type FieldType, StructType, type ValueType } from '../../kinds/schema.ts'
import { typeName } from '../../kinds/type-name.ts'
import { firstSentence } from './describe.ts'
import type { Candidate, Completion, Known } from './known.ts'
import { labelsFor } from './labels.ts'
import { at, type Node } from './node.ts'
import type { Surroundings } from './objects.ts'
import { placeAt } from './place.ts'
import { plain } from './plain.ts'
import { referencedValues } from './references.ts'
import { type Subject, subjectAt } from './subject.ts'

/** Undefined: nothing is known of this place. */
export function complete(text: string, offset: number, known: Known): Completion | undefined {
  const place = placeAt(text, offset)
  if (!place || (place.what === 'value' && isCollection(place.node))) return undefined
  const subject = subjectAt(place.root, place.path, known)
  const around: Surroundings = { text, place, subject, known }
  const { from, to, what } = place
  const candidates = what === 'value' ? inValue(around) : what === 'key' ? inKey(around) : onLine(around)
  return candidates.length ? { from, to, candidates } : undefined
}

const isCollection = (node: Node | undefined): boolean => node?.kind === 'map' || node?.kind === 'list'

function inValue(around: Surroundings): Candidate[] {
  // Directly behind the colon there is no value yet.
  const { text, place } = around
  const lead = text[place.from - 1] === ':' ? ' ' : ''
  return values(around).map(each => ({ ...each, insert: lead + each.insert }))
}

function inKey(around: Surroundings): Candidate[] {
  const { text, place, subject } = around
  const colon = /^\s*:/.test(text.slice(place.to, place.to + 100))
  return keys(around, subject.type, name => `${name}${colon ? '' : ': '}`)
}

/** A line of its own: a key, the dash of an item, or a value below its key. */
function onLine(around: Surroundings): Candidate[] {
  const { place, subject } = around
  const { type } = subject
  const { node } = place
  const indent = ' '.repeat(place.column)
  if (type?.form === 'list') {
    if (node?.kind === 'map') return []
    const item = { ...around, place: { ...place, node: undefined } }
    const within = subjectAt(place.root, [...place.path, node?.entries.length ?? 0], around.known)
    const found =
      within.type?.form === 'struct' || within.type?.form === 'map'
        ? keys({ ...item, subject: within }, within.type, keyLine(`${indent}  `, place.opens))
        : place.opens
          ? []
          : values({ ...item, subject: within })
    return found.map(each => ({ ...each, insert: `- ${each.insert}` }))
  }
  if (node?.kind === 'list') return []
  if (type?.form === 'struct' || type?.form === 'map' || !subject.root)
    return keys(around, type, keyLine(indent, place.opens))
  return node || place.opens ? [] : values(around)
}

type Line = (name: string, type: ValueType | undefined) => string

/** A key and what it begins, as manifests are written: deeper by two, a list with its first dash. */
const keyLine =
  (indent: string, opens: boolean): Line =>
  (name, type) => {
    if (opens) return `${name}:`
    if (type?.form === 'list') return `${name}:\n${indent}  - `
    const deeper = type?.form === 'map' || (type?.form === 'struct' && type.fields.length > 0)
    return deeper ? `${name}:\n${indent}  ` : `${name}: `
  }

/** What the server fills in: no manifest has it. */
const ofServer = new Set(
  'creationTimestamp deletionGracePeriodSeconds deletionTimestamp generation managedFields resourceVersion selfLink uid'.split(
    ' ',
  ),
)

function isWritten(field: FieldType, subject: Subject): boolean {
  if (subject.path.length === 0 && field.name === 'status') return false
  return field.owner !== 'ObjectMeta' || !ofServer.has(field.name)
}

/** Keys that are not there yet, those that must be first. */
function keys(around: Surroundings, type: ValueType | undefined, line: Line): Candidate[] {
  const { place, subject, known } = around
  const there = new Set(place.node?.entries.flatMap(each => (each.from === place.from ? [] : each.key)))
  if (type?.form === 'map') return labels(around, there)
  if (!(type instanceof StructType)) return subject.path.length ? [] : firstKeys(there, line)
  const free = type.fields.filter(field => !there.has(field.name) && isWritten(field, subject))
  return free
    .sort((a, b) => Number(b.required) - Number(a.required))
    .map(field => ({
      label: field.name,
      insert: line(plain(field.name), field.type),
      sort: 'key' as const,
      type: typeName(field.type),
      ...(field.required && { required: true }),
      ...sentence(known.describe(type, field.name)),
    }))
}

const sentence = (description: string) => (description ? { text: firstSentence(description) } : {})

/** Of an object of which nothing is known yet. */
const firstKeys = (there: ReadonlySet<string | number>, line: Line): Candidate[] =>
  ['apiVersion', 'kind']
    .filter(name => !there.has(name))
    .map(name => ({
      label: name,
      insert: line(name, undefined),
      sort: 'key',
      type: 'string',
      required: true,
    }))

/** Keys of a map, each with its value where one is known. */
function labels(around: Surroundings, there: ReadonlySet<string | number>): Candidate[] {
  const { place, text } = around
  const alone = !/^\s*:/.test(text.slice(place.to, place.to + 100))
  return labelsFor(around)
    .filter(({ key }) => !there.has(key))
    .map(({ key, value, origin }) => ({
      label: alone && value !== undefined ? `${key}: ${value}` : key,
      insert: !alone
        ? plain(key)
        : place.opens
          ? `${plain(key)}:`
          : `${plain(key)}: ${value === undefined ? '' : plain(value)}`,
      sort: 'reference',
      ...(origin !== undefined && { origin }),
    }))
}

function values(around: Surroundings): Candidate[] {
  const { subject, known } = around
  const { type, path, object } = subject
  if (path.length === 1 && path[0] === 'kind') return kinds(known, String(at(object, 'apiVersion') ?? ''))
  if (path.length === 1 && path[0] === 'apiVersion') return versions(known, String(at(object, 'kind') ?? ''))
  if (!type) return []
  if (type.form === 'bool')
    return ['true', 'false'].map(word => ({ label: word, insert: word, sort: 'value' }))
  const listed = 'values' in type && Array.isArray(type.values) ? type.values : []
  if (listed.length) return listed.map(each => ({ label: each, insert: plain(each), sort: 'value' }))
  return referencedValues(around).map(({ value, origin }) => ({
    label: String(value),
    // A number stays one where a number may stand; a text that looks like one is quoted.
    insert: typeof value === 'number' ? String(value) : plain(value),
    sort: 'reference',
    ...(origin !== undefined && { origin }),
  }))
}

const worded = (label: string, text?: string): Candidate => ({
  label,
  insert: plain(label),
  sort: 'value',
  ...(text && { text }),
})

/** Those of the version that stands there, or all of them. */
function kinds(known: Known, apiVersion: string): Candidate[] {
  const of = known.pairs.filter(each => each.apiVersion === apiVersion)
  const names = new Set((of.length ? of : known.pairs).map(each => each.kind))
  return [...names].map(kind => {
    const pair = (of.length ? of : known.pairs).find(each => each.kind === kind)!
    const type = known.type(pair.apiVersion, kind)
    return worded(kind, type && firstSentence(known.describe(type)))
  })
}

/** Those that serve the kind that stands there, or all of them. */
function versions(known: Known, kind: string): Candidate[] {
  const of = known.pairs.filter(each => each.kind === kind)
  return [...new Set((of.length ? of : known.pairs).map(each => each.apiVersion))].map(each => worded(each))
}
