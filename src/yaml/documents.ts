// A file's text to its documents, as kubectl reads `-f` files: YAMLReader of k8s.io/apimachinery/pkg/util/yaml. Each
// document is parsed on its own, so a fault in one does not hide the others, and line numbers in messages count from the
// document's first line.
import { YamlError } from './error.ts'

export interface DocumentText {
  readonly text: string
  /** Line of the file (from 0) on which `text` begins. */
  readonly line: number
  /** A separator line with something behind it, in place of a document. */
  readonly error?: YamlError
}

/** After a bad separator kubectl reads no further, and the document above it is lost too: `readOn` is for editors. */
export function splitDocuments(text: string, readOn = false): DocumentText[] {
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
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw
    if (line.startsWith('---')) {
      const rest = line.slice(3).trim()
      if (rest && !rest.startsWith('#')) {
        const problem = `invalid Yaml document separator: ${rest}`
        const error = new YamlError(problem, problem, { offset: 0, line: 0, column: 0 })
        if (readOn) finish()
        documents.push({ text: line, line: i, error })
        if (!readOn) return documents
        continue
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
  return documents
}
