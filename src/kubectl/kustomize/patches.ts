// The patch transformers: a patch is either a strategic merge or a JSON one, and meets the resources that its target
// selects or that it names itself (kustomize plugin/builtin/patchtransformer).

import { jsonPatch } from '../../api/patch/json-patch.ts'
import { readableExpression } from '../../engine/expressions/expression.ts'
import { kindOf } from '../../kinds/index.ts'
import { goQuote } from '../../kinds/machinery/quote.ts'
import { structType } from '../../kinds/schema.ts'
import { YamlError } from '../../yaml/error.ts'
import { parseYaml } from '../../yaml/parse.ts'
import { stringifyYaml } from '../../yaml/stringify.ts'
import { CommandError } from '../errors.ts'
import { type Dict, isObject } from '../print/values.ts'
import { matchesLabels } from '../selectors.ts'
import { readValues } from './documents.ts'
import { type Loader, prefixed } from './loader.ts'
import { mergeValues } from './merge.ts'
import {
  allIds,
  type Id,
  idOf,
  idText,
  isTree,
  newRes,
  type Res,
  rememberId,
  type Tree,
  withId,
} from './resource.ts'

export interface Selector {
  readonly group?: string
  readonly version?: string
  readonly kind?: string
  readonly name?: string
  readonly namespace?: string
  readonly labelSelector?: string
  readonly annotationSelector?: string
}

const parts = ['group', 'version', 'kind', 'name', 'namespace'] as const

/** By any id that a resource has had; all but the labels are regular expressions for the whole word. */
export function select(list: readonly Res[], selector: Selector): Res[] {
  const tests = parts.flatMap(part => {
    const text = selector[part]
    if (!text) return []
    const wanted = readableExpression(`^(?:${text.replace(/^\^|\$$/g, '')})$`, 'perl')
    if (!wanted) fail(`error parsing regexp: ${text}`)
    return [(id: Id) => wanted!.fits(id[part])]
  })
  const { labelSelector, annotationSelector } = selector
  return list.filter(
    ({ object: { metadata } }, i) =>
      (!labelSelector || matchesLabels(labelSelector, metadata?.labels)) &&
      (!annotationSelector || matchesLabels(annotationSelector, metadata?.annotations)) &&
      allIds(list[i]!).some(id => tests.every(test => test(id))),
  )
}

export interface Patch {
  readonly path?: string
  readonly patch?: string
  readonly target?: Selector
  readonly options?: Readonly<Record<string, boolean>>
}

/** The resources after the patch: it may delete some. */
export function applyPatch(list: readonly Res[], patch: Patch, loader: Loader): Res[] {
  const config = stringifyYaml(patch)
  const { merges, operations } = prefixed(
    `trouble configuring builtin PatchTransformer with config: \`\n${config}\``,
    () => readPatch(patch, config, loader),
  )
  if (operations) {
    if (!patch.target) throw new CommandError(`must specify a target for JSON patch ${sourceOf(patch)}`)
    for (const res of select(list, patch.target)) applyOperations(res, operations)
    return [...list]
  }
  let left = [...list]
  for (const object of merges!) {
    const targets = patch.target ? select(left, patch.target) : [target(left, object)]
    for (const res of targets) if (!merge(res, object, patch.options)) left = left.filter(r => r !== res)
  }
  return left
}

const sourceOf = ({ path, patch }: Patch): string =>
  path ? `[path: ${goQuote(path)}]` : `[patch: ${goQuote(patch!)}]`

interface Parsed {
  readonly merges?: Tree[]
  readonly operations?: Dict[]
}

function readPatch(patch: Patch, config: string, loader: Loader): Parsed {
  const { path } = patch
  let text = patch.patch?.trim() ?? ''
  if (!text && !path) throw new CommandError(`must specify one of patch and path in\n${config}`)
  if (text && path) throw new CommandError(`patch and path can't be set at the same time\n${config}`)
  if (path) text = prefixed(`failed to get the patch file from path(${path})`, () => loader.read(path))
  return parsePatch(text) ?? fail(`unable to parse SM or JSON patch from ${sourceOf(patch)}`)
}

const fail = (message: string): never => {
  throw new CommandError(message)
}

function parsePatch(text: string): Parsed | undefined {
  try {
    // A text that begins so is taken for JSON, and so must be that.
    const operations = text.startsWith('[') ? JSON.parse(text) : parseYaml(text)
    if (Array.isArray(operations)) return operations.every(isObject) ? { operations } : undefined
  } catch (error) {
    if (!(error instanceof YamlError || error instanceof SyntaxError)) throw error
  }
  const merges: Tree[] = []
  for (const document of readValues(text)) {
    if ('error' in document) return undefined
    const object = document.value
    if (!isTree(object) || !object.kind || !object.metadata.name) return undefined
    merges.push(object)
  }
  return merges.length ? { merges } : undefined
}

/** The one resource that a strategic merge patch names. */
function target(list: readonly Res[], object: Tree): Res {
  const id = idOf(newRes(object))
  const found = withId(list, id)
  if (found.length === 1) return found[0]!
  const text = idText(id)
  const why = found.length ? 'multiple matches for Id' : 'no matches for Id'
  throw new CommandError(
    `no resource matches strategic merge patch ${JSON.stringify(text)}: ${why} ${text}; failed to find unique target for patch ${text}`,
  )
}

/** False: the patch deletes it. Its name and kind stay, unless the options say otherwise. */
function merge(res: Res, patch: Tree, options: Patch['options'] = {}): boolean {
  const served = kindOf(res.object)
  const before = idOf(res)
  if (options.allowNameChange || options.allowKindChange) rememberId(res)
  const merged = mergeValues(res.object, patch, served && structType(served.resource.schema))
  if (!isTree(merged)) return false
  const metadata = { ...merged.metadata }
  if (!options.allowNameChange) metadata.name = before.name
  if (before.namespace) metadata.namespace = before.namespace
  else delete metadata.namespace
  res.object = { ...merged, metadata, ...(!options.allowKindChange && { kind: before.kind }) }
  return true
}

/** A JSON patch; what goes wrong is told in the words of evanphx/json-patch. */
function applyOperations(res: Res, operations: readonly Dict[]): void {
  rememberId(res)
  for (const operation of operations) {
    const { path } = operation
    const op = String(operation.op ?? 'unknown')
    if (!['add', 'remove', 'replace', 'move', 'copy', 'test'].includes(op)) fail(`Unexpected kind: ${op}`)
    try {
      res.object = structuredCopy(jsonPatch(res.object, [operation])) as Tree
    } catch {
      fail(problem(res.object, op, String(path)))
    }
  }
  res.previous.pop()
}

/** Objects of a build are changed in place: nothing may be shared between them. */
export function structuredCopy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(structuredCopy)
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, structuredCopy(item)]))
}

function problem(document: unknown, op: string, path: string): string {
  const keys = path.split('/').slice(1)
  const key = keys.pop() ?? ''
  const parent = keys.reduce<unknown>(
    (value, k) => Object(value)[k.replace(/~1/g, '/').replace(/~0/g, '~')],
    document,
  )
  if (op === 'test') return `testing value ${path} failed: test failed`
  if (typeof parent !== 'object' || parent === null)
    return `${op} operation does not apply: doc is missing path: ${op === 'replace' ? path : JSON.stringify(path)}: missing value`
  if (Array.isArray(parent))
    return `error in ${op} for path: '${path}': Unable to access invalid index: ${key}: invalid index referenced`
  if (op === 'replace') return `replace operation does not apply: doc is missing key: ${path}: missing value`
  return `error in ${op} for path: '${path}': Unable to remove nonexistent key: ${key}: missing value`
}
