// All containers of a pod with their paths: init containers first, as the server walks them.
import type { Container, PodSpec } from '../schema/types.ts'

export function visitContainers(
  spec: PodSpec,
  field: string,
  visit: (container: Container, field: string) => void,
): void {
  for (const name of ['initContainers', 'containers', 'ephemeralContainers'] as const)
    spec[name]?.forEach((container, i) => {
      visit(container as Container, `${field}${field && '.'}${name}[${i}]`)
    })
}
