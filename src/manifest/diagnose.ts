// A manifest's text to what is wrong with it: the one path for the editor, `npm run validate` and the build. It reads the
// text as kubectl does, then decodes, defaults and validates each object with the kind's own code, as the API server
// does; unlike both it goes on after the first error and says where each one is. What needs a cluster (whether a name is
// taken, a namespace exists) is left out.

import { findKind, type ServedKind, servedKinds } from '../kinds/index.ts'
import { apiVersionOf, type Kind } from '../kinds/kind.ts'
import { type DecodeFault, decode } from '../kinds/machinery/decode.ts'
import { errorText, type FieldError } from '../kinds/machinery/field-error.ts'
import { goQuote } from '../kinds/machinery/quote.ts'
import type { AnyObject } from '../kinds/object.ts'
import { composeDocument } from '../yaml/compose.ts'
import { YamlError } from '../yaml/error.ts'
import type { YamlNode } from '../yaml/node.ts'
import type { YamlValue } from '../yaml/parse.ts'
import { isMerge, setKey } from '../yaml/parse.ts'
import type { PathStep } from '../yaml/position.ts'
import { findPath, resolved } from '../yaml/position.ts'
import { type Classified, classifyField, classifyType } from './classify.ts'
import { type CustomKind, type CustomKinds, definitionsIn, isForeign } from './custom-kinds.ts'
import type { Diagnostic, Severity } from './diagnostic.ts'
import { type ManifestDocument, readDocuments } from './documents.ts'
import { findField } from './field-search.ts'
import { differsInCase, nearest } from './nearest.ts'
import { oddCharacter, oddValue } from './odd-characters.ts'
import { crossChecks, type Placed } from './relations.ts'
import { formatPath, parseFieldPath, type Range, Source } from './source.ts'
import { textFault } from './text-fault.ts'

/** More than a reader will look at. */
const LIMIT = 200

export interface DiagnoseOptions {
  /** Makes rules of CustomResourceDefinitions: of those in the text, and of those that are given beside it. */
  readonly customKinds?: (definitions: readonly AnyObject[]) => CustomKinds
  readonly definitions?: readonly AnyObject[]
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
    if (found.length >= LIMIT) break
    if ('error' in document) found.push(textFault(document))
    else if (document.value !== null) {
      const source = new Source(document.text, document.line, document.root ?? rootOfJson(document))
      const reader = new ObjectReader(source, found, objects, custom)
      reader.duplicateKeys(source.root, [])
      reader.document(document.value, [])
      reader.oddValues(source.root, [])
    }
  }
  found.push(...crossChecks(objects))
  return found
    .slice(0, LIMIT)
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

type JsonObject = { [key: string]: YamlValue }

const isObject = (value: YamlValue | undefined): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

class ObjectReader {
  private readonly source: Source
  private readonly found: Diagnostic[]
  private readonly objects: Placed[]
  private readonly custom: CustomKinds | undefined

  constructor(source: Source, found: Diagnostic[], objects: Placed[], custom: CustomKinds | undefined) {
    this.source = source
    this.found = found
    this.objects = objects
    this.custom = custom
  }

  private add(
    severity: Severity,
    what: Classified,
    path: readonly PathStep[],
    message: string,
    range?: Range,
  ): void {
    // To find a place takes longer, the more there is: not for those that are not shown.
    if (this.found.length >= LIMIT) return
    const place = range ?? this.source.field(path)
    const odd = severity === 'error' ? oddCharacter(this.source.text(place)) : undefined
    this.found.push({ severity, ...(odd ?? what), path: formatPath(path), ...place, message })
  }

  duplicateKeys(node: YamlNode | undefined, path: readonly PathStep[]): void {
    if (!node || node.kind === 'scalar' || node.kind === 'alias') return
    if (node.kind === 'sequence') {
      node.children.forEach((child, i) => {
        this.duplicateKeys(child, [...path, i])
      })
      return
    }
    const seen = new Map<string, YamlNode>()
    for (let i = 0; i < node.children.length; i += 2) {
      const key = node.children[i]!
      const name = resolved(key).value
      const here = [...path, name]
      const first = seen.get(name)
      if (first && !isMerge(key)) {
        const params = { key: name, line: this.source.node(first).line }
        this.add(
          'warning',
          { code: 'duplicate-key', params },
          here,
          `duplicate field ${goQuote(formatPath(here))}`,
          this.source.node(key),
        )
      }
      seen.set(name, key)
      this.duplicateKeys(node.children[i + 1], here)
    }
  }

  /** What is accepted with the wrong characters in it; where there is an error already, that says enough. */
  oddValues(node: YamlNode | undefined, path: readonly PathStep[]): void {
    if (!node || node.kind === 'alias' || this.found.length >= LIMIT) return
    if (node.kind === 'scalar') {
      const odd = node.plain ? oddValue(node.value) : undefined
      const range = this.source.node(node)
      if (odd && !this.found.some(({ line }) => line === range.line))
        this.add('warning', odd, path, `${odd.params.character} is no ${odd.params.plain}`, range)
      return
    }
    node.children.forEach((child, i) => {
      if (node.kind === 'sequence') this.oddValues(child, [...path, i])
      else if (i % 2) this.oddValues(child, [...path, resolved(node.children[i - 1]!).value])
    })
  }

  document(value: YamlValue, path: readonly PathStep[]): void {
    if (!isObject(value)) {
      this.add(
        'error',
        { code: 'not-an-object', params: {} },
        path,
        'invalid object to validate',
        path.length ? undefined : this.source.top(),
      )
      return
    }
    if (!this.typeMeta(value, path)) return
    const own = this.custom?.(value.apiVersion as string, value.kind as string)
    if (own) {
      this.customObject(value, own, path)
      return
    }
    const served = this.served(value, path)
    if (value.kind === 'List' || (!served && 'items' in value)) {
      if (!Array.isArray(value.items)) {
        const params = { value: '' }
        this.add('error', { code: 'want-list', params }, [...path, 'items'], 'invalid object to validate')
        return
      }
      value.items.forEach((item, i) => {
        this.document(item, [...path, 'items', i])
      })
      return
    }
    if (served) this.object(value, served, path)
  }

  private typeMeta(value: JsonObject, path: readonly PathStep[]): boolean {
    let good = true
    for (const [field, code] of [
      ['apiVersion', 'missing-api-version'],
      ['kind', 'missing-kind'],
    ] as const) {
      const text = value[field]
      if (typeof text === 'string' && text) continue
      good = false
      if (text === undefined || text === null || text === '') {
        const there = Object.hasOwn(value, field)
        const near = there ? undefined : nearest(field, Object.keys(value))
        const at =
          near === undefined
            ? this.source.field(there ? [...path, field] : path)
            : this.source.key([...path, near])
        const what: Classified =
          near === undefined
            ? { code, params: { near: this.guess(field, value) } }
            : misspelling('field', near, field)
        this.add('error', what, path, `${field} not set`, at)
      } else
        this.add(
          'error',
          { code: 'type-not-text', params: { field } },
          [...path, field],
          `${field} isn't string type`,
        )
    }
    return good
  }

  /** The other half of apiVersion and kind, from the half that is there. */
  private guess(field: 'apiVersion' | 'kind', value: JsonObject): string {
    const match =
      field === 'apiVersion'
        ? servedKinds.find(({ resource }) => resource.kind === value.kind)
        : servedKinds.find(({ resource }) =>
            Object.keys(value).every(key => key === 'apiVersion' || hasField(resource.schema, key)),
          )
    return match
      ? field === 'apiVersion'
        ? apiVersionOf(match.resource)
        : match.resource.kind
      : field === 'kind'
        ? 'Pod'
        : 'v1'
  }

  private served(value: JsonObject, path: readonly PathStep[]): ServedKind | undefined {
    const apiVersion = value.apiVersion as string
    const kind = value.kind as string
    const slash = apiVersion.lastIndexOf('/')
    const group = slash < 0 ? '' : apiVersion.slice(0, slash)
    const known = findKind(group, apiVersion.slice(slash + 1), kind)
    if (known || /List$/.test(kind)) return known
    const message = `no matches for kind ${goQuote(kind)} in version ${goQuote(apiVersion)}`
    if (isForeign(group)) {
      this.add('error', { code: 'foreign-kind', params: { kind, apiVersion } }, [...path, 'kind'], message)
      return undefined
    }
    const elsewhere = servedKinds.filter(({ resource }) => resource.kind === kind)
    if (elsewhere.length) {
      const versions = elsewhere.map(({ resource }) => apiVersionOf(resource))
      const params = {
        kind,
        apiVersion,
        versions: versions.join(', '),
        near: nearest(apiVersion, versions) ?? versions[0]!,
      }
      this.add('error', { code: 'other-version', params }, [...path, 'apiVersion'], message)
      return undefined
    }
    const names = new Set(servedKinds.map(({ resource }) => resource.kind))
    const near = nearest(kind, names)
    const what: Classified = near
      ? misspelling('kind', kind, near)
      : { code: 'unknown-kind', params: { kind, apiVersion } }
    this.add('error', what, [...path, 'kind'], message)
    return undefined
  }

  private object(value: JsonObject, served: ServedKind, path: readonly PathStep[]): void {
    const { schema } = served.resource
    const before = this.found.length
    const broken: (readonly PathStep[])[] = []
    const decoded = decode(schema, value, fault => {
      if (fault.unknown === undefined) broken.push(fault.path)
      if (this.found.length < LIMIT) this.decodeFault(fault, value, schema, path)
    })
    const faults = this.found.slice(before)
    if (this.found.length >= LIMIT) return
    const whole = decoded.error === undefined
    this.validate(
      whole ? decoded.object : decode(schema, without(value, broken)).object,
      served,
      path,
      faults,
      broken,
    )
    this.objects.push({ value: value as unknown as AnyObject, source: this.source, path })
  }

  /** An object of a kind that a CustomResourceDefinition defines. */
  private customObject(value: JsonObject, custom: CustomKind, path: readonly PathStep[]): void {
    const { object, error, unknown } = custom.decode(value)
    if (error !== undefined) {
      this.add('error', { code: 'want-object', params: { value: '' } }, path, error)
      return
    }
    for (const field of unknown) {
      const steps = parseFieldPath(field)
      const params = { field: String(steps.at(-1)), parent: formatPath(steps.slice(0, -1)) }
      const message = `unknown field ${goQuote(field)}`
      const at = [...path, ...steps]
      this.add('error', { code: 'unknown-field', params }, at, message, this.source.key(at))
    }
    object.metadata ??= { name: '' }
    if (custom.kind.namespaced) object.metadata.namespace ||= 'default'
    if (!object.metadata.name && object.metadata.generateName)
      object.metadata.name = `${object.metadata.generateName}x`
    custom.kind.defaults?.(object)
    for (const fault of faultsOf(custom.kind, object)) {
      const steps = parseFieldPath(fault.field)
      this.add('error', classifyField(fault, steps), [...path, ...steps], errorText(fault))
    }
    this.objects.push({ value: value as unknown as AnyObject, source: this.source, path })
  }

  private decodeFault(
    fault: DecodeFault,
    value: JsonObject,
    schema: string,
    base: readonly PathStep[],
  ): void {
    const path = [...base, ...fault.path]
    const { unknown, type, message } = fault
    if (unknown === undefined) {
      const given = fault.path.reduce<unknown>((part, step) => Object(part)[step], value)
      this.add('error', classifyType(type, given), path, message)
      return
    }
    const params = { field: unknown, parent: formatPath(fault.path.slice(0, -1)) }
    const near =
      type.form === 'struct'
        ? nearest(
            unknown,
            type.fields.map(field => field.name),
          )
        : undefined
    const elsewhere = near === undefined ? findField(schema, unknown) : undefined
    const what: Classified = unknown.includes('：')
      ? { code: 'full-width', params: { character: '：', plain: ':' } }
      : near !== undefined
        ? misspelling('field', unknown, near, params)
        : elsewhere === undefined
          ? { code: 'unknown-field', params }
          : {
              code: 'unknown-field-elsewhere',
              params: { ...params, where: elsewhere || (value.kind as string) },
            }
    this.add('error', what, path, message, this.source.key(path))
  }

  /** The server names the map where one of its keys or values is at fault: finds which. */
  private entry(path: readonly PathStep[], value: unknown): Range | undefined {
    const { root } = this.source
    const found = root && typeof value === 'string' ? findPath(root, path) : undefined
    if (found?.steps !== path.length || found.value.kind !== 'mapping') return undefined
    const { children } = found.value
    const at = children.findIndex((child, i) => i % 2 === 0 && child.value === value)
    const node = children[at] ?? children.find((child, i) => i % 2 === 1 && child.value === value)
    return node && this.source.node(node)
  }

  /** What the server does between decoding and storing. `faults`: what decoding found. */
  private validate(
    object: AnyObject,
    served: ServedKind,
    base: readonly PathStep[],
    faults: readonly Diagnostic[],
    broken: readonly (readonly PathStep[])[],
  ): void {
    const { kind, conversion } = served
    const stored = conversion ? conversion.toStored(object) : object
    stored.metadata ??= { name: '' }
    const meta = stored.metadata
    if (kind.namespaced) meta.namespace ||= 'default'
    const named = meta.name || !meta.generateName
    if (!named) meta.name = `${meta.generateName}xxxxx`
    meta.uid ||= '00000000-0000-0000-0000-000000000000'
    meta.creationTimestamp = '1970-01-01T00:00:00Z'
    kind.defaults?.(stored)
    kind.prepareForCreate?.(stored, { now: 0, timestamp: meta.creationTimestamp })
    const start = this.found.length - faults.length
    const misspelt = new Set(faults.flatMap(({ params }) => params.near ?? []))
    for (const error of faultsOf(kind, stored)) {
      const path = parseFieldPath(error.field)
      const last = path.at(-1)
      // a misspelt field is also one that is missing: said once is enough
      if (error.type === 'Required' && misspelt.has(String(last))) continue
      // a value of a wrong type was left out to go on: what is missing there now is not news
      if (broken.some(at => begins(path, at) || (error.type !== 'Invalid' && begins(at, path)))) continue
      if (!named && error.field === 'metadata.name') continue
      const what = classifyField(error, path)
      if (
        what.code === 'selector-mismatch' &&
        broken.some(at => compared.some(of => begins(at, of) || begins(of, at)))
      )
        continue
      const at = [...base, ...path]
      this.add('error', what, at, errorText(error), this.entry(at, error.value))
    }
    // as on the server, where an object that is refused earns no warnings
    const refused = this.found.some(({ severity }, i) => i >= start && severity === 'error')
    const deprecation = kind.deprecation && !conversion ? [kind.deprecation] : []
    for (const warning of refused ? [] : [...deprecation, ...(kind.warnings?.(stored) ?? [])]) {
      const field = /^[\w.[\]/-]+(?=:| )/.exec(warning)?.[0] ?? ''
      this.add(
        'warning',
        { code: 'server-warning', params: { warning } },
        [...base, ...parseFieldPath(field)],
        warning,
      )
    }
  }
}

/** What admission refuses, then what the validation does, each once. */
function faultsOf(kind: Kind, object: AnyObject): FieldError[] {
  const refused = kind.presume?.(object) ?? []
  const said = new Set(refused.map(errorText))
  return [...refused, ...(kind.validate?.(object) ?? []).filter(error => !said.has(errorText(error)))]
}

/** What a selector's mismatch is about: with one of them left out there would always be one. */
const compared: readonly PathStep[][] = [
  ['spec', 'selector'],
  ['spec', 'template', 'metadata', 'labels'],
]

/** A name that is nearly a known one. */
const misspelling = (
  what: 'field' | 'kind',
  word: string,
  near: string,
  params: Classified['params'] = {},
): Classified => ({
  code: `unknown-${what}-${differsInCase(word, near) ? 'case' : 'near'}`,
  params: { ...params, [what]: word, near },
})

const begins = (path: readonly PathStep[], start: readonly PathStep[]): boolean =>
  start.every((step, i) => step === path[i])

/** A copy without the values at these paths. */
function without(value: YamlValue, paths: readonly (readonly PathStep[])[]): YamlValue {
  if (paths.some(path => !path.length)) return null
  if (!paths.length || value === null || typeof value !== 'object') return value
  const below = (step: PathStep): (readonly PathStep[])[] =>
    paths.filter(path => path[0] === step).map(path => path.slice(1))
  if (Array.isArray(value)) return value.map((item, i) => without(item, below(i)))
  const copy: JsonObject = {}
  for (const [key, held] of Object.entries(value)) setKey(copy, key, without(held, below(key)))
  return copy
}

const hasField = (schema: string, name: string): boolean => findField(schema, name) === ''
