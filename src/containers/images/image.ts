// An image as the simulated registry holds it: a program for each executable, and what a Dockerfile would say.
import type { Program } from '../../engine/process.ts'

export interface Executable {
  readonly run: Program
  /**
   * Installs handlers for signals. The kernel drops SIGTERM for a first process that has none, so such a container ends
   * by SIGKILL at the end of its grace period.
   */
  readonly handlesSignals?: boolean
}

export interface Image {
  /** Without `docker.io/` and `library/`: `leigg/hellok8s`, `nginx`. */
  readonly repository: string
  /** The tags that the registry has, with the bytes of each one compressed. */
  readonly tags: Readonly<Record<string, number>>
  /** Programs by path; those of a shell and its tools come with `shell`. */
  readonly programs: Readonly<Record<string, Executable>>
  readonly entrypoint?: readonly string[]
  readonly cmd?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly workingDir?: string
  readonly user?: string
  readonly ports?: readonly number[]
  readonly files?: Readonly<Record<string, string>>
  /** It has /bin/sh and small tools, in the words of busybox or of GNU. */
  readonly shell?: 'busybox' | 'gnu'
}
