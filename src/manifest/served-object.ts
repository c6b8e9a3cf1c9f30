// An object of a kind that the API server has: decoded, defaulted and validated by the kind's own code.
import type { ServedKind } from '../kinds/index.ts'
import { type DecodeFault, decode } from '../kinds/machinery/decode.ts'
import { errorText } from '../kinds/machinery/field-error.ts'
import type { KubeObject } from '../kinds/object.ts'
import { setKey, type YamlValue } from '../yaml/parse.ts'
import { findPath, type PathStep } from '../yaml/position.ts'
import { type Classified, classifyField, classifyType, misspelling } from './classify.ts'
import type { Diagnostic } from './diagnostic.ts'
import { faultsOf } from './faults.ts'
import { findField } from './field-search.ts'
import type { Findings } from './findings.ts'
import type { JsonObject } from './json-object.ts'
import { nearest } from './nearest.ts'
import { formatPath, parseFieldPath, type Range } from './source.ts'

/** Decodes, defaults and validates, and says what is wrong on the way. False where more is wrong than is told. */
export function readServed(
  findings: Findings,
  value: JsonObject,
  served: ServedKind,
  path: readonly PathStep[],
): boolean {
  const { schema } = served.resource
  const before = findings.count
  const broken: (readonly PathStep[])[] = []
  const decoded = decode(schema, value, fault => {
    if (fault.unknown === undefined) broken.push(fault.path)
    if (!findings.full) decodeFault(findings, fault, value, schema, path)
  })
  const faults = findings.since(before)
  if (findings.full) return false
  const whole = decoded.error === undefined
  validate(
    findings,
    whole ? decoded.object : decode(schema, without(value, broken)).object,
    served,
    path,
    faults,
    broken,
  )
  return true
}

function decodeFault(
  findings: Findings,
  fault: DecodeFault,
  value: JsonObject,
  schema: string,
  base: readonly PathStep[],
): void {
  const path = [...base, ...fault.path]
  const { unknown, type, message } = fault
  if (unknown === undefined) {
    const given = fault.path.reduce<unknown>((part, step) => Object(part)[step], value)
    findings.add('error', classifyType(type, given), path, message)
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
  findings.add('error', what, path, message, findings.source.key(path))
}

/** The server names the map where one of its keys or values is at fault: finds which. */
function entryRange(findings: Findings, path: readonly PathStep[], value: unknown): Range | undefined {
  const { root } = findings.source
  const found = root && typeof value === 'string' ? findPath(root, path) : undefined
  if (found?.steps !== path.length || found.value.kind !== 'mapping') return undefined
  const { children } = found.value
  const at = children.findIndex((child, i) => i % 2 === 0 && child.value === value)
  const node = children[at] ?? children.find((child, i) => i % 2 === 1 && child.value === value)
  return node && findings.source.node(node)
}

/** What the server does between decoding and storing. `faults`: what decoding found. */
function validate(
  findings: Findings,
  object: KubeObject,
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
  const start = findings.count - faults.length
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
    findings.add('error', what, at, errorText(error), entryRange(findings, at, error.value))
  }
  // as on the server, where an object that is refused earns no warnings
  const refused = findings.since(start).some(({ severity }) => severity === 'error')
  const deprecation = kind.deprecation && !conversion ? [kind.deprecation] : []
  for (const warning of refused ? [] : [...deprecation, ...(kind.warnings?.(stored) ?? [])]) {
    const field = /^[\w.[\]/-]+(?=:| )/.exec(warning)?.[0] ?? ''
    findings.add(
      'warning',
      { code: 'server-warning', params: { warning } },
      [...base, ...parseFieldPath(field)],
      warning,
    )
  }
}

/** What a selector's mismatch is about: with one of them left out there would always be one. */
const compared: readonly PathStep[][] = [
  ['spec', 'selector'],
  ['spec', 'template', 'metadata', 'labels'],
]

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
