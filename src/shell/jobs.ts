// Background jobs and signals: &, jobs, wait, kill, fg, trap.
import { Interrupt, type Signal, signalNumbers, wait } from '../engine/task.ts'
import type { Builtin, Interpreter } from './interpreter.ts'
import { waitFor } from './launch.ts'
import { type Job, ShellError } from './state.ts'
import type { Streams } from './streams.ts'

const statusOf = (job: Job): number => {
  const outcome = job.fiber.outcome.value
  if (!outcome || outcome.type === 'threw') return 127
  return outcome.type === 'returned' ? outcome.value : 128 + signalNumbers[outcome.signal]
}

function stateText(job: Job): string {
  const outcome = job.fiber.outcome.value
  if (!outcome) return 'Running'
  if (outcome.type === 'signalled') {
    return (
      { SIGKILL: 'Killed', SIGTERM: 'Terminated', SIGINT: 'Interrupt', SIGHUP: 'Hangup' }[
        outcome.signal as string
      ] ?? 'Done'
    )
  }
  const status = statusOf(job)
  return status === 0 ? 'Done' : `Exit ${status}`
}

const mark = (shell: Interpreter, job: Job): string =>
  job === shell.state.jobs.at(-1) ? '+' : job === shell.state.jobs.at(-2) ? '-' : ' '

const line = (shell: Interpreter, job: Job): string =>
  `[${job.id}]${mark(shell, job)}  ${stateText(job).padEnd(24)}${job.text}${job.fiber.done ? '' : ' &'}\n`

/** Tells a terminal which jobs ended since it was last told, and forgets them. */
export function reportJobs(shell: Interpreter, streams: Streams): void {
  for (const job of shell.state.jobs) {
    if (job.fiber.done && !job.told) streams.error.write(line(shell, job))
    job.told ||= job.fiber.done
  }
  shell.state.jobs = shell.state.jobs.filter(job => !job.told)
}

function find(shell: Interpreter, text: string, command: string): Job {
  const { jobs } = shell.state
  const job = /^%[+%]?$/.test(text)
    ? jobs.at(-1)
    : text === '%-'
      ? jobs.at(-2)
      : text.startsWith('%')
        ? jobs.find(({ id, text: t }) => String(id) === text.slice(1) || t.startsWith(text.slice(1)))
        : jobs.find(({ pid }) => String(pid) === text)
  if (job) return job
  if (text.startsWith('%'))
    throw new ShellError(`${command}: ${text}: no such job`, command === 'wait' ? 127 : 1)
  throw new ShellError(`${command}: pid ${text} is not a child of this shell`, 127)
}

/** SIGTERM from `TERM`, `SIGTERM`, `15`. */
function signalOf(text: string): Signal | 'SIGKILL' | undefined {
  const name = /^\d+$/.test(text)
    ? Object.entries(signalNumbers).find(([, n]) => n === Number(text))?.[0]
    : `SIG${text.toUpperCase().replace(/^SIG/, '')}`
  return name && name in signalNumbers ? (name as Signal) : undefined
}

export const jobBuiltins: Record<string, Builtin> = {
  *jobs(shell, args, streams) {
    for (const job of shell.state.jobs) {
      streams.output.write(args.includes('-p') ? `${job.pid}\n` : line(shell, job))
      job.told ||= job.fiber.done
    }
    shell.state.jobs = shell.state.jobs.filter(job => !job.told)
    return 0
  },
  *wait(shell, args) {
    const { state } = shell
    const jobs = args.length ? args.map(arg => find(shell, arg, 'wait')) : [...state.jobs]
    let status = 0
    for (const job of jobs) {
      try {
        yield* wait(job.fiber.outcome)
      } catch (error) {
        if (!(error instanceof Interrupt)) throw error
        shell.receive(error)
        return 128 + signalNumbers[error.signal]
      }
      job.told = true
      status = statusOf(job)
    }
    state.jobs = state.jobs.filter(job => !jobs.includes(job))
    return args.length ? status : 0
  },
  *fg(shell, args, streams) {
    if (shell.state.jobs.length === 0) throw new ShellError('fg: current: no such job')
    const job = find(shell, args[0] ?? '%%', 'fg')
    streams.output.write(`${job.text}\n`)
    job.told = true
    const [status] = yield* waitFor(shell, [job.fiber])
    shell.state.jobs = shell.state.jobs.filter(other => other !== job)
    return status!
  },
  *bg() {
    return 0
  },
  *disown(shell) {
    shell.state.jobs = []
    return 0
  },
  *kill(shell, args, streams) {
    let signal: Signal | 'SIGKILL' = 'SIGTERM'
    let rest = [...args]
    if (rest[0] === '-l') {
      streams.output.write(
        `${Object.keys(signalNumbers)
          .map(name => name.slice(3))
          .join(' ')}\n`,
      )
      return 0
    }
    if (rest[0] === '-s' || rest[0] === '-n') rest = [`-${rest[1] ?? ''}`, ...rest.slice(2)]
    if (/^-[A-Za-z0-9]/.test(rest[0] ?? '')) {
      const given = rest.shift()!.slice(1)
      if (given !== '0') {
        const known = signalOf(given)
        if (!known) throw new ShellError(`kill: ${given}: invalid signal specification`)
        signal = known
      } else {
        const missing = rest.filter(pid => !shell.table.running.has(Number(pid)))
        for (const pid of missing) shell.complain(`kill: (${pid}) - No such process`, streams.error)
        return missing.length ? 1 : 0
      }
    }
    if (rest.length === 0)
      throw new ShellError(
        'kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]',
        2,
      )
    let status = 0
    for (const target of rest) {
      const pid = target.startsWith('%') ? find(shell, target, 'kill').pid : Number(target)
      if (Number.isNaN(pid)) throw new ShellError(`kill: ${target}: arguments must be process or job IDs`)
      const fiber =
        shell.table.running.get(pid)?.fiber ?? shell.state.jobs.find(job => job.pid === pid)?.fiber
      if (fiber && !fiber.done) {
        if (signal === 'SIGKILL') fiber.kill()
        else fiber.interrupt(signal)
      } else {
        const sent = shell.host.kill?.(pid, signal)
        if (sent === true) continue
        const why = sent ? 'Operation not permitted' : 'No such process'
        shell.complain(`kill: (${target}) - ${why}`, streams.error)
        status = 1
      }
    }
    return status
  },
  *trap(shell, args, streams) {
    const { traps } = shell.state
    if (args.length === 0) {
      for (const [name, action] of traps) streams.output.write(`trap -- '${action}' ${name}\n`)
      return 0
    }
    const [action, ...names] = args.length === 1 ? ['-', args[0]!] : args[0] === '--' ? args.slice(1) : args
    for (const text of names) {
      const name = /^(?:EXIT|0)$/.test(text) ? 'EXIT' : text === 'ERR' ? 'ERR' : signalOf(text)
      if (!name) throw new ShellError(`trap: ${text}: invalid signal specification`)
      if (action === '-') traps.delete(name as Signal)
      else traps.set(name as Signal, action!)
    }
    return 0
  },
}
