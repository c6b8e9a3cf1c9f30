// Which resources the server serves: the kinds of src/kinds in each of their versions, and those that
// CustomResourceDefinitions add while it runs.

import type { ServedKind } from '../kinds/index.ts'
import type { Kind, VersionConversion } from '../kinds/kind.ts'
import type { KubeObject } from '../kinds/object.ts'
import type { ResourceInfo } from '../kinds/resources.ts'
import type { CustomResource } from './custom/custom-resources.ts'

/** A kind as served under one group and version. */
export interface Resource extends ResourceInfo {
  readonly rules: Kind
  /** Served for a CustomResourceDefinition. */
  readonly custom?: CustomResource
  /** `apps/v1`, `v1`. */
  readonly apiVersion: string
  /** Present where this is not the version that objects are stored in. */
  readonly conversion: VersionConversion | undefined
  /** Name of the store's table: `deployments.apps`. */
  readonly table: string
}

/** What a resource is found by. */
export const resourceKey = (group: string, version: string, plural: string) => `${group}/${version}/${plural}`

export class Registry {
  readonly #resources = new Map<string, Resource>()
  readonly #byKind = new Map<string, Resource>()
  readonly #stored = new Map<string, Resource>()

  constructor(served: Iterable<ServedKind>) {
    for (const each of served) this.add(each)
  }

  add({
    kind: rules,
    resource,
    conversion,
    custom,
  }: ServedKind & { readonly custom?: CustomResource }): void {
    const { group, version, plural } = resource
    const added: Resource = {
      ...resource,
      rules,
      apiVersion: group ? `${group}/${version}` : version,
      conversion,
      ...(custom && { custom }),
      table: rules.group ? `${rules.plural}.${rules.group}` : rules.plural,
    }
    this.#resources.set(resourceKey(group, version, plural), added)
    const byKind = `${added.apiVersion} ${added.kind}`
    if (!this.#byKind.has(byKind)) this.#byKind.set(byKind, added)
    if (!conversion) this.#stored.set(added.table, added)
  }

  remove(group: string, version: string, plural: string): void {
    const key = resourceKey(group, version, plural)
    const removed = this.#resources.get(key)
    this.#resources.delete(key)
    if (removed) this.#byKind.delete(`${removed.apiVersion} ${removed.kind}`)
    if (removed && this.#stored.get(removed.table) === removed) this.#stored.delete(removed.table)
  }

  find(group: string, version: string, plural: string): Resource | undefined {
    return this.#resources.get(resourceKey(group, version, plural))
  }

  /** By `resourceKey`. */
  at(key: string): Resource | undefined {
    return this.#resources.get(key)
  }

  /** By the name in messages, `deployments.apps`, in the version that is stored. */
  named(table: string): Resource | undefined {
    return this.#stored.get(table)
  }

  /** By an object's apiVersion and kind. */
  ofObject({ apiVersion, kind }: { apiVersion: string; kind: string }): Resource | undefined {
    return this.#byKind.get(`${apiVersion} ${kind}`)
  }

  all(): Iterable<Resource> {
    return this.#resources.values()
  }
}

/** The object as this version of the resource shows it. */
export const toVersion = (resource: Resource, stored: KubeObject): KubeObject =>
  resource.conversion ? resource.conversion.fromStored(stored) : stored
