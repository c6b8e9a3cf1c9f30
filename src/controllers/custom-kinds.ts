// The kinds that CustomResourceDefinitions define, as controllers that work on every kind see them: one resource for a
// definition, in the version that is stored or else the first that is served.
import type { Informer } from '../api/informer.ts'
import { isTrue } from '../kinds/machinery/conditions.ts'
import type { CustomResourceDefinition } from '../kinds/schema/types.ts'

/** What these controllers ask of a kind, of Kubernetes' own or a defined one. */
export interface DeletableKind {
  readonly plural: string
  readonly group: string
  readonly version: string
  readonly kind: string
  readonly namespaced: boolean
  readonly verbs: readonly string[]
}

export const definitions = 'customresourcedefinitions.apiextensions.k8s.io'

const verbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch']

/** undefined where no version is served, or the definition goes. */
export function definedKind({ metadata, spec, status }: CustomResourceDefinition): DeletableKind | undefined {
  const served = spec.versions.filter(v => v.served)
  const version = served.find(v => v.storage) ?? served[0]
  if (!version || !isTrue(status, 'Established') || metadata.deletionTimestamp) return undefined
  const { group, names, scope } = spec
  return {
    plural: names.plural,
    group,
    version: version.name,
    kind: names.kind,
    namespaced: scope === 'Namespaced',
    verbs,
  }
}

/** All defined kinds of the moment, by the names of their definitions. */
export const definedKinds = (informer: Informer<CustomResourceDefinition>): DeletableKind[] =>
  [...informer.all()]
    .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
    .flatMap(definition => definedKind(definition) ?? [])
