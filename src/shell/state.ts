// What a shell remembers: variables, functions, options, jobs. A subshell works on a copy.
import type { Fiber, Signal } from '../engine/task.ts'
import type { Node } from './syntax.ts'

export interface Variable {
  value: string | string[] | Map<string, string> | undefined
  exported: boolean
  readonly?: boolean
}

export interface Job {
  readonly id: number
  readonly pid: number
  readonly fiber: Fiber<number>
  readonly text: string
  /** Whether its end was told to the terminal. */
  told: boolean
}

export class ShellState {
  variables = new Map<string, Variable>()
  functions = new Map<string, Node>()
  aliases = new Map<string, string>()
  /** Functions that complete a command's arguments (`complete -F`), by command. */
  completions = new Map<string, string>()
  traps = new Map<Signal | 'EXIT' | 'ERR', string>()
  options = { errexit: false, nounset: false, xtrace: false, noglob: false, pipefail: false }
  parameters: string[] = []
  /** `$0`. */
  name = 'bash'
  cwd = '/'
  status = 0
  lastBackground: number | undefined
  jobs: Job[] = []
  /** Scopes of running functions: what `local` puts back. */
  locals: Map<string, Variable | undefined>[] = []
  history: string[] = []
  line = 1
  started = 0

  fork(): ShellState {
    const copy = new ShellState()
    Object.assign(copy, this)
    copy.variables = new Map(
      [...this.variables].map(([name, variable]) => [name, { ...variable, value: copied(variable.value) }]),
    )
    copy.functions = new Map(this.functions)
    copy.aliases = new Map(this.aliases)
    copy.traps = new Map([...this.traps].filter(([, action]) => action === ''))
    copy.options = { ...this.options }
    copy.jobs = []
    copy.locals = [...this.locals]
    return copy
  }
}

const copied = (value: Variable['value']): Variable['value'] =>
  Array.isArray(value) ? [...value] : value instanceof Map ? new Map(value) : value

/** What leaves a construct early. */
export class Leave {
  readonly how: 'break' | 'continue' | 'return' | 'exit'
  /** Levels of break and continue, status of return and exit. */
  readonly value: number
  constructor(how: Leave['how'], value: number) {
    this.how = how
    this.value = value
  }
}

/** A command that could not be carried out; its message is printed and its status is the command's. */
export class ShellError extends Error {
  readonly status: number
  /** A failed expansion ends a script. */
  readonly fatal: boolean
  constructor(message: string, status = 1, fatal = false) {
    super(message)
    this.status = status
    this.fatal = fatal
  }
}
