// What the API machinery must know of a kind. A kind is one file that exports one `Kind`: data and small functions.
// Shared code never asks which kind it has; it asks the kind. `index.ts` lists them all.
import type { FieldError } from './machinery/field-error.ts'
import type { KubeObject } from './object.ts'

/** A column of the server-side Table (`kubectl get`). The definitions come from schema/columns (generated). */
export type Cell = string | number | boolean | null

export interface RowContext {
  /** Virtual time, ms since 1970, for ages. */
  readonly now: number
}

/** What is wrong with a name, one text per fault (`a lowercase RFC 1123 subdomain must consist of …`); `prefix`: a generateName. */
export type NameRule = (name: string, prefix: boolean) => string[]

export interface CreateContext {
  readonly now: number
  /** RFC 3339 of `now`. */
  readonly timestamp: string
}

export interface ScaleAccess<T> {
  replicas(object: T): number
  withReplicas(object: T, replicas: number): T
  statusReplicas(object: T): number
  /** Label selector as text (`app=web`), for the Scale's status. */
  selector(object: T): string
}

/** A further served version of the kind; objects are stored in the kind's own (first) version. */
export interface VersionConversion {
  readonly group: string
  readonly version: string
  readonly schema: string
  toStored(object: KubeObject): KubeObject
  fromStored(object: KubeObject): KubeObject
}

/**
 * A kind of API object. Functions that get `object` own it (it was decoded or copied for them) and may change it;
 * `old` is shared and must not be changed. Upstream names: rest strategies of pkg/registry, validation of
 * pkg/apis/*​/validation, printers of pkg/printers/internalversion.
 */
export interface Kind<T extends KubeObject = KubeObject> {
  /** '' for the core group. */
  readonly group: string
  readonly version: string
  readonly kind: string
  readonly plural: string
  readonly singular: string
  readonly shortNames: readonly string[]
  readonly categories: readonly string[]
  readonly namespaced: boolean
  /** Verbs in discovery; create, update … are refused with MethodNotAllowed where missing. */
  readonly verbs: readonly string[]
  /** Key into the schema tables: `io.k8s.api.apps.v1.Deployment`. */
  readonly schema: string
  readonly versions?: readonly VersionConversion[]
  readonly nameRule: NameRule
  /** SetDefaults_X, after decoding, on every write. */
  readonly defaults?: (object: T) => void
  /** Clears what clients may not set (status), sets generation. Absent: nothing to do. */
  readonly prepareForCreate?: (object: T, context: CreateContext) => void
  /** Puts back what an update may not change silently (status); raises generation where the spec differs. */
  readonly prepareForUpdate?: (object: T, old: T, context: CreateContext) => void
  readonly validate?: (object: T) => FieldError[]
  readonly validateUpdate?: (object: T, old: T) => FieldError[]
  /**
   * Admission of a new object as far as it can be known without a cluster: fills in what the validation wants to see,
   * and refuses what any cluster refuses. For those who check manifests; the server runs its plugins instead.
   */
  readonly presume?: (object: T) => FieldError[]
  /** `Warning:` headers that a create or update earns (deprecated or doubtful fields). */
  readonly warnings?: (object: T, old?: T) => string[]

  /** A warning that every request for the kind earns. */
  readonly deprecation?: string
  /** Seconds after which an object that nobody writes to goes by itself (events). */
  readonly ttlSeconds?: number

  /** Present where the kind has /status. */
  readonly status?: {
    readonly prepareForUpdate?: (object: T, old: T) => void
    readonly validateUpdate?: (object: T, old: T) => FieldError[]
  }
  /** Present where the kind has /scale. */
  readonly scale?: ScaleAccess<T>
  /** Other subresources, by name (pods: log, exec, portforward, binding, eviction, resize, ephemeralcontainers). */
  readonly subresources?: Readonly<Record<string, Subresource<T>>>

  /** Paths that `--field-selector` takes besides metadata.name and metadata.namespace, with how their values are read. */
  readonly selectableFields?: Readonly<Record<string, (object: T) => string>>
  /** Values of the columns of schema/columns for one object, wide ones included, in that order; absent: Name and Created At. */
  readonly row?: (object: T, context: RowContext) => Cell[]
  /** Seconds of grace for a delete that asked for `requested` (undefined: not given); absent: deleted at once. */
  readonly gracefulDeletion?: (object: T, requested: number | undefined) => number
  /**
   * A kind whose content ends before it does (namespaces): `begin` marks a copy whose deletion begins, `held` says
   * whether it must stay for now.
   */
  readonly ending?: { begin(object: T): T; held(object: T): boolean }
  /** Propagation when the client gives none: background where absent. */
  readonly defaultPropagation?: 'Background' | 'Foreground' | 'Orphan'
  /** Creates by PUT are allowed (endpoints, leases, events …): AllowCreateOnUpdate. */
  readonly createOnUpdate?: boolean
  /** Updates without a resourceVersion are allowed: AllowUnconditionalUpdate (true where absent). */
  readonly unconditionalUpdate?: boolean
}

/** A kind whose objects nobody here looks into: what it does to them stays between itself and them. */
export type AnyKind = Kind<any>

/** A subresource that is an update of the object under other rules (binding, resize, approval …). */
export interface Subresource<T extends KubeObject = KubeObject> {
  readonly verbs: readonly ('get' | 'update' | 'patch' | 'create')[]
  /** Schema of the body where it is not the object itself (Binding, Eviction, TokenRequest). */
  readonly body?: {
    readonly group: string
    readonly version: string
    readonly kind: string
    readonly schema: string
  }
  readonly prepareForUpdate?: (object: T, old: T, context: CreateContext) => void
  readonly validateUpdate?: (object: T, old: T) => FieldError[]
}

/** `apps/v1` or `v1`. */
export const apiVersionOf = (kind: { group: string; version: string }): string =>
  kind.group ? `${kind.group}/${kind.version}` : kind.version
