// Subresources by resource and name, as `pods/binding`; those of every resource that has them by `*/scale`. What is not
// here (status, finalize, approval, resize, ephemeralcontainers) is an update of the object under the kind's own rules.
import { subresourceParts } from '../loaders.ts'
import { binding } from './binding.ts'
import type { SubresourceHandler } from './subresource.ts'

/** Undefined where it has no handler of its own. */
export function subresourceOf(table: string, name: string): SubresourceHandler | undefined {
  if (table === 'pods' && name === 'binding') return binding
  const key = [`${table}/${name}`, `*/${name}`].find(each => subresourceParts.has(each))
  return key === undefined ? undefined : subresourceParts.get(key)
}
