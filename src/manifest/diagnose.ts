// A manifest's text to what is wrong with it: the one path for the editor, `npm run validate` and the build. It reads the
// text as kubectl does, then decodes, defaults and validates each object with the kind's own code, as the API server
// does; unlike both it goes on after the first error and says where each one is. What needs a cluster (whether a name is
// taken, a namespace exists) is left out.

import type { KubeObject } from '../kinds/object.ts'
import { composeDocument } from '../yaml/compose.ts'
import { YamlError } from '../yaml/error.ts'
import type { YamlNode } from '../yaml/node.ts'
import type { YamlValue } from '../yaml/parse.ts'
import type { PathStep } from '../yaml/position.ts'
import { type CustomKinds, definitionsIn } from './custom-kinds.ts'
import { readCustom } from './custom-object.ts'
import type { Diagnostic } from './diagnostic.ts'
import { type ManifestDocument, readDocuments } from './documents.ts'
import { Findings, findingsAtMost } from './findings.ts'
import { isObject } from './json-object.ts'
import { duplicateKeys, oddValues } from './node-checks.ts'
import { crossChecks, type Placed } from './relations.ts'
import { readServed } from './served-object.ts'
import { Source } from './source.ts'
import { textFault } from './text-fault.ts'
import { checkTypeMeta, findServed } from './type-meta.ts'

export interface DiagnoseOptions {
  /** Makes rules of CustomResourceDefinitions: of those in the text, and of those that are given beside it. */
  readonly customKinds?: (definitions: readonly KubeObject[]) => CustomKinds
  readonly definitions?: readonly KubeObject[]
}

/** Characters. What is longer takes longer to read than an editor may stand still. */
const longest = 2 ** 18

/** In the order of the text. Never throws. */
export function diagnose(text: string, options: DiagnoseOptions = {}): Diagnostic[] {
  if (text.length > longest) return [tooLong(text)]
  const found: Diagnostic[] = []
  const objects: Placed[] = []
  const custom = options.customKinds?.([...(options.definitions ?? []), ...definitionsIn(text)])
  for (const document of readDocuments(text, true)) {
    if (found.length >= findingsAtMost) break
    if ('error' in document) found.push(textFault(document))
    else if (document.value !== null) {
      const source = new Source(document.text, document.line, document.root ?? rootOfJson(document))
      const findings = new Findings(source, found)
      duplicateKeys(findings, source.root, [])
      readObject(findings, document.value, [], { objects, custom })
      oddValues(findings, source.root, [])
    }
  }
  found.push(...crossChecks(objects))
  return found
    .slice(0, findingsAtMost)
    .sort(
      (a, b) =>
        a.line - b.line ||
        a.column - b.column ||
        (a.severity === b.severity ? 0 : a.severity === 'error' ? -1 : 1),
    )
}

function tooLong(text: string): Diagnostic {
  const message = `this text has ${text.length} characters: what is longer than ${longest} is not checked here`
  const range = new Source(text.slice(0, 200), 0, undefined).top()
  return { severity: 'warning', code: 'too-long-to-check', params: { longest }, path: '', ...range, message }
}

/** JSON is YAML, nearly: where it is, its fields have places too. */
function rootOfJson(document: ManifestDocument): YamlNode | undefined {
  try {
    return composeDocument(document.text)
  } catch (error) {
    if (error instanceof YamlError) return undefined
    throw error
  }
}

interface Surroundings {
  /** The objects that were read so far. */
  readonly objects: Placed[]
  readonly custom: CustomKinds | undefined
}

/** A document, or an item of a list. */
function readObject(
  findings: Findings,
  value: YamlValue,
  path: readonly PathStep[],
  around: Surroundings,
): void {
  if (!isObject(value)) {
    findings.add(
      'error',
      { code: 'not-an-object', params: {} },
      path,
      'invalid object to validate',
      path.length ? undefined : findings.source.top(),
    )
    return
  }
  if (!checkTypeMeta(findings, value, path)) return
  const { objects, custom } = around
  const keep = () => objects.push({ value: value as unknown as KubeObject, source: findings.source, path })
  const own = custom?.(value.apiVersion as string, value.kind as string)
  if (own) {
    if (readCustom(findings, value, own, path)) keep()
    return
  }
  const served = findServed(findings, value, path)
  if (value.kind === 'List' || (!served && 'items' in value)) {
    if (!Array.isArray(value.items)) {
      const params = { value: '' }
      findings.add('error', { code: 'want-list', params }, [...path, 'items'], 'invalid object to validate')
      return
    }
    value.items.forEach((item, i) => {
      readObject(findings, item, [...path, 'items', i], around)
    })
    return
  }
  if (served && readServed(findings, value, served, path)) keep()
}
