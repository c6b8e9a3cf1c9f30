// From a field of an object to the line of the reader's manifest that it came from.
import { quantityValue, tryParseQuantity } from '../../kinds/machinery/quantity.ts'
import type { KubeObject } from '../../kinds/object.ts'
import { readDocuments } from '../../manifest/documents.ts'
import { parseFieldPath, Source } from '../../manifest/source.ts'
import type { PathStep } from '../../yaml/position.ts'
import type { Field } from './symptom.ts'
import type { View } from './view.ts'

export interface Place {
  readonly file: string
  /** From 1. */
  readonly line: number
}

/** The field in the object that the reader has written: a pod's stands in the template of what made it. */
export function writtenField({ object, path }: Field, view: View): Field {
  const owner = view.owner(object)
  if (!owner) return { object, path }
  const outer =
    object.kind === 'Pod'
      ? `spec.template.${path}`
      : owner.kind === 'CronJob'
        ? `spec.jobTemplate.${path}`
        : path
  return writtenField({ object: owner, path: outer }, view)
}

/** Undefined where no file has this object with this value: somebody has changed it since, or made it without one. */
export function placeOf(field: Field, view: View): Place | undefined {
  const { object, path } = writtenField(field, view)
  const steps = parseFieldPath(path)
  const found: (Place & { readonly used: number; readonly unlike: number })[] = []
  for (const { file, text, used } of byUse(view)) {
    if (found.some(each => each.used > used)) break
    if (!text.includes(object.metadata.name)) continue
    for (const document of readDocuments(text, true)) {
      if (!('value' in document) || !('root' in document)) continue
      for (const at of placesIn(document.value as unknown, object)) {
        if (!sameValue(valueAt(document.value, [...at, ...steps]), valueAt(object, steps))) continue
        const source = new Source(document.text, document.line, document.root)
        const { line } = source.field([...at, ...steps])
        found.push({ file, line, used, unlike: unlike(valueAt(document.value, at), object) })
      }
    }
  }
  // Several files may have an object of this name: it was made from the one that it is most like.
  const [best] = found.sort((a, b) => a.unlike - b.unlike)
  return best && { file: best.file, line: best.line }
}

/** How many values of a manifest the object does not have. */
function unlike(written: unknown, own: unknown): number {
  if (typeof written !== 'object' || written === null)
    return own !== undefined && sameValue(written, own) ? 0 : 1
  return Object.entries(written).reduce(
    (sum, [key, value]) => sum + unlike(value, (own as Record<string, unknown> | undefined)?.[key]),
    0,
  )
}

/** The manifest that stands in a file under this name, for an object that is not there any more. */
export function writtenObject(kind: string, name: string, view: View): KubeObject | undefined {
  for (const { text } of byUse(view)) {
    if (!text.includes(name)) continue
    for (const document of readDocuments(text, true)) {
      if (!('value' in document)) continue
      const [at] = placesIn(document.value as unknown, { kind, metadata: { name } })
      if (at) return valueAt(document.value, at) as KubeObject
    }
  }
  return undefined
}

interface File {
  readonly file: string
  readonly text: string
  /** The number of the latest command that named it; -1 for none. */
  readonly used: number
}

/** The file that was named in the latest command comes first. */
function byUse(view: View): File[] {
  const { typed } = view.world
  const used = new Map<string, number>()
  for (const [index, line] of typed.entries())
    for (const word of line.split(/[\s,=]+/)) used.set(word.replace(/^\.\//, ''), index)
  return view.files
    .map(([file, text]) => ({ file, text, used: used.get(file) ?? -1 }))
    .sort((a, b) => b.used - a.used)
}

type Identity = Pick<KubeObject, 'kind'> & {
  readonly metadata: { readonly name: string; readonly namespace?: string }
}

/** Where in a document an object stands: by itself, or in a list. */
function placesIn(value: unknown, wanted: Identity): PathStep[][] {
  if (typeof value !== 'object' || value === null) return []
  const { kind, metadata, items } = value as {
    kind?: unknown
    metadata?: Identity['metadata']
    items?: unknown
  }
  if (Array.isArray(items))
    return items.flatMap((item, index) => placesIn(item, wanted).map(at => ['items', index, ...at]))
  const { name, namespace } = wanted.metadata
  const here =
    kind === wanted.kind &&
    metadata?.name === name &&
    (!metadata.namespace || !namespace || metadata.namespace === namespace)
  return here ? [[]] : []
}

const valueAt = (value: unknown, steps: readonly PathStep[]): unknown =>
  steps.reduce<unknown>(
    (at, step) =>
      typeof at === 'object' && at !== null ? (at as Record<PathStep, unknown>)[step] : undefined,
    value,
  )

function sameValue(a: unknown, b: unknown): boolean {
  if (a === undefined || typeof a === 'object' || typeof b === 'object') return true
  if (String(a) === String(b)) return true
  const [x, y] = [String(a), String(b)]
  if (typeof tryParseQuantity(x) === 'string' || typeof tryParseQuantity(y) === 'string') return false
  return quantityValue(x) === quantityValue(y)
}
