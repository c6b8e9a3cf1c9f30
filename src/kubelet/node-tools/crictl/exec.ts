// crictl exec: a command in one container, or in all that its flags choose.
import type { Container } from '../../../containers/container.ts'
import { Buffer, emptyInput } from '../../../engine/pipe.ts'
import { type Task, wait } from '../../../engine/task.ts'
import {
  aggregate,
  type Call,
  type Command,
  chosenContainers,
  containerById,
  Fatal,
  ShowHelp,
  told,
} from './runtime.ts'

const filters = ['name', 'pod', 'image', 'state', 'label', 'latest', 'last']

export const exec: Command = function* (call) {
  const { process, options } = call
  const { stdout, stderr } = process
  const isChosen = filters.some(name => options.isGiven(name))
  const [first = '', ...rest] = options.args
  if (!first || (!isChosen && rest.length === 0)) throw new ShowHelp()
  const ignored = options.is('ignore-errors')
  if (ignored && !options.is('quiet'))
    stderr.write(
      told(
        process,
        'warning',
        'The `--ignore-errors` option has been set all errors returned by the command will be ignored.',
      ),
    )
  const ids = isChosen ? chosenContainers(call).map(({ container }) => container.state.id) : [first]
  if (ids.length === 0) throw new ShowHelp('No containers found per filter flags')
  const isTold = isChosen && !options.is('quiet') && !options.is('parallel')
  return yield* aggregate(
    process,
    ids,
    function* (id) {
      if (isTold) stdout.write(`${id}:\n`)
      yield* inOne(call, id, isChosen ? options.args : rest)
    },
    ignored,
  )
}

function* inOne(call: Call, id: string, argv: readonly string[]): Task {
  const { process, kubelet, options } = call
  const isSync = options.is('sync')
  const doing = `execing command in container ${id}${isSync ? ' synchronously' : ''}: `
  const { container } = containerById(kubelet, id, isSync ? 'ExecSync cmd' : 'Exec cmd', doing)
  if (!container.running)
    throw new Fatal(`${doing}rpc error: code = Unknown desc = container is in CONTAINER_EXITED state`)
  if (isSync) {
    yield* waitFor(call, container, argv, doing)
    return
  }
  const isTerminal = options.is('tty')
  const isOpen = options.is('interactive')
  if (isTerminal && !isOpen) throw new Fatal(`${doing}tty=true must be specified with interactive=true`)
  if (isTerminal && !process.terminal) throw new Fatal(`${doing}input is not a terminal`)
  const streams = { ...process, stdin: isOpen ? process.stdin : emptyInput }
  const code = yield* run(container, argv, streams, doing, isTerminal ? process.terminal : undefined)
  if (code !== 0) throw new Fatal(`${doing}command terminated with exit code ${code}`)
}

/** With --sync both streams come when the command has ended, each with a line feed. */
function* waitFor({ process }: Call, container: Container, argv: readonly string[], doing: string): Task {
  const [stdout, stderr] = [new Buffer(), new Buffer()]
  const code = yield* run(container, argv, { stdin: emptyInput, stdout, stderr }, doing)
  if (code !== 0) throw new Fatal(`${doing}command '${argv.join(' ')}' exited with ${code}: ${stderr.text}`)
  process.stdout.write(`${stdout.text}\n${stderr.text}\n`)
}

function* run(
  container: Container,
  argv: readonly string[],
  streams: Parameters<Container['exec']>[1],
  doing: string,
  terminal?: Call['process']['terminal'],
): Task<number> {
  const started = container.exec(argv, streams, terminal)
  if ('error' in started)
    throw new Fatal(
      `${doing}Internal error occurred: error executing command in container: failed to exec in container: failed to start exec: OCI runtime exec failed: exec failed: unable to start container process: ${started.error}: unknown`,
    )
  const outcome = yield* wait(started.fiber.outcome)
  return outcome.type === 'returned' ? outcome.value : 137
}
