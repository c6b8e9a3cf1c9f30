// docker attach: joins the streams of a container that runs (cli/command/container/attach.go).
import { type Command, exactly } from '../command.ts'
import { attachAndStay } from '../containers/stay.ts'
import { DockerError, PlainError } from '../errors.ts'

export const attach: Command = {
  names: ['container attach', 'attach'],
  usage: '[OPTIONS] CONTAINER',
  arguments: exactly(1),
  flags: 'detach-keys:string no-stdin sig-proxy=true',
  withoutEffect: 'detach-keys',
  *run({ process, daemon, flags, args }) {
    const name = args[0]!
    yield* daemon.call(process, `/v1.50/containers/${name}/json`)
    const docker = daemon.container(name)
    const { status, settings } = docker
    const refuse = (how: string) => {
      throw new DockerError(`cannot attach to a ${how}`)
    }
    if (status === 'paused') refuse('paused container, unpause it first')
    if (status === 'restarting') refuse('restarting container, wait until it is running')
    if (status !== 'running') refuse('stopped container, start it first')
    const stdin = !flags.is('no-stdin') && settings.openStdin
    if (settings.tty && stdin && !process.typed) throw new PlainError('the input device is not a TTY')
    const proxies = flags.is('sig-proxy') && !settings.tty
    const code = yield* attachAndStay(process, docker, { stdin, stdout: true, stderr: true, proxies })
    if (code === 'left') throw new PlainError('read escape sequence')
    return code
  },
}
