// What CustomResourceDefinitions would make of a server, for those who check manifests without one.
import { findKind } from '../../kinds/index.ts'
import type { Kind } from '../../kinds/kind.ts'
import { decode } from '../../kinds/machinery/decode.ts'
import type { KubeObject } from '../../kinds/object.ts'
import { Registry } from '../registry.ts'
import { serve } from './custom-resources.ts'

export interface DefinedKind {
  readonly kind: Kind
  decode(value: unknown): { object: KubeObject; error?: string; unknown: readonly string[] }
}

/** By apiVersion and kind. A definition that the server would refuse defines nothing. */
export function customKinds(
  definitions: readonly unknown[],
): (apiVersion: string, kind: string) => DefinedKind | undefined {
  const registry = new Registry([])
  const { kind: rules, resource } = findKind('apiextensions.k8s.io', 'v1', 'CustomResourceDefinition')!
  for (const definition of definitions) {
    const { object, error } = decode(resource.schema, definition)
    if (error !== undefined || !object?.spec?.names) continue
    object.metadata ??= { name: '' }
    rules.defaults?.(object)
    if (!rules.validate?.(object).length) serve(registry, object)
  }
  return (apiVersion, kind) => {
    const found = registry.ofObject({ apiVersion, kind })
    if (!found?.custom) return undefined
    const { custom } = found
    return {
      kind: found.rules,
      decode(value) {
        const { object, error, unknown = [] } = custom.decode(value)
        return { object, unknown, ...(error !== undefined && { error }) }
      },
    }
  }
}
