// The label and field selectors of lists and watches, in a form that watchers can be looked up by.
// Field selectors: k8s.io/apimachinery/pkg/fields/selector.go.
import type { AnyObject } from '../kinds/object.ts'
import { badRequest } from './errors.ts'
import type { Resource } from './registry.ts'
import type { WatchFilter } from './watchers.ts'

interface Requirement {
  readonly field: string
  readonly negated: boolean
  readonly value: string
}

/** What a list or watch is narrowed to. A name in the path is the field selector `metadata.name=…`. */
export function filterOf(
  resource: Resource,
  namespace: string | undefined,
  name: string | undefined,
  query: Readonly<Record<string, string>>,
): WatchFilter {
  const requirements = query.fieldSelector ? parseFieldSelector(query.fieldSelector) : []
  const tests: ((object: AnyObject) => boolean)[] = []
  let field: WatchFilter['field']
  for (const requirement of requirements) {
    const { field: path, negated, value } = requirement
    if (!negated && path === 'metadata.name') name ??= value
    else if (!negated && path === 'metadata.namespace' && namespace === undefined) namespace = value
    const of = fieldReader(resource, path)
    if (!negated && !path.startsWith('metadata.') && !field) field = { path, value, of }
    else tests.push(object => (of(object) === value) !== negated)
  }
  if (query.labelSelector) tests.push(labelTest(query.labelSelector))
  const matches = tests.length ? (object: AnyObject) => tests.every(test => test(object)) : undefined
  return { namespace, name, field, matches }
}

function fieldReader(resource: Resource, path: string): (object: AnyObject) => string {
  if (path === 'metadata.name') return object => object.metadata.name
  if (path === 'metadata.namespace' && resource.namespaced) return object => object.metadata.namespace ?? ''
  const { selectableFields } = resource.rules
  if (!selectableFields || !(path in selectableFields({ metadata: {} } as AnyObject)))
    throw badRequest(
      resource.group === '' || selectableFields
        ? `field label not supported: ${path}`
        : `${JSON.stringify(path)} is not a known field selector: only "metadata.name", "metadata.namespace"`,
    )
  return object => selectableFields(object)[path] ?? ''
}

export function parseFieldSelector(text: string): Requirement[] {
  const requirements: Requirement[] = []
  for (const term of split(text)) {
    if (term === '') continue
    const at = findOperator(term)
    if (!at) throw badRequest(`invalid selector: '${text}'; can't understand '${term}'`)
    requirements.push({
      field: term.slice(0, at.index),
      negated: at.operator === '!=',
      value: unescaped(term.slice(at.index + at.operator.length)),
    })
  }
  return requirements
}

function split(text: string): string[] {
  const terms: string[] = []
  let start = 0
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === ',') {
      terms.push(text.slice(start, i))
      start = i + 1
    }
  }
  terms.push(text.slice(start))
  return terms
}

function findOperator(term: string): { index: number; operator: string } | undefined {
  for (let index = 0; index < term.length; index++) {
    const operator = ['!=', '==', '='].find(o => term.startsWith(o, index))
    if (operator) return { index, operator }
  }
  return undefined
}

function unescaped(value: string): string {
  let text = ''
  for (let i = 0; i < value.length; i++) {
    const c = value[i]!
    if (c === '\\') {
      const next = value[++i]
      if (next === undefined || !'\\,='.includes(next))
        throw badRequest(`invalid field selector: invalid escape sequence in value: ${value}`)
      text += next
    } else if (c === ',' || c === '=')
      throw badRequest(`invalid field selector: unescaped character in value: ${c}`)
    else text += c
  }
  return text
}

function labelTest(text: string): (object: AnyObject) => boolean {
  const terms = text.split(',').map(term => term.split(/==?/))
  return object => terms.every(([key, value]) => object.metadata.labels?.[key!] === value)
}
