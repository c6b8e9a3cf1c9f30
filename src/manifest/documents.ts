// A file's text to values, one for each document: what kubectl's resource builder reads from `-f`
// (YAMLOrJSONDecoder of k8s.io/apimachinery/pkg/util/yaml).
import { splitDocuments } from '../yaml/documents.ts'
import { YamlError } from '../yaml/error.ts'
import { JsonError, readJson } from '../yaml/json.ts'
import type { YamlNode } from '../yaml/node.ts'
import { parseDocument, type YamlValue } from '../yaml/parse.ts'

export interface ManifestDocument {
  readonly value: YamlValue
  readonly text: string
  /** Line of the file (from 0) on which the document begins. */
  readonly line: number
  /** Absent for JSON. */
  readonly root?: YamlNode
}

export interface DocumentFault {
  readonly text: string
  /** As kubectl prints it behind `error parsing FILE: `. */
  readonly message: string
  readonly error: YamlError
  readonly line: number
}

const JSON_BEGINS = /^[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*\{/

/**
 * Yields the documents in their order, and a fault in place of one that cannot be read. kubectl stops at the first fault;
 * an editor reads on. Documents without content come out as null.
 */
export function* readDocuments(
  text: string,
  readOn = false,
): Generator<ManifestDocument | DocumentFault, void, void> {
  let rest = text
  let first: JsonError | undefined
  let line = 0
  if (JSON_BEGINS.test(text.slice(0, 4096))) {
    let at = 0
    let count = 0
    try {
      for (let found = readJson(text, 0); found; found = readJson(text, at)) {
        const json = text.slice(at, found.end)
        yield { value: found.value, text: json, line }
        line += json.split('\n').length - 1
        at = found.end
        count++
      }
      return
    } catch (error) {
      if (!(error instanceof JsonError)) throw error
      first = error
    }
    if (count > 1) {
      yield { message: first.problem, error: first, text, line: 0 }
      return
    }
    const space = /^[^\S\n]*\n?/.exec(text.slice(at))![0]
    rest = text.slice(at + space.length)
    line += space.endsWith('\n') ? 1 : 0
  }
  for (const document of splitDocuments(rest, readOn)) {
    const place = { text: document.text, line: line + document.line }
    try {
      if (document.error) throw document.error
      const { value, root } = parseDocument(document.text)
      yield { value, root, ...place }
      first = undefined
    } catch (error) {
      if (!(error instanceof YamlError)) throw error
      if (first) yield { message: jsonMessage(first), error: first, text, line: 0 }
      else if (error === document.error) yield { message: error.message, error, ...place }
      else yield { message: `error converting YAML to JSON: ${error.message}`, error, ...place }
      first = undefined
    }
  }
}

const jsonMessage = (error: JsonError): string =>
  error.truncated ? error.problem : `json: offset ${error.bytes}: ${error.problem}`
