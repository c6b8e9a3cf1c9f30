// What the map of the cluster is drawn from: one row an object, in plain data. A row says how an object is and whose it is,
// never how it looks; words are keys of `src/i18n/lab/map.*.ts`. Times are virtual ms since the world's start.

/** How a pod is, in the order in which a reader should look at it: what fails first. */
export type PodState =
  | 'failing'
  | 'unknown'
  | 'not-ready'
  | 'no-node'
  | 'starting'
  | 'leaving'
  | 'completed'
  | 'ready'

/** A piece of a sentence in no language: a key of the map's words, and what stands in its places. */
export interface Saying {
  readonly say: string
  readonly with?: Readonly<Record<string, string | number>>
  /** `{in}`: the time until then. */
  readonly until?: number
  /** `{ago}`: the time since then. */
  readonly since?: number
}

interface Row {
  readonly uid: string
  readonly namespace: string
  readonly name: string
}

export interface PodRow extends Row {
  readonly row: 'pod'
  readonly state: PodState
  /** STATUS and READY as kubectl prints them. */
  readonly word: string
  readonly ready: string
  /** The node's name, '' while it has none. */
  readonly node: string
  /** What made it, seen from above (the Deployment, not its ReplicaSet): uid, '' for a pod of nobody. */
  readonly owner: string
  /** Which of the owner's templates it is made from. */
  readonly revision: string
  /** Tag of its first image. */
  readonly version: string
  readonly address: string
  /** One line why, where there is something to say. */
  readonly line?: Saying
  /** A wait with a known end: from, until. */
  readonly wait?: readonly [number, number]
  /** Made since the last command. */
  readonly made: boolean
  /** It was asked to leave, and something about that is not as it should be. */
  readonly alarming?: boolean
  /** Services that select it, by uid: whether they send it requests. */
  readonly plugs?: Readonly<Record<string, boolean>>
  /** Names of the claims that it mounts. */
  readonly claims?: readonly string[]
}

export interface Revision {
  readonly id: string
  /** As part of its pods' names: `84b97ff4d`. */
  readonly hash: string
  readonly version: string
  readonly pods: number
}

export interface OwnerRow extends Row {
  readonly row: 'owner'
  readonly kind: string
  readonly ready: number
  readonly wanted: number
  /** So many more than wanted may exist for a while. */
  readonly surge?: number
  /** Its number among the owners: the hue. */
  readonly hue: number
  /** The template that new pods are made from. */
  readonly current: string
  readonly revisions?: readonly Revision[]
  // When a CronJob makes its Jobs.
  readonly schedule?: string
  /** It has been told to rest, or has ended. */
  readonly note?: Saying
}

export interface NodeRow extends Row {
  readonly row: 'node'
  readonly word: string
  /** Nobody hears from it. */
  readonly lost: boolean
  readonly line?: Saying
  /** Ordinary pods are not placed there. */
  readonly closed?: Saying
}

export interface ServiceRow extends Row {
  readonly row: 'service'
  readonly address: string
  readonly type: string
  /** It selects pods by their labels. */
  readonly selects: boolean
  /** Pods that get requests, of those that are selected. */
  readonly ready: number
  readonly total: number
}

export interface IngressRow extends Row {
  readonly row: 'ingress'
  readonly hosts: string
  /** Names of the Services it leads to. */
  readonly services: readonly string[]
}

export interface ClaimRow extends Row {
  readonly row: 'claim'
  readonly phase: string
  readonly capacity: string
}

export type MapRow = PodRow | OwnerRow | NodeRow | ServiceRow | IngressRow | ClaimRow
