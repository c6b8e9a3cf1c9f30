// Which kind an object is of, by its apiVersion and kind.
import { findKind, type ServedKind, servedKinds } from '../kinds/index.ts'
import { apiVersionOf } from '../kinds/kind.ts'
import { goQuote } from '../kinds/machinery/quote.ts'
import type { PathStep } from '../yaml/position.ts'
import { type Classified, misspelling } from './classify.ts'
import { isForeign } from './custom-kinds.ts'
import { findField } from './field-search.ts'
import type { Findings } from './findings.ts'
import type { JsonObject } from './json-object.ts'
import { nearest } from './nearest.ts'

/** Are apiVersion and kind there? */
export function checkTypeMeta(findings: Findings, value: JsonObject, path: readonly PathStep[]): boolean {
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
          ? findings.source.field(there ? [...path, field] : path)
          : findings.source.key([...path, near])
      const what: Classified =
        near === undefined
          ? { code, params: { near: guess(field, value) } }
          : misspelling('field', near, field)
      findings.add('error', what, path, `${field} not set`, at)
    } else
      findings.add(
        'error',
        { code: 'type-not-text', params: { field } },
        [...path, field],
        `${field} isn't string type`,
      )
  }
  return good
}

/** The other half of apiVersion and kind, from the half that is there. */
function guess(field: 'apiVersion' | 'kind', value: JsonObject): string {
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

/** The kind that apiVersion and kind name; undefined where there is none, which is told, and for lists. */
export function findServed(
  findings: Findings,
  value: JsonObject,
  path: readonly PathStep[],
): ServedKind | undefined {
  const apiVersion = value.apiVersion as string
  const kind = value.kind as string
  const slash = apiVersion.lastIndexOf('/')
  const group = slash < 0 ? '' : apiVersion.slice(0, slash)
  const known = findKind(group, apiVersion.slice(slash + 1), kind)
  if (known || /List$/.test(kind)) return known
  const message = `no matches for kind ${goQuote(kind)} in version ${goQuote(apiVersion)}`
  if (isForeign(group)) {
    findings.add('error', { code: 'foreign-kind', params: { kind, apiVersion } }, [...path, 'kind'], message)
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
    findings.add('error', { code: 'other-version', params }, [...path, 'apiVersion'], message)
    return undefined
  }
  const names = new Set(servedKinds.map(({ resource }) => resource.kind))
  const near = nearest(kind, names)
  const what: Classified = near
    ? misspelling('kind', kind, near)
    : { code: 'unknown-kind', params: { kind, apiVersion } }
  findings.add('error', what, [...path, 'kind'], message)
  return undefined
}

const hasField = (schema: string, name: string): boolean => findField(schema, name) === ''
