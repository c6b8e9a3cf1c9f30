// Where in a manifest's text a field stands that the server names.
import { readDocuments } from './documents.ts'
import { parseFieldPath, Source } from './source.ts'

/** The line (from 1) of a field, or of the nearest thing above it that is there; undefined where no document has any of it. */
export function findFieldLine(text: string, field: string): number | undefined {
  const path = parseFieldPath(field)
  for (const document of readDocuments(text, true)) {
    if ('error' in document || !document.root || document.value === null) continue
    if (typeof document.value !== 'object' || Array.isArray(document.value)) continue
    if (!Object.hasOwn(document.value, String(path[0]))) continue
    return new Source(document.text, document.line, document.root).field(path).line
  }
  return undefined
}
