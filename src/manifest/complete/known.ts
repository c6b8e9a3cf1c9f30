// What completion asks of its surroundings: the types of the API and what there is by name. Whoever knows a cluster
// answers (src/lesson/writing.ts).
import type { StructType } from '../../kinds/schema.ts'

/** An object, whole or still being written, and where it is: a file's name, or '' for the cluster. */
export interface Named {
  readonly object: unknown
  readonly origin: string
}

export interface Known {
  /** What is served, in the order of discovery; of several versions that of the discovery first. */
  readonly pairs: readonly { readonly apiVersion: string; readonly kind: string }[]
  type(apiVersion: string, kind: string): StructType | undefined
  /** What the API says of a type, or of a field of it; '' for nothing. */
  describe(type: StructType, field?: string): string
  /** Those of the cluster and of other files, of a kind. */
  objects(kind: string): readonly Named[]
  /** Whether objects of a kind live in namespaces. */
  namespaced(kind: string): boolean
  /** Images that the registries have. */
  images(): readonly string[]
}

/** What may stand at the caret. */
export interface Candidate {
  readonly label: string
  /** What is written for it, with the lines that it begins. */
  readonly insert: string
  readonly sort: 'key' | 'value' | 'reference'
  /** `<string>`, as kubectl explain has it; of a key. */
  readonly type?: string
  readonly required?: boolean
  /** The first sentence of its description. */
  readonly text?: string
  /** Of a reference: the file that has it, '' for the cluster; undefined where it stands in this text. */
  readonly origin?: string
}

export interface Completion {
  /** What a candidate replaces. */
  readonly from: number
  readonly to: number
  readonly candidates: readonly Candidate[]
}
