// Every kind that the cluster serves, and how it is found: by group, version and kind, by the resource of a URL, or by
// a word that a person types. The file of a kind is loaded when it is first needed (loaders.ts); a kind without one is
// plain.
import { conversionOf, convertedTo, kindEntry } from './entry.ts'
import type { Kind, VersionConversion } from './kind.ts'
import { kindParts } from './loaders.ts'
import { defineKind } from './machinery/plain-kind.ts'
import { type ResourceInfo, resources } from './resources.ts'

/** A kind under one of the group-versions that serve it. */
export interface ServedKind {
  readonly kind: Kind
  /** Names, verbs and subresources of this version. */
  readonly resource: ResourceInfo
  /** Present where this is not the version that objects are stored in. */
  readonly conversion?: VersionConversion
}

const fullName = (r: { group: string; version: string; plural: string }) =>
  `${r.plural}.${r.group ? `${r.group}/` : ''}${r.version}`
const byResource = new Map<string, ServedKind>()
const byKind = new Map<string, ServedKind>()
const byWord = new Map<string, ServedKind>()

/** All kinds, one for each that is stored. */
export const kinds: Kind[] = []
/** All kinds under each version that serves them, in the order of discovery. */
export const servedKinds: readonly ServedKind[] = serve()

function serve(): ServedKind[] {
  const stored = new Map<string, Kind>()
  for (const resource of resources) {
    const name = fullName(resource)
    if (name in convertedTo) continue
    const kind = kindParts.has(resource.kind) ? kindEntry(resource) : defineKind(name)
    stored.set(name, kind)
    kinds.push(kind)
  }
  const list = resources.map((resource): ServedKind => {
    const name = fullName(resource)
    const kind = stored.get(convertedTo[name] ?? name)!
    return { kind, resource, ...(name in convertedTo && { conversion: conversionOf(kind, resource) }) }
  })
  for (const served of list) {
    const { resource } = served
    byResource.set(`${resource.group}/${resource.version}/${resource.plural}`, served)
    byKind.set(`${resource.group}/${resource.version}/${resource.kind}`, served)
    const words = [resource.plural, resource.singular, ...resource.shortNames]
    for (const word of words) {
      for (const known of [
        word,
        `${word}.${resource.group}`,
        `${word}.${resource.version}.${resource.group}`,
        ...(resource.group ? [] : [`${word}.${resource.version}`]),
      ])
        if (!byWord.has(known)) byWord.set(known, served)
    }
  }
  return list
}

/** By the group, version and kind of an object; '' is the core group. */
export const findKind = (group: string, version: string, kind: string): ServedKind | undefined =>
  byKind.get(`${group}/${version}/${kind}`)

/** By the resource in a URL. */
export const findResource = (group: string, version: string, plural: string): ServedKind | undefined =>
  byResource.get(`${group}/${version}/${plural}`)

/** By an object's apiVersion and kind. */
export function kindOf(object: { apiVersion: string; kind: string }): ServedKind | undefined {
  const slash = object.apiVersion.indexOf('/')
  return findKind(
    slash < 0 ? '' : object.apiVersion.slice(0, slash),
    slash < 0 ? object.apiVersion : object.apiVersion.slice(slash + 1),
    object.kind,
  )
}

/**
 * By a word as kubectl takes it: plural, singular or short name, alone or with group (`deployments.apps`) or version
 * and group (`deployments.v1.apps`); the first in the order of discovery.
 */
export const findByWord = (word: string): ServedKind | undefined => byWord.get(word.toLowerCase())

/** Resources of a category (`all`), each in its preferred version, in the order of discovery. */
export const inCategory = (category: string): ServedKind[] =>
  servedKinds.filter(
    ({ resource }, i) =>
      resource.categories.includes(category) &&
      !servedKinds.some(
        (other, j) =>
          j < i && other.resource.group === resource.group && other.resource.plural === resource.plural,
      ),
  )
