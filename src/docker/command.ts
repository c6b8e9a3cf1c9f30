// What every command of docker is, and what it works with.
import type { Process } from '../engine/process.ts'
import type { Task } from '../engine/task.ts'
import type { Daemon } from './daemon/daemon.ts'
import type { Flags } from './flags.ts'

/** How many arguments cobra lets through. */
export type Arguments =
  | { readonly exactly: number }
  | { readonly least: number }
  | { readonly most: number }
  | { readonly from: number; readonly to: number }

export interface Context {
  /** The client's: its files, its streams, its terminal. */
  readonly process: Process
  readonly daemon: Daemon
  /** As it was called, without aliases of cobra: `images`, `image ls`. */
  readonly name: string
  readonly flags: Flags
  /** Words without the flags. */
  readonly args: readonly string[]
  /** The folder of the client's configuration: `/home/learner/.docker`. */
  readonly config: string
  /** `--debug` */
  readonly debug: boolean
}

export interface Command {
  /** Its names, the one its part has first: `image ls`, `images`. */
  readonly names: readonly string[]
  /** The ways to call it, where help lists them otherwise than by their names. */
  readonly aliases?: string
  /** What follows the name in a usage: `[OPTIONS] [REPOSITORY[:TAG]]`. */
  readonly usage: string
  /** A second form of use: `[OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH`. */
  readonly usages?: readonly string[]
  readonly arguments: Arguments
  /** See flags.ts. */
  readonly flags: string
  /** Flags that docker heeds and the simulator does not: whoever sets one is told so. */
  readonly withoutEffect?: string
  /** The first argument ends the flags: what follows is another program's. */
  readonly stopsAtArgument?: boolean
  /** What every error that is not of its flags gets: `docker: ` before it, a pointer to help behind, exit code 125. */
  readonly ofRun?: boolean
  /** The client does it alone: no daemon need be there. */
  readonly local?: boolean
  /** The usage of what docker calls for it: `docker buildx build`. */
  readonly plugin?: string
  run(context: Context): Task<number>
}

export const exactly = (count: number): Arguments => ({ exactly: count })
export const atLeast = (count: number): Arguments => ({ least: count })
export const atMost = (count: number): Arguments => ({ most: count })
export const noArguments: Arguments = { exactly: 0 }
