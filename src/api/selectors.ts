// The label and field selectors of lists and watches, in a form that watchers can be looked up by.

import { parseFieldSelector } from '../kinds/machinery/field-selector.ts'
import { matches as matchesLabels, parseSelector } from '../kinds/machinery/labels.ts'
import { goQuote } from '../kinds/machinery/quote.ts'
import type { KubeObject } from '../kinds/object.ts'
import { badRequest } from './errors.ts'
import type { Resource } from './registry.ts'
import type { WatchFilter } from './watchers.ts'

/** What a list or watch is narrowed to. A name in the path is the field selector `metadata.name=…`. */
export function filterOf(
  resource: Resource,
  namespace: string | undefined,
  name: string | undefined,
  query: Readonly<Record<string, string>>,
): WatchFilter {
  const tests: ((object: KubeObject) => boolean)[] = []
  let field: WatchFilter['field']
  if (query.labelSelector) {
    const selector = parseSelector(query.labelSelector)
    if ('error' in selector)
      throw badRequest(
        `unable to parse requirement: ${selector.error}`.replace(
          'unable to parse requirement: unable',
          'unable',
        ),
      )
    tests.push(object => matchesLabels(selector, object.metadata.labels))
  }
  if (query.fieldSelector) {
    const terms = parseFieldSelector(query.fieldSelector)
    if ('error' in terms) throw badRequest(terms.error)
    for (const { field: path, equal, value } of terms) {
      const of = fieldReader(resource, path)
      if (equal && path === 'metadata.name') name ??= value
      else if (equal && path === 'metadata.namespace' && namespace === undefined) namespace = value
      if (equal && !path.startsWith('metadata.') && !field) field = { path, value, of }
      else tests.push(object => (of(object) === value) === equal)
    }
  }
  const matches = tests.length ? (object: KubeObject) => tests.every(test => test(object)) : undefined
  return { namespace, name, field, matches }
}

function fieldReader(resource: Resource, path: string): (object: KubeObject) => string {
  if (path === 'metadata.name') return object => object.metadata.name
  if (path === 'metadata.namespace' && resource.namespaced) return object => object.metadata.namespace ?? ''
  const { selectableFields } = resource.rules
  const read = selectableFields && Object.hasOwn(selectableFields, path) && selectableFields[path]
  if (!read)
    throw badRequest(
      selectableFields
        ? `field label not supported: ${path}`
        : `${goQuote(path)} is not a known field selector: only "metadata.name", "metadata.namespace"`,
    )
  return read
}
