// docker start: containers that do not run begin anew; with -a the client stays.
import { Interrupt, sleep } from '../../engine/task.ts'
import { atLeast, type Command } from '../command.ts'
import { startContainer } from '../containers/start.ts'
import { startAndStay } from '../containers/stay.ts'
import { DockerError, PlainError } from '../errors.ts'

export const start: Command = {
  names: ['container start', 'start'],
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  arguments: atLeast(1),
  flags: 'attach,a detach-keys:string interactive,i',
  withoutEffect: 'detach-keys',
  *run({ process, daemon, flags, args }) {
    const isJoined = flags.is('attach') || flags.is('interactive')
    if (isJoined) {
      if (args.length > 1) throw new DockerError('you cannot start and attach multiple containers at once')
      yield* daemon.call(process, `/v1.50/containers/${args[0]}/json`)
      const docker = daemon.container(args[0]!)
      const { tty } = docker.settings
      const stdin = flags.is('interactive') && docker.settings.openStdin
      if (tty && stdin && !process.typed) throw new PlainError('the input device is not a TTY')
      if (docker.status === 'running') {
        yield* sleep(1)
        return 0
      }
      try {
        return yield* startAndStay(process, daemon, docker, {
          stdin,
          stdout: true,
          stderr: true,
          proxies: false,
        })
      } catch (error) {
        // The recorded client goes alone, and takes that for a good end.
        if (error instanceof Interrupt) return 0
        throw error
      }
    }
    const failed: string[] = []
    for (const name of args)
      try {
        yield* daemon.call(process, `/v1.50/containers/${name}/start`, 'POST')
        yield* daemon.work(startContainer(daemon, daemon.container(name)))
        process.stdout.write(`${name}\n`)
      } catch (error) {
        if (!(error instanceof DockerError)) throw error
        process.stderr.write(`${error.message}\n`)
        failed.push(name)
      }
    if (failed.length) throw new DockerError(`Error: failed to start containers: ${failed.join(', ')}`)
    return 0
  },
}
