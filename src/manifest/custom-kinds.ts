// Kinds that CustomResourceDefinitions define, as a manifest's check sees them. Their rules are the API server's (src/api/
// custom); whoever checks hands them in, because the check of a file knows no server.
import { servedKinds } from '../kinds/index.ts'
import type { Kind } from '../kinds/kind.ts'
import type { KubeObject } from '../kinds/object.ts'
import type { CustomResourceDefinition } from '../kinds/schema/types.ts'
import type { YamlValue } from '../yaml/parse.ts'
import { readDocuments } from './documents.ts'
import { nearest } from './nearest.ts'

export interface CustomKind {
  readonly kind: Kind
  /** The object without what its schema does not know, and the paths of that. */
  decode(value: unknown): {
    readonly object: KubeObject
    readonly error?: string
    readonly unknown: readonly string[]
  }
}

/** Undefined: no definition makes such a kind. */
export type CustomKinds = (apiVersion: string, kind: string) => CustomKind | undefined

const isObject = (value: YamlValue | undefined): value is { [key: string]: YamlValue } =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** The CustomResourceDefinitions of a text that are whole enough to make rules of; lists are looked into. */
export function definitionsIn(text: string): CustomResourceDefinition[] {
  if (!text.includes('CustomResourceDefinition')) return []
  const found: CustomResourceDefinition[] = []
  const visit = (value: YamlValue): void => {
    if (!isObject(value)) return
    if (value.kind === 'List' && Array.isArray(value.items)) value.items.forEach(visit)
    else if (value.kind === 'CustomResourceDefinition' && isWhole(value))
      found.push(value as unknown as CustomResourceDefinition)
  }
  for (const document of readDocuments(text, true)) if (!('error' in document)) visit(document.value)
  return found
}

function isWhole({ spec }: { [key: string]: YamlValue }): boolean {
  if (!isObject(spec) || !isObject(spec.names)) return false
  const { group, names, versions } = spec
  return (
    [group, names.kind, names.plural].every(text => typeof text === 'string' && text !== '') &&
    Array.isArray(versions) &&
    versions.every(version => isObject(version) && typeof version.name === 'string')
  )
}

/** Is this group that of someone's own resources? Kubernetes' groups have no dot, or are known; a slip is near one. */
export function isForeign(group: string): boolean {
  const own = new Set(servedKinds.map(({ resource }) => resource.group))
  return group.includes('.') && !own.has(group) && nearest(group, own) === undefined
}
