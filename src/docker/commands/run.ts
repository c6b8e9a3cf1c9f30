// docker run and docker create: a container of an image; run starts it, and stays with it unless it is told not to
// (cli/command/container/{run,create}.go).
import { resolvePath } from '../../engine/files.ts'
import { sleep, type Task } from '../../engine/task.ts'
import { atLeast, type Command, type Context } from '../command.ts'
import { createContainer, type Wanted } from '../containers/create.ts'
import { withImage } from '../containers/image-for.ts'
import { parseRun, runFlags, warnings } from '../containers/run-flags.ts'
import { startAndStay } from '../containers/stay.ts'
import type { DockerContainer } from '../daemon/state.ts'
import { DaemonError, DockerError, PlainError } from '../errors.ts'

/** Makes the container of `docker run` and `docker create`. */
export function* create(context: Context, settings: Wanted): Task<DockerContainer> {
  const { daemon, process, flags } = context
  const { files, cwd, stderr } = process
  const idFile = flags.text('cidfile')
  if (idFile && files.exists(resolvePath(cwd, idFile)))
    throw new DockerError(
      `container ID file found, make sure the other container isn't running or delete ${idFile}`,
    )
  const name = settings.name ? `?name=${encodeURIComponent(settings.name)}` : ''
  yield* daemon.call(process, `/v1.50/containers/create${name}`, 'POST')
  const docker = yield* withImage(context, settings.imageName, () => createContainer(daemon, settings))
  // Its layer, its configuration.
  yield* sleep(daemon.chance.run('create'))
  for (const line of warnings(flags)) stderr.write(`${line}\n`)
  if (settings.network === 'host' && (settings.bindings.length || settings.publishAll))
    stderr.write('WARNING: Published ports are discarded when using host network mode\n')
  if (idFile) files.write(resolvePath(cwd, idFile), docker.id)
  return docker
}

export const run: Command = {
  names: ['container run', 'run'],
  usage: '[OPTIONS] IMAGE [COMMAND] [ARG...]',
  arguments: atLeast(1),
  flags: runFlags,
  stopsAtArgument: true,
  ofRun: true,
  *run(context) {
    const { process, daemon, flags } = context
    const settings = parseRun(flags, context.args, process)
    const { tty, attached } = settings
    if (tty && attached.stdin && !process.typed) throw new PlainError('the input device is not a TTY')
    const docker = yield* create(context, settings)
    const isJoined = attached.stdout || attached.stderr || attached.stdin
    if (!isJoined) process.stdout.write(`${docker.id}\n`)
    try {
      const proxies = flags.is('sig-proxy') || tty
      return yield* startAndStay(process, daemon, docker, { ...attached, proxies })
    } catch (error) {
      if (!(error instanceof DaemonError)) throw error
      throw new DaemonError(error.reason, startCode(error.reason))
    }
  },
}

/** What a failure to start means for the shell (runStartContainerErr). */
const startCode = (reason: string): number =>
  /executable file not found|no such file or directory|system cannot find the file specified/.test(reason)
    ? 127
    : /permission denied|is a directory/.test(reason)
      ? 126
      : 125
