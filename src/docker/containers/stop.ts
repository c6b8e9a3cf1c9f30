// How containers are ended, halted and renamed: stop, kill, restart, pause, unpause, rename, rm.
// Words: moby 28, daemon/{stop,kill,pause,unpause,rename,delete}.go.
import { dictionary } from '../../engine/dictionary.ts'
import { isSignal, type Signal, signalNumbers, type Task, wait, withTimeout } from '../../engine/task.ts'
import type { Daemon } from '../daemon/daemon.ts'
import type { DockerContainer } from '../daemon/state.ts'
import { DaemonError } from '../errors.ts'
import { checkName } from './create.ts'
import { containerEvent } from './events.ts'
import { removeContainer } from './remove.ts'
import { resume, startContainer } from './start.ts'

const stopSeconds = 10
/** How long the daemon waits for a process that was killed (moby daemon/kill.go). */
const killMs = 10_000

/** `TERM`, `SIGTERM`, `15`; throws where there is no such signal. */
export function signalOf(text: string): Signal | 'SIGKILL' | number {
  const number = Number(text)
  const name = /^\d+$/.test(text)
    ? Object.entries(signalNumbers).find(([, each]) => each === number)?.[0]
    : `SIG${text.toUpperCase().replace(/^SIG/, '')}`
  if (name && isSignal(name)) return name
  if (/^\d+$/.test(text) && number > 0 && number < 65) return number
  const other = ignored[name?.slice(3) ?? '']
  if (other) return other
  throw new DaemonError(`invalid signal: ${text}`)
}

/** Signals that no program of this world minds. */
const ignored: Readonly<Record<string, number>> = dictionary({
  CHLD: 17,
  CONT: 18,
  WINCH: 28,
  URG: 23,
  ALRM: 14,
  TRAP: 5,
})

export interface StopOptions {
  readonly signal?: string
  /** Seconds; less than 0: without end. */
  readonly seconds?: number | undefined
}

/** Asks a container to end, and kills it when it does not. */
export function* stopContainer(
  daemon: Daemon,
  docker: DockerContainer,
  { signal = '', seconds }: StopOptions = {},
): Task {
  docker.stoppedByHand = true
  if (docker.status === 'restarting') {
    docker.cancelRestart?.()
    docker.cancelRestart = undefined
    docker.status = 'exited'
    return
  }
  const { container } = docker
  if (!container?.running) return
  const patience = seconds ?? docker.settings.stopTimeout ?? stopSeconds
  send(daemon, docker, signal || docker.settings.stopSignal || 'SIGTERM')
  const { ended } = docker
  if (patience < 0) yield* wait(ended)
  else if ((yield* withTimeout(ended, patience * 1000)) === undefined && !ended.settled) {
    resume(docker)
    send(daemon, docker, 'SIGKILL')
    yield* withTimeout(ended, killMs)
  }
  containerEvent(daemon, docker, 'stop')
}

function send(daemon: Daemon, docker: DockerContainer, name: string): void {
  const signal = signalOf(name)
  containerEvent(daemon, docker, 'kill', {
    signal: String(typeof signal === 'number' ? signal : signalNumbers[signal]),
  })
  if (typeof signal !== 'number') docker.container?.signal(signal)
}

/** `ref`: the container as it was called. */
export function* killContainer(daemon: Daemon, docker: DockerContainer, ref: string, name: string): Task {
  const fail = (why: string) => {
    throw new DaemonError(`cannot kill container: ${why}`)
  }
  let signal: ReturnType<typeof signalOf>
  try {
    signal = signalOf(name)
  } catch (error) {
    if (!(error instanceof DaemonError)) throw error
    return fail(`${ref}: ${error.reason}`)
  }
  if (!docker.container?.running) fail(`${ref}: container ${docker.id} is not running`)
  if (signal === 'SIGKILL' || signal === 'SIGTERM') docker.stoppedByHand = true
  resume(docker)
  send(daemon, docker, name)
  if (signal === 'SIGKILL') yield* withTimeout(docker.ended, killMs)
}

export function* restartContainer(daemon: Daemon, docker: DockerContainer, options: StopOptions): Task {
  const { autoRemove } = docker.settings
  // It must outlive its own end.
  docker.settings = { ...docker.settings, autoRemove: false }
  try {
    yield* stopContainer(daemon, docker, options)
    yield* startContainer(daemon, docker)
  } finally {
    docker.settings = { ...docker.settings, autoRemove }
  }
  containerEvent(daemon, docker, 'restart')
}

export function pauseContainer(daemon: Daemon, docker: DockerContainer): void {
  if (docker.status === 'paused') throw new DaemonError(`Container ${docker.id} is already paused`)
  if (docker.status === 'restarting')
    throw new DaemonError(`Container ${docker.id} is restarting, wait until the container is running`)
  if (docker.status !== 'running') throw new DaemonError(`Container ${docker.id} is not running`)
  docker.container!.freeze()
  docker.status = 'paused'
  containerEvent(daemon, docker, 'pause')
}

export function unpauseContainer(daemon: Daemon, docker: DockerContainer): void {
  if (docker.status !== 'paused') throw new DaemonError(`Container ${docker.id} is not paused`)
  resume(docker)
  containerEvent(daemon, docker, 'unpause')
}

export function renameContainer(daemon: Daemon, docker: DockerContainer, wanted: string): void {
  const name = wanted.replace(/^\//, '')
  if (!name) throw new DaemonError('Neither old nor new names may be empty')
  if (name === docker.name)
    throw new DaemonError('Renaming a container with the same name as its current name')
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name))
    throw new DaemonError(
      `Error when allocating new name: Invalid container name (${wanted}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`,
    )
  try {
    checkName(daemon, name)
  } catch (error) {
    if (!(error instanceof DaemonError)) throw error
    throw new DaemonError(`Error when allocating new name: ${error.reason}`)
  }
  const oldName = `/${docker.name}`
  docker.name = name
  containerEvent(daemon, docker, 'rename', { oldName })
}

/** What `docker rm` does: a container that runs goes only by force. `ref`: the container as it was called. */
export function* removeByHand(
  daemon: Daemon,
  docker: DockerContainer,
  ref: string,
  { force, volumes }: { readonly force: boolean; readonly volumes: boolean },
): Task {
  const { status } = docker
  if (/^(running|paused|restarting)$/.test(status) && !force) {
    const why =
      status === 'paused'
        ? 'is paused and must be unpaused first'
        : `is ${status}: stop the container before removing or force remove`
    throw new DaemonError(`cannot remove container ${JSON.stringify(ref)}: container ${why}`)
  }
  docker.stoppedByHand = true
  docker.cancelRestart?.()
  if (docker.container?.running) {
    resume(docker)
    send(daemon, docker, 'SIGKILL')
    yield* wait(docker.ended)
  }
  if (daemon.containers.has(docker.id)) removeContainer(daemon, docker, volumes)
}
