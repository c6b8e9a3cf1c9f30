// A file's text to its documents, as kubectl reads `-f` files: YAMLReader and YAMLOrJSONDecoder of
// k8s.io/apimachinery/pkg/util/yaml. Each document is parsed on its own, so a fault in one does not hide the others, and
// line numbers in messages count from the document's first line.
import { YamlError } from './error.ts'

export interface DocumentText {
  readonly text: string
  /** Line of the file (from 0) on which `text` begins. */
  readonly line: number
}

export interface DocumentTexts {
  readonly documents: readonly DocumentText[]
  /** What ends the reading after those documents: a separator line with something behind it. */
  readonly error?: YamlError
}

export function splitDocuments(text: string): DocumentTexts {
  const documents: DocumentText[] = []
  let lines: string[] = []
  let first = 0
  const finish = (): void => {
    if (lines.length) documents.push({ text: `${lines.join('\n')}\n`, line: first })
    lines = []
  }
  const all = text.split('\n')
  if (all.at(-1) === '') all.pop()
  for (const [i, raw] of all.entries()) {
    const line = raw.endsWith('\r') && i < all.length ? raw.slice(0, -1) : raw
    if (line.startsWith('---')) {
      const rest = line.slice(3).trim()
      if (rest && !rest.startsWith('#')) {
        const problem = `invalid Yaml document separator: ${rest}`
        const mark = { offset: 0, line: i, column: 3 }
        return { documents, error: new YamlError(problem, problem, mark) }
      }
      if (lines.length) {
        finish()
        continue
      }
    }
    if (!lines.length) first = i
    lines.push(line)
  }
  finish()
  return { documents }
}
