// Starts a container, and stays with it to its end where a stream of it is wanted.
import type { Process } from '../../engine/process.ts'
import type { Fiber, Task } from '../../engine/task.ts'
import type { Daemon } from '../daemon/daemon.ts'
import type { DockerContainer } from '../daemon/state.ts'
import { startContainer } from './start.ts'
import { joinInput, joinOutput, type Wanted, waitWith } from './streams.ts'

export interface Stay extends Wanted {
  /** Signals go on to the container; else they end the client alone. */
  readonly proxies: boolean
}

/** The exit code of the container, or 0 where nobody waits for it. */
export function* stay(
  process: Process,
  daemon: Daemon,
  docker: DockerContainer,
  { stdin, stdout, stderr, proxies }: Stay,
): Task<number> {
  const isJoined = stdin || stdout || stderr
  const leaves: (() => void)[] = []
  let input: Fiber<void> | undefined
  const attach = (container: Parameters<typeof joinOutput>[0]) => {
    if (!isJoined) return
    leaves.push(joinOutput(container, process, { stdin, stdout, stderr }))
    if (stdin) input = joinInput(process, container.stdin)
  }
  try {
    yield* daemon.work(startContainer(daemon, docker, { terminal: process.terminal, attach }))
    if (!isJoined) return 0
    const isTerminal = docker.settings.tty && stdin
    const { ended, container } = docker
    if (!proxies) return yield* endOf(ended)
    const code = yield* waitWith(ended, signal => container?.signal(signal), isTerminal)
    if (code !== undefined) return code
    process.stderr.write('\ngot 3 SIGTERM/SIGINTs, forcefully exiting\n')
    return 1
  } finally {
    for (const leave of leaves) leave()
    input?.kill()
  }
}

function* endOf(ended: DockerContainer['ended']): Task<number> {
  return (yield ended) as number
}
