// Why another parser does not read a document: js-yaml names faults in other words, and sometimes at a better place.
import { load, YAMLException } from 'js-yaml'
import { splitDocuments } from '../../../yaml/documents.ts'
import type { Question } from './question.ts'

/** Characters. */
const longest = 2 ** 18

export const yamlReason: Question<'yaml-reason'> = (_, { id, text, line }) => ({
  type: 'yaml-reason',
  id,
  reason: text.length > longest ? undefined : reasonAt(text, line - 1),
})

/** Of the document that has this line (from 0): `bad indentation of a mapping entry (3:2)`, counted in the file. */
function reasonAt(text: string, line: number): string | undefined {
  const document = splitDocuments(text, true).findLast(each => each.line <= line)
  if (!document || document.error) return undefined
  try {
    load(document.text)
    return undefined
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error
    const { reason, mark } = error
    return mark ? `${reason} (${document.line + mark.line + 1}:${mark.column + 1})` : reason
  }
}
