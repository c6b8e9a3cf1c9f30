// A further process in a container (moby daemon/exec.go; runc's words).
import { securityOf, UnknownUser } from '../../containers/security.ts'
import { FileError, resolvePath } from '../../engine/files.ts'
import type { Readable, Writable } from '../../engine/pipe.ts'
import type { Process } from '../../engine/process.ts'
import type { Fiber } from '../../engine/task.ts'
import type { Daemon } from '../daemon/daemon.ts'
import { environment } from '../daemon/launch.ts'
import type { DockerContainer } from '../daemon/state.ts'
import { DaemonError } from '../errors.ts'
import { containerEvent } from './events.ts'

export interface ExecRequest {
  readonly argv: readonly string[]
  readonly env: readonly string[]
  readonly cwd: string
  readonly user: string
  readonly tty: boolean
  readonly privileged: boolean
}

/** Refuses a container in which nothing can be run now; `name`: as it was asked for. */
export function checkRunning(docker: DockerContainer, name: string): void {
  const { id, status } = docker
  if (status === 'paused')
    throw new DaemonError(`Container ${name} is paused, unpause the container before exec`)
  if (status === 'restarting')
    throw new DaemonError(`Container ${id} is restarting, wait until the container is running`)
  if (status !== 'running') throw new DaemonError(`container ${id} is not running`)
}

/** The process that runs, or runc's words for why there is none. */
export function execIn(
  daemon: Daemon,
  docker: DockerContainer,
  request: ExecRequest,
  streams: { stdin: Readable; stdout: Writable; stderr: Writable },
  terminal?: Process['terminal'],
): { fiber: Fiber<number> } | { error: string } {
  const container = docker.container!
  const { settings, files } = docker
  const { argv, user, tty } = request
  let security = container.options.security
  if (user || request.privileged)
    try {
      security = securityOf(
        {
          user: user || settings.user,
          seccomp: true,
          privileged: request.privileged || settings.privileged,
          add: settings.capAdd,
          drop: settings.capDrop,
        },
        files!,
      )
    } catch (error) {
      if (!(error instanceof UnknownUser)) throw error
      throw new DaemonError(error.message)
    }
  const env = environment([...settings.env, ...request.env], settings.hostname, security.home, tty)
  const cwd = request.cwd ? resolvePath('/', request.cwd) : container.options.cwd
  containerEvent(daemon, docker, `exec_create: ${argv.join(' ')}`)
  if (!isDirectory(container.files, cwd))
    return {
      error: `chdir to cwd (${JSON.stringify(cwd)}) set in config.json failed: no such file or directory`,
    }
  const started = container.exec(argv, streams, terminal, { env, cwd, security })
  if ('fiber' in started) containerEvent(daemon, docker, `exec_start: ${argv.join(' ')}`)
  return started
}

function isDirectory(files: { stat(path: string): { type: string } }, path: string): boolean {
  try {
    return files.stat(path).type === 'directory'
  } catch (error) {
    if (error instanceof FileError) return false
    throw error
  }
}
