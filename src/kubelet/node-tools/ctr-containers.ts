// ctr containers and ctr tasks: what containerd has of the pods' containers, and signals and commands for those that run.
// Left out: the containers that hold the pods' networks, and what makes, halts or copies containers. Words: containerd 1.6.
import { nanoTime } from '../../containers/content.ts'
import { formatTime } from '../../engine/engine.ts'
import type { Process } from '../../engine/process.ts'
import { isSignal, type Signal, signalNumbers, type Task, wait } from '../../engine/task.ts'
import { ToolError } from '../../shell/command.ts'
import type { Kubelet } from '../kubelet.ts'
import { killContainer } from '../sync-containers.ts'
import { kubernetes, processesOf } from './containerd.ts'
import { type Options, WrongFlag } from './crictl/flags.ts'
import { pidOn, runtimeSpec } from './crictl/messages.ts'
import { containerLabels, containersOf, type FoundContainer } from './crictl/runtime.ts'
import { ctrContainersHelp, ctrTasksHelp } from './ctr-help.ts'
import { table } from './ctr-table.ts'
import { readFlags } from './flags.ts'

interface Call {
  readonly kubelet: Kubelet
  readonly process: Process
  readonly namespace: string
  readonly args: readonly string[]
}

const runtime = 'io.containerd.runc.v2'
const helps = [undefined, 'help', 'h', '--help', '-h']
const quiet = 'quiet,q Print only the id'

function read(args: readonly string[], flags: string, isStrict = false): Options {
  try {
    return readFlags(args, flags, isStrict)
  } catch (error) {
    if (error instanceof WrongFlag) throw new ToolError(`ctr: ${error.message}`)
    throw error
  }
}

const listed = ({ kubelet, namespace }: Call): FoundContainer[] =>
  namespace === kubernetes
    ? containersOf(kubelet).sort((a, b) => (a.container.state.id < b.container.state.id ? -1 : 1))
    : []

function load(call: Call, id: string | undefined, more = ''): FoundContainer {
  if (!id) throw new ToolError(`ctr: container id must be provided${more}`)
  const found = listed(call).find(({ container }) => container.state.id === id)
  if (found) return found
  throw new ToolError(
    `ctr: container ${JSON.stringify(id)} in namespace ${JSON.stringify(call.namespace)}: not found`,
  )
}

/** One that runs: of a container that has ended there is no task any more. */
function loadTask(call: Call, id: string | undefined): FoundContainer {
  const found = load(call, id)
  if (found.container.running) return found
  throw new ToolError(`ctr: no running task found: task ${id} not found: not found`)
}

/** Tries all; ctr ends with what went wrong first. `doing` says with which words one is told of at once. */
function* each(
  { process: { stderr, engine } }: Call,
  ids: readonly string[],
  doing: (id: string) => string,
  one: (id: string) => Task,
): Task<number> {
  let first: ToolError | undefined
  for (const id of ids)
    try {
      yield* one(id)
    } catch (error) {
      if (!(error instanceof ToolError)) throw error
      first ??= error
      const why = error.message.replace(/^ctr: /, '')
      stderr.write(
        `time="${formatTime(engine.now)}" level=error msg=${JSON.stringify(doing(id))} error=${JSON.stringify(why)}\n`,
      )
    }
  if (first) throw first
  return 0
}

const outside = (words: string, known: string): ToolError =>
  new ToolError(`ctr: '${words}' is not part of this simulator: ${known} are`)

export function* ctrContainers(call: Call): Task<number> {
  const { process, args } = call
  const [verb, ...rest] = args
  if (helps.includes(verb)) {
    process.stdout.write(ctrContainersHelp)
    return 0
  }
  switch (verb) {
    case 'ls':
    case 'list': {
      const isQuiet = read(rest, quiet).is('quiet')
      const rows = listed(call).map(({ container: { state } }) => [state.id, state.image, runtime])
      process.stdout.write(
        isQuiet
          ? rows.map(([id]) => `${id}\n`).join('')
          : table([['CONTAINER', 'IMAGE', 'RUNTIME'], ...rows], 4),
      )
      return 0
    }
    case 'info': {
      const options = read(rest, 'spec Only display the spec')
      const found = load(call, options.args[0], ': invalid argument')
      const { state } = found.container
      const Spec = runtimeSpec(found)
      const info = {
        ID: state.id,
        Labels: { ...containerLabels(found), 'io.cri-containerd.kind': 'container' },
        Image: state.image,
        Runtime: { Name: runtime },
        SnapshotKey: state.id,
        Snapshotter: 'overlayfs',
        CreatedAt: nanoTime(state.createdAt),
        UpdatedAt: nanoTime(state.createdAt),
        Spec,
      }
      process.stdout.write(`${JSON.stringify(options.is('spec') ? Spec : info, undefined, 4)}\n`)
      return 0
    }
    case 'rm':
    case 'del':
    case 'delete':
    case 'remove': {
      const { args: ids } = read(rest, 'keep-snapshot Do not clean up snapshot with container')
      if (ids.length === 0)
        throw new ToolError('ctr: must specify at least one container to delete: invalid argument')
      return yield* each(
        call,
        ids,
        id => `failed to delete container "${id}"`,
        function* (id) {
          const { container, worker } = load(call, id)
          if (container.running)
            throw new ToolError(
              'ctr: cannot delete a non stopped container: {running 0 0001-01-01 00:00:00 +0000 UTC}',
            )
          worker.runtime.forget(container)
        },
      )
    }
    case 'create':
    case 'label':
    case 'checkpoint':
    case 'restore':
      throw outside(`containers ${verb}`, 'ls, info and rm')
  }
  throw new ToolError(`No help topic for '${verb}'`, 3)
}

export function* ctrTasks(call: Call): Task<number> {
  const { kubelet, process, args } = call
  const { stdout } = process
  const [verb, ...rest] = args
  if (helps.includes(verb)) {
    stdout.write(ctrTasksHelp)
    return 0
  }
  switch (verb) {
    case 'ls':
    case 'list': {
      const isQuiet = read(rest, quiet).is('quiet')
      const rows = listed(call)
        .filter(({ container }) => container.running)
        .map(found => [found.container.state.id, String(pidOn(kubelet, found)), 'RUNNING'])
      stdout.write(
        isQuiet ? rows.map(([id]) => `${id}\n`).join('') : table([['TASK', 'PID', 'STATUS'], ...rows], 4),
      )
      return 0
    }
    case 'ps': {
      const { container } = loadTask(call, rest[0])
      const numbers = processesOf(kubelet, container).map(([pid]) => String(pid))
      const width = Math.max(3, ...numbers.map(each => each.length)) + 4
      for (const [pid, info] of [['PID', 'INFO'], ...numbers.map(each => [each, '-'])])
        stdout.write(`${pid!.padEnd(width)}${info}\n`)
      return 0
    }
    case 'kill':
      return kill(call, rest)
    case 'exec':
      return yield* exec(call, rest)
    case 'rm':
    case 'del':
    case 'delete':
    case 'remove': {
      const options = read(rest, 'force,f Force delete task process\nexec-id:string Process ID to kill')
      if (options.isGiven('exec-id')) throw outside('tasks rm --exec-id', 'whole tasks')
      return yield* each(
        call,
        options.args,
        id => `unable to delete ${id}`,
        function* (id) {
          const { container, worker } = loadTask(call, id)
          if (!options.is('force'))
            throw new ToolError('ctr: task must be stopped before deletion: running: failed precondition')
          yield* killContainer(worker, container, 0)
        },
      )
    }
    case 'attach':
    case 'checkpoint':
    case 'metric':
    case 'metrics':
    case 'pause':
    case 'resume':
    case 'start':
      throw outside(`tasks ${verb}`, 'ls, ps, exec, kill and rm')
  }
  throw new ToolError(`No help topic for '${verb}'`, 3)
}

/** `KILL`, `SIGKILL`, `9`. */
function signalOf(text: string): Signal | 'SIGKILL' {
  const number = Number(text)
  const name = /^\d+$/.test(text)
    ? Object.entries(signalNumbers).find(([, each]) => each === number)?.[0]
    : `SIG${text.toUpperCase().replace(/^SIG/, '')}`
  if (name && isSignal(name)) return name
  throw outside(`tasks kill -s ${text}`, Object.keys(signalNumbers).join(', '))
}

function kill(call: Call, args: readonly string[]): number {
  const options = read(
    args,
    'signal,s:string Signal to send to the container\nexec-id:string Process ID to kill\nall,a Send signal to all processes inside the container',
  )
  const { container } = load(call, options.args[0])
  const signal = signalOf(options.text('signal') || (container.state.spec.lifecycle?.stopSignal ?? 'SIGTERM'))
  if (options.isGiven('exec-id')) throw outside('tasks kill --exec-id', '-s and --all')
  loadTask(call, options.args[0])
  if (options.is('all'))
    for (const [, process] of processesOf(call.kubelet, container)) process.signal(signal)
  else container.signal(signal)
  return 0
}

function* exec(call: Call, args: readonly string[]): Task<number> {
  const { process } = call
  const options = read(
    args,
    'cwd:string working directory of the new process\ntty,t allocate a TTY for the container\ndetach,d detach from the task after it has started execution\nexec-id:string exec specific id for the process\nfifo-dir:string directory used for storing IO FIFOs',
    true,
  )
  const [id, ...argv] = options.args
  const { container } = loadTask(call, id)
  if (!options.text('exec-id')) throw new ToolError('ctr: exec id cannot be empty: invalid argument')
  const cwd = options.text('cwd')
  const started = container.exec(
    argv,
    process,
    options.is('tty') ? process.terminal : undefined,
    cwd ? { cwd } : {},
  )
  if ('error' in started)
    throw new ToolError(
      `ctr: OCI runtime exec failed: exec failed: unable to start container process: ${started.error}: unknown`,
    )
  if (options.is('detach')) return 0
  const outcome = yield* wait(started.fiber.outcome)
  return outcome.type === 'returned' ? outcome.value : 137
}
