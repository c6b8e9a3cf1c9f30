// Subresources by resource and name, as `pods/binding`; those of every resource that has them by `*/scale`.
import { binding } from './binding.ts'
import type { SubresourceHandler } from './subresource.ts'

export const subresources: Readonly<Record<string, SubresourceHandler>> = {
  'pods/binding': binding,
}
