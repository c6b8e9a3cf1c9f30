// A resource on its way through a build: its object, which the transformers change in place, and the names it has had
// (kustomize api/resource, api/resmap, kyaml/resid).
import type { KubeObject } from '../../kinds/object.ts'
import { resources } from '../../kinds/resources.ts'
import { CommandError } from '../errors.ts'
import { type Dict, isObject } from '../print/values.ts'

export interface Id {
  readonly group: string
  readonly version: string
  readonly kind: string
  readonly name: string
  readonly namespace: string
}

/** An object of any kind, which is changed in place. */
export type Tree = KubeObject & Dict

export const isTree = (value: unknown): value is Tree => isObject(value) && isObject(value.metadata)

export interface Res {
  object: Tree
  /** Ids before each renaming, the first one first. */
  previous: Id[]
  readonly prefixes: string[]
  readonly suffixes: string[]
  /** Made by a generator: its name gets the hash of its content. */
  needsHash: boolean
}

export const newRes = (object: Tree, needsHash = false): Res => ({
  object,
  previous: [],
  prefixes: [],
  suffixes: [],
  needsHash,
})

const splitVersion = (apiVersion: unknown): { group: string; version: string } => {
  const text = String(apiVersion ?? '')
  const slash = text.indexOf('/')
  return { group: slash < 0 ? '' : text.slice(0, slash), version: text.slice(slash + 1) }
}

export function idOf({ object: { apiVersion, kind, metadata } }: Res): Id {
  const { name = '', namespace = '' } = (metadata ?? {}) as { name?: string; namespace?: string }
  return { ...splitVersion(apiVersion), kind, name, namespace }
}

export const allIds = (res: Res): Id[] => [...res.previous, idOf(res)]
export const rememberId = (res: Res): void => {
  res.previous.push(idOf(res))
}

/** `Deployment.v1.apps/web.[noNs]` */
export const idText = ({ group, version, kind, name, namespace }: Id): string =>
  `${gvkText({ group, version, kind })}/${name || '[noName]'}.${namespace || '[noNs]'}`
export const gvkText = ({ group, version, kind }: Pick<Id, 'group' | 'version' | 'kind'>): string =>
  `${kind || '[noKind]'}.${version || '[noVer]'}.${group || '[noGrp]'}`

/** Kinds that the tables do not know are taken for namespaced ones. */
export const isClusterScoped = ({ group, kind }: Pick<Id, 'group' | 'kind'>): boolean =>
  resources.find(r => r.kind === kind && r.group === group)?.namespaced === false

export const namespaceOf = (id: Id): string => (isClusterScoped(id) ? '' : id.namespace || 'default')

export const sameId = (a: Id, b: Id): boolean =>
  a.group === b.group &&
  a.version === b.version &&
  a.kind === b.kind &&
  a.name === b.name &&
  namespaceOf(a) === namespaceOf(b)

export const withId = (list: readonly Res[], id: Id): Res[] =>
  list.filter(res => allIds(res).some(other => sameId(other, id)))

/** Appends; two resources of one id are refused. */
export function addRes(list: Res[], added: readonly Res[]): void {
  for (const res of added) {
    const id = idOf(res)
    if (list.some(other => sameId(idOf(other), id)))
      throw new CommandError(`may not add resource with an already registered id: ${idText(id)}`)
    list.push(res)
  }
}

export type StringMap = Record<string, string>

/** `metadata.labels` or `metadata.annotations`, made where missing. */
export function metadataMap(object: KubeObject, field: 'labels' | 'annotations'): StringMap {
  object.metadata[field] ??= {}
  return object.metadata[field]
}
