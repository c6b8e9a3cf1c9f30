// Which resources the server has, and which of them a word on the command line means (apimachinery's RESTMapper with
// shortcuts). The built-in kinds are known from the same tables as the server's discovery documents; custom ones are
// asked for when a word or a kind is not among those.
import type { KubeObject, ObjectOf } from '../kinds/object.ts'
import type { ResourceInfo } from '../kinds/resources.ts'
import { resources as builtIn } from '../kinds/resources.ts'
import { CommandError, NoMatchError, PlainError } from './errors.ts'

export type Resource = ResourceInfo

declare const held: unique symbol

/** A resource of which it is known what it holds: `ResourceOf<Pod>`. The types alone know, nothing has that field. */
export interface ResourceOf<T extends KubeObject> extends Resource {
  readonly [held]?: T
}

/** What a resource holds. */
export type Held<R extends Resource> = R extends { readonly [held]?: infer T extends KubeObject }
  ? T
  : KubeObject

export const groupVersion = (r: { group: string; version: string }): string =>
  r.group ? `${r.group}/${r.version}` : r.version
/** `deployments.apps`, `pods`. */
export const qualifiedPlural = (r: { group: string; plural: string }): string =>
  r.group ? `${r.plural}.${r.group}` : r.plural
/** `deployment.apps`, `pod`: the kind as names of objects begin with. */
export const qualifiedKind = (r: { group: string; kind: string }): string =>
  (r.group ? `${r.kind}.${r.group}` : r.kind).toLowerCase()

/** What is read of APIGroupList and APIResourceList. */
interface Discovered {
  readonly groups?: readonly { name: string; versions: readonly { version: string }[] }[]
  readonly resources?: readonly DiscoveredResource[]
}

interface DiscoveredResource {
  readonly name: string
  readonly kind: string
  readonly namespaced: boolean
  readonly verbs: readonly string[]
  readonly singularName?: string
  readonly shortNames?: readonly string[]
  readonly categories?: readonly string[]
}

export interface DiscoveryOptions {
  /** A GET that answers nothing where the server refuses. */
  readonly fetch: (path: string) => Discovered | undefined
  readonly warn: (text: string) => void
  /** Where no server answers: the error, after a line of the log for each attempt that the real client makes. */
  readonly failure: (attempts: number) => Error | undefined
}

/** Kinds of the server's own that kubectl knows no Go types of. */
const untyped = new Set(['apiextensions.k8s.io', 'apiregistration.k8s.io'])

/** Whether kubectl has a Go type for it (k8s.io/kubectl/pkg/scheme). */
export const inScheme = (apiVersion: string, kind: string): boolean =>
  builtIn.some(r => r.kind === kind && groupVersion(r) === apiVersion && !untyped.has(r.group))

/** `deployments.apps` as errors name it: `"deployments" in group "apps"`. */
export function withGroup(word: string, quote: (text: string) => string): string {
  const [name = '', ...group] = word.split('.')
  return `${quote(name)}${group.length ? ` in group ${quote(group.join('.'))}` : ''}`
}

/**
 * How often the real client asks a server that does not answer, by what it wants to know: its RESTMapper starts anew for
 * each of its steps (measured with kubectl 1.33).
 */
const attemptsFor = { category: 1, resource: 4, mapping: 2, kind: 1 } as const

export class Discovery {
  readonly #fetch: DiscoveryOptions['fetch']
  readonly #warn: DiscoveryOptions['warn']
  readonly #failure: DiscoveryOptions['failure']
  #custom: readonly Resource[] | undefined

  constructor({ fetch, warn, failure }: DiscoveryOptions) {
    this.#fetch = fetch
    this.#warn = warn
    this.#failure = failure
  }

  /** The error where no server answers, after so many lines of the log. */
  failure(attempts: number = attemptsFor.kind): Error | undefined {
    return this.#failure(attempts)
  }

  /** Throws where no server answers. */
  reach(attempts: number = attemptsFor.kind): void {
    const failure = this.#failure(attempts)
    if (failure) throw failure
  }

  /** Kinds made by CustomResourceDefinitions, and those of other servers behind this one (metrics.k8s.io). */
  get custom(): readonly Resource[] {
    this.#custom ??= this.#readCustom()
    return this.#custom
  }

  /** Every resource in every served version, preferred versions first. */
  get resources(): readonly Resource[] {
    return [...builtIn, ...this.custom]
  }

  /** Only the preferred version of each resource. */
  get preferred(): readonly Resource[] {
    const seen = new Set<string>()
    return this.resources.filter(r => {
      const id = qualifiedPlural(r)
      return !seen.has(id) && !!seen.add(id)
    })
  }

  #readCustom(): Resource[] {
    const known = new Set(builtIn.map(r => r.group))
    const groups = this.#fetch('/apis')?.groups ?? []
    return groups
      .filter(group => !known.has(group.name))
      .flatMap(group => group.versions.flatMap(({ version }) => this.#resourcesOf(group.name, version)))
  }

  #resourcesOf(group: string, version: string): Resource[] {
    const list = this.#fetch(`/apis/${group}/${version}`)?.resources ?? []
    return list
      .filter(r => !r.name.includes('/'))
      .map(({ name: plural, kind, namespaced, verbs, singularName, shortNames = [], categories = [] }) => ({
        group,
        version,
        kind,
        plural,
        singular: singularName || kind.toLowerCase(),
        namespaced,
        verbs,
        shortNames,
        categories,
        schema: '',
        subresources: list
          .filter(s => s.name.startsWith(`${plural}/`))
          .map(s => ({ name: s.name.slice(plural.length + 1), verbs: s.verbs, kind: s.kind })),
      }))
  }

  #find(matches: (r: Resource) => boolean): Resource | undefined {
    return builtIn.find(matches) ?? this.custom.find(matches)
  }

  /** `po`, `pod`, `Pods`, `deployments.apps`, `deploy.v1.apps`: undefined where the server has no such resource. */
  lookup(word: string): Resource | undefined {
    this.reach(attemptsFor.mapping)
    return this.#lookup(word)
  }

  #lookup(word: string): Resource | undefined {
    const [name = '', ...rest] = word.toLowerCase().split('.')
    const group = rest.join('.')
    const qualified = (r: Resource) => !group || group === r.group || group === `${r.version}.${r.group}`
    const named = (r: Resource) => r.plural === name || r.singular === name
    return (
      this.#find(r => named(r) && qualified(r)) ??
      this.#byShortName(name, qualified) ??
      this.#find(r => r.kind.toLowerCase() === name && qualified(r)) ??
      (group ? this.#find(r => named(r) && r.group.startsWith(`${group}.`)) : undefined)
    )
  }

  /** The first with that short name; others are mentioned. */
  #byShortName(name: string, qualified: (r: Resource) => boolean): Resource | undefined {
    const matches = (r: Resource) => r.shortNames.includes(name) && qualified(r)
    const found = this.#find(matches)
    if (!found) return undefined
    const others = builtIn.filter(r => matches(r) && qualifiedPlural(r) !== qualifiedPlural(found))
    for (const other of new Set(others.map(qualifiedPlural)))
      this.#warn(`short name ${JSON.stringify(name)} could also match lower priority resource ${other}`)
    return found
  }

  resource(word: string): Resource {
    this.reach(attemptsFor.resource)
    const found = this.#lookup(word)
    if (!found)
      throw new NoMatchError(`the server doesn't have a resource type ${JSON.stringify(word.split('.')[0])}`)
    return found
  }

  /** The same for commands that ask the RESTMapper themselves: its error is told as it is (StandardErrorMessage). */
  mapped(word: string): Resource {
    const found = this.lookup(word)
    if (!found)
      throw new PlainError(`the server doesn't have a resource type ${withGroup(word, JSON.stringify)}`)
    return found
  }

  forKind(apiVersion: string, kind: string): Resource | undefined {
    // Kinds are known in lower case as well: the server then says what is wrong with them.
    return this.#find(
      r => (r.kind === kind || r.kind.toLowerCase() === kind) && groupVersion(r) === apiVersion,
    )
  }

  /** By group and plural name; for commands that work on one known resource. */
  known<Plural extends string, Group extends string = ''>(
    plural: Plural,
    group?: Group,
    version?: string,
  ): ResourceOf<ObjectOf<Group extends '' ? Plural : `${Plural}.${Group}`>> {
    const found = this.#find(
      r => r.plural === plural && r.group === (group ?? '') && (!version || r.version === version),
    )
    if (!found) throw new CommandError(`the server doesn't have a resource type "${plural}"`)
    return found
  }

  /** `all` and other categories: the resources they stand for. */
  category(word: string): readonly Resource[] {
    if (this.#failure(attemptsFor.category)) return []
    if (!this.preferred.some(r => r.categories.includes(word))) return []
    return this.preferred.filter(r => r.categories.includes(word))
  }
}
