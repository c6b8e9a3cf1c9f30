// Work that is laid on pods, as plain data: so it can be an input of a world and be replayed (metrics.ts).

/** Work for the pods of a name, or of names that begin with it: shared by all that are ready. */
export interface Load {
  readonly namespace?: string
  readonly pod: string
  /** Millicores, all pods together. */
  readonly cpu: number
  /** Bytes of memory that each of them takes for it. */
  readonly memory?: number
}
