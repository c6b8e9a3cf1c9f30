// A family of images: what names and tags there are, and how large they are. Compact data, apart from the programs, so
// that a registry can look a name up without them.
import type { TagRule } from './tags.ts'

/** What an image does here; the words for people stand with whoever shows them. */
export type Conduct =
  /** A shell and the tools of its system. */
  | 'shell'
  /** Its own program, as far as tutorials use it. */
  | 'program'
  /** A database that keeps what it is told, with its client. */
  | 'database'
  /** Answers HTTP as the program of that name does. */
  | 'web'
  /** Starts, logs and listens as the real one does; what it would do with a request is left out. */
  | 'service'
  /** A part of the cluster, done elsewhere. */
  | 'cluster'

export interface Family extends TagRule {
  /**
   * Repositories without `docker.io/` and `library/`, apart from each other by blanks. A `*` stands for one name:
   * `weaveworksdemos/*`.
   */
  readonly names: string
  /** Compressed, in bytes: that of the plain image. */
  readonly size: number
  /** Sizes of single tags that were measured. */
  readonly sizes?: Readonly<Record<string, number>>
  readonly conduct: Conduct
  /** The name of its maker in `../images/index.ts`. */
  readonly program: string
  /** What the maker is told beside the name: the service's name in its table, for example. */
  readonly detail?: string
  /** Only who knows these may pull it. */
  readonly login?: { readonly user: string; readonly password: string }
}

const megabyte = 1e6
export const mb = (megabytes: number): number => Math.round(megabytes * megabyte)
