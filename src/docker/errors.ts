// How a command of docker ends early: each error is words for stderr and an exit code.

/** Words as they stand, and the exit code. */
export class DockerError extends Error {
  readonly code: number
  constructor(message: string, code = 1) {
    super(message)
    this.code = code
  }
}

/** What the daemon refuses: the client puts its name before it. */
export class DaemonError extends DockerError {
  /** What the daemon said. */
  readonly reason: string
  constructor(reason: string, code = 1) {
    super(`Error response from daemon: ${reason}`, code)
    this.reason = reason
  }
}

/** A flag that pflag refuses: the command's usage follows. */
export class FlagError extends DockerError {
  constructor(message: string) {
    super(message, 125)
  }
}

/** Words that stand alone also where a command puts something before and behind its errors. */
export class PlainError extends DockerError {}
