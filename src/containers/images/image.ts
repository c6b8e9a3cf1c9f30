// An image as the simulated registry holds it: a program for each executable, and what a Dockerfile would say.
import type { ApiServer } from '../../api/types.ts'
import type { MemoryFiles } from '../../engine/memory-files.ts'
import type { DnsSources } from '../../engine/network.ts'
import type { Program } from '../../engine/process.ts'

export interface Executable {
  readonly run: Program
  /**
   * Installs handlers for signals. The kernel drops SIGTERM for a first process that has none, so such a container ends
   * by SIGKILL at the end of its grace period.
   */
  readonly handlesSignals?: boolean
  /** Threads that it has beside its first one soon after its start: each takes a process number too. */
  readonly threads?: number
  /**
   * A script that ends in `exec "$@"`: the command that takes its place. A first process that was so started is the
   * command itself, also for signals.
   */
  readonly becomes?: (argv: readonly string[], env: ReadonlyMap<string, string>) => readonly string[]
  /** Capabilities of the file: a user who is not root has them too, where the container may have them at all. */
  readonly fileCapabilities?: readonly string[]
}

export interface Image {
  /** Programs by path; those of a shell and its tools come with `shell`. */
  readonly programs: Readonly<Record<string, Executable>>
  readonly entrypoint?: readonly string[]
  readonly cmd?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly workingDir?: string
  readonly user?: string
  readonly ports?: readonly number[]
  readonly files?: Readonly<Record<string, string>>
  /** Directories that it has beside those of its files. */
  readonly directories?: readonly string[]
  /** All that it has on its disk, where it was built here: then `files` and `directories` say nothing. */
  readonly root?: MemoryFiles
  /** A stand-in runs this for every command of a manifest that it does not have. */
  readonly fallback?: Executable
  /** It has /bin/sh and small tools, in the words of busybox or of GNU. */
  readonly shell?: 'busybox' | 'gnu'
}

/** What a family's maker is asked for. */
export interface WantedImage {
  /** `docker.io/library/nginx` */
  readonly repository: string
  readonly tag: string
  /** As far as the tag tells it: `1.14.2`; may be empty. */
  readonly version: string
  /** `alpine`, `slim-bookworm`; empty where the tag names none. */
  readonly variant: string
  readonly detail?: string | undefined
}

/**
 * For programs that are part of their cluster: `api`, its API server, and `names`, what its name servers can ask.
 */
export type ImageMaker = (wanted: WantedImage, api: ApiServer, names: DnsSources) => Image
