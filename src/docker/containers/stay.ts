// Stays with a container to its end, where a stream of it is wanted: after its start (run, start -a), or while it runs
// (attach).
import type { Container } from '../../containers/container.ts'
import type { Process } from '../../engine/process.ts'
import { Interrupt, type Task } from '../../engine/task.ts'
import type { Daemon } from '../daemon/daemon.ts'
import type { DockerContainer } from '../daemon/state.ts'
import { startContainer } from './start.ts'
import { Input, joinOutput, type Waited, type Wanted, waitWith } from './streams.ts'

export interface Stay extends Wanted {
  /** Signals go on to the container; else they end the client alone. */
  readonly proxies: boolean
}

/** The exit code of the container, or 0 where nobody waits for it. */
export function* startAndStay(
  process: Process,
  daemon: Daemon,
  docker: DockerContainer,
  how: Stay,
): Task<number> {
  const isJoined = how.stdin || how.stdout || how.stderr
  let joined: Joined | undefined
  const attach = (container: Container) => {
    if (isJoined) joined = join(process, container, how)
  }
  try {
    yield* daemon.work(startContainer(daemon, docker, { terminal: process.terminal, attach }))
    if (!joined) return 0
    const end = yield* remain(docker, joined, how)
    if (end === 'left') return 0
    return codeOf(end, process)
  } finally {
    joined?.leave()
  }
}

/** Joins a container that runs: the exit code of it, or that the client was left by its keys. */
export function* attachAndStay(process: Process, docker: DockerContainer, how: Stay): Task<number | 'left'> {
  const joined = join(process, docker.container!, how)
  try {
    const end = yield* remain(docker, joined, how)
    return end === 'left' ? 'left' : codeOf(end, process)
  } finally {
    joined.leave()
  }
}

interface Joined {
  readonly input: Input | undefined
  leave(): void
}

function join(process: Process, container: Container, how: Stay): Joined {
  const leave = joinOutput(container, process, how)
  const input = how.stdin ? new Input(process, container.stdin) : undefined
  return {
    input,
    leave() {
      leave()
      input?.close()
    },
  }
}

function* remain(
  { settings, ended, container }: DockerContainer,
  { input }: Joined,
  how: Stay,
): Task<Waited<number>> {
  const isTerminal = settings.tty && how.stdin
  return yield* waitWith(
    ended,
    input,
    signal => {
      if (!how.proxies && !isTerminal) throw new Interrupt(signal)
      container?.signal(signal)
    },
    isTerminal,
  )
}

function codeOf(end: Exclude<Waited<number>, 'left'>, { stderr }: Process): number {
  if (end !== 'forced') return end.value
  stderr.write('\ngot 3 SIGTERM/SIGINTs, forcefully exiting\n')
  return 1
}
