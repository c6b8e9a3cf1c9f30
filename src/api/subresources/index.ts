// Subresources by resource and name, as `pods/binding`; those of every resource that has them by `*/scale`. What is not
// here (status, finalize, approval, resize, ephemeralcontainers) is an update of the object under the kind's own rules.
import { subresourceParts } from '../loaders.ts'
import { binding } from './binding.ts'
import type { SubresourceHandler } from './subresource.ts'

/** Undefined where it has no handler of its own. */
export function subresourceOf(table: string, name: string): SubresourceHandler | undefined {
  if (table === 'pods' && name === 'binding') return binding
  let known = parts.get(table)
  if (!known) parts.set(table, (known = new Map()))
  let part = known.get(name)
  if (part === undefined) {
    part = [`${table}/${name}`, `*/${name}`].find(each => subresourceParts.has(each)) ?? none
    known.set(name, part)
  }
  return part === none ? undefined : subresourceParts.get(part)
}

/** Which part handles a subresource, by resource and name: both are asked for only where the server serves them. */
const parts = new Map<string, Map<string, string>>()
const none = ''
