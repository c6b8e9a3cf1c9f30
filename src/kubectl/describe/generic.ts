// Objects without a describer of their own, custom ones above all: every field, with its name split into words
// (genericDescriber, printUnstructuredContent).

import type { KubeObject } from '../../kinds/object.ts'
import { byCodePoint, isObject, plainText } from '../print/values.ts'
import { annotations, type Describer, events, labels } from './parts.ts'
import type { DescribeWriter } from './writer.ts'

const skipped = new Set([
  '.metadata.managedFields',
  '.metadata.name',
  '.metadata.namespace',
  '.metadata.labels',
  '.metadata.annotations',
])
const acronyms = new Set(['API', 'URL', 'UID', 'OSB', 'GUID'])

/** `creationTimestamp` is `Creation Timestamp`, `apiVersion` is `API Version` (smartLabelFor). */
function smartLabel(field: string): string {
  if (/[^\p{L}-]/u.test(field)) return field
  return field
    .split(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/)
    .map(part =>
      acronyms.has(part.toUpperCase()) ? part.toUpperCase() : part[0]!.toUpperCase() + part.slice(1),
    )
    .join(' ')
}

function contentLines(
  w: DescribeWriter,
  level: number,
  content: Record<string, unknown>,
  path: string,
): void {
  for (const field of Object.keys(content).sort(byCodePoint)) {
    const value = content[field]
    const here = `${path}.${field}`
    if (skipped.has(here) || value === undefined) continue
    if (Array.isArray(value)) {
      w.line(level, `${smartLabel(field)}:`)
      for (const item of value) {
        if (isObject(item)) contentLines(w, level + 1, item, here)
        else w.line(level + 1, plainText(item))
      }
    } else if (isObject(value)) {
      w.line(level, `${smartLabel(field)}:`)
      contentLines(w, level + 1, value, here)
    } else w.line(level, `${smartLabel(field)}:`, plainText(value))
  }
}

export const describeGeneric: Describer<KubeObject> = (object, d) => {
  const { w } = d
  const { metadata } = object
  w.line(0, 'Name:', metadata.name)
  w.line(0, 'Namespace:', metadata.namespace ?? '')
  labels(w, 'Labels', metadata.labels)
  annotations(w, 'Annotations', metadata.annotations)
  contentLines(w, 0, { ...object }, '')
  events(object, d)
}
