// Kinds that CustomResourceDefinitions define: their code is loaded with the first definition.
import type { Engine } from '../../engine/engine.ts'
import type { CustomResourceDefinition } from '../../kinds/schema/types.ts'
import { customParts } from '../loaders.ts'
import type { Registry } from '../registry.ts'
import type { Store } from '../store.ts'

export const definitions = 'customresourcedefinitions.apiextensions.k8s.io'

export function serveCustomResources(engine: Engine, store: Store, registry: Registry): void {
  let follow:
    | ((old: CustomResourceDefinition | undefined, now: CustomResourceDefinition | undefined) => void)
    | undefined
  store.table(definitions).observe((old, now) => {
    follow ??= customParts.get('CustomResourceDefinition').definitionFollower(engine, store, registry)
    follow(old, now)
  })
}
