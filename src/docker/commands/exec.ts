// docker exec (cli/command/container/exec.go).
import { emptyInput, Pipe, type Readable } from '../../engine/pipe.ts'
import { Interrupt, sleep } from '../../engine/task.ts'
import { atLeast, type Command } from '../command.ts'
import { checkRunning, execIn } from '../containers/exec.ts'
import { environment } from '../containers/run-flags.ts'
import { Input, waitWith } from '../containers/streams.ts'
import { DaemonError, PlainError } from '../errors.ts'

export const exec: Command = {
  names: ['container exec', 'exec'],
  usage: '[OPTIONS] CONTAINER COMMAND [ARG...]',
  arguments: atLeast(2),
  flags:
    'detach,d detach-keys:string env,e:list env-file:list interactive,i privileged tty,t user,u:string workdir,w:string',
  withoutEffect: 'detach-keys',
  stopsAtArgument: true,
  *run({ process, daemon, flags, args }) {
    const { stdout, stderr, terminal } = process
    const [name = '', ...argv] = args
    const [tty, isDetached] = [flags.is('tty'), flags.is('detach')]
    const wantsInput = flags.is('interactive') && !isDetached
    const env = environment(flags, process)
    yield* daemon.call(process, `/v1.50/containers/${name}/json`)
    const docker = daemon.container(name)
    if (tty && wantsInput && !process.typed) throw new PlainError('the input device is not a TTY')
    checkRunning(docker, name)
    // runc joins the container's namespaces.
    yield* sleep(daemon.chance.take('dockerExec'))
    const input = new Pipe()
    const stdin: Readable = wantsInput ? input : emptyInput
    const nowhere = { write: () => true }
    const outputs = isDetached
      ? { stdout: nowhere, stderr: nowhere }
      : { stdout, stderr: tty ? stdout : stderr }
    const request = {
      argv,
      env,
      cwd: flags.text('workdir'),
      user: flags.text('user'),
      tty,
      privileged: flags.is('privileged'),
    }
    const size = tty ? (terminal ?? { columns: 80, rows: 24 }) : undefined
    const started = execIn(daemon, docker, request, { stdin, ...outputs }, size)
    if ('error' in started) {
      const why = `OCI runtime exec failed: exec failed: unable to start container process: ${started.error}: unknown`
      if (isDetached) throw new DaemonError(why)
      stdout.write(`${why}\r\n`)
      return /permission denied/.test(why) ? 126 : 127
    }
    if (isDetached) return 0
    const { fiber } = started
    const typed = wantsInput ? new Input(process, input) : undefined
    try {
      const isTerminal = tty && wantsInput
      const end = yield* waitWith(
        fiber.outcome,
        typed,
        signal => {
          // Without a terminal only the client ends; the process goes on.
          if (!isTerminal) throw new Interrupt(signal)
          fiber.interrupt(signal)
        },
        isTerminal,
      )
      if (end === 'left' || end === 'forced') return 0
      const outcome = end.value
      return outcome.type === 'returned' ? outcome.value : outcome.type === 'signalled' ? 137 : 1
    } finally {
      typed?.close()
    }
  },
}
