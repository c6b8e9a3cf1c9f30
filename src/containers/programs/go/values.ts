// Values of Go at run time. Strings, whole numbers and booleans are themselves; nil is null; a list is an array, a map a Map;
// bytes are text that knows that it is bytes.
import type { Task } from '../../../engine/task.ts'
import type { Func } from './ast.ts'
import type { Machine } from './machine.ts'
import type { Scope, Variable } from './scope.ts'

/** A function of a package: gets the values of its arguments, answers with its result (a Tuple where there are several). */
export type Native = (machine: Machine, args: readonly unknown[]) => Task<unknown>

/** A Native that waits for nothing. */
export const pure = (answer: (...args: any[]) => unknown): Native =>
  function* (_machine, args) {
    return answer(...args)
  }

/** A thing of a package with fields and methods: a request, a header. */
export interface Thing {
  /** `*http.Request` */
  readonly goType: string
  /** A field's value or a method (Native); undefined where there is none of that name. */
  member(name: string): unknown
  /** Sets a field, where it has some that may be set. */
  setMember?(name: string, value: unknown): void
}

export const isThing = (value: unknown): value is Thing =>
  typeof value === 'object' && value !== null && 'goType' in value && 'member' in value

/** A floating-point number; a plain number is whole. */
export class Float {
  readonly value: number
  constructor(value: number) {
    this.value = value
  }
}

export class Pointer {
  readonly to: Variable
  constructor(to: Variable) {
    this.to = to
  }
}

export class Bytes {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

export class GoErrorValue {
  readonly message: string
  /** What `%w` put into it. */
  readonly wrapped: GoErrorValue | undefined
  constructor(message: string, wrapped?: GoErrorValue) {
    this.message = message
    this.wrapped = wrapped
  }
}

/** time.Duration, in ns. */
export class Duration {
  readonly ns: number
  constructor(ns: number) {
    this.ns = ns
  }
}

/** time.Time, ms since 1970. */
export class Moment {
  readonly ms: number
  constructor(ms: number) {
    this.ms = ms
  }
}

export class Closure {
  readonly fn: Func
  readonly scope: Scope
  readonly receiver: unknown
  constructor(fn: Func, scope: Scope, receiver?: unknown) {
    this.fn = fn
    this.scope = scope
    this.receiver = receiver
  }
}

/** A struct of the program: `type` is `main.Point`. */
export class Struct {
  readonly type: string
  readonly fields: Map<string, unknown>
  constructor(type: string, fields: Iterable<readonly [string, unknown]> = []) {
    this.type = type
    this.fields = new Map(fields)
  }
}

/** What a function gives that returns several values. */
export class Tuple {
  readonly values: readonly unknown[]
  constructor(values: readonly unknown[]) {
    this.values = values
  }
}

/** A panic that nobody recovered from. */
export class Panic extends Error {
  readonly value: unknown
  readonly isRuntime: boolean
  /** The calls that it went through, the innermost first, as the runtime prints them. */
  trace = ''
  constructor(value: unknown, isRuntime = false) {
    super(isRuntime ? String(value) : 'panic')
    this.value = value
    this.isRuntime = isRuntime
  }
}

/** os.Exit */
export class Exit extends Error {
  readonly code: number
  constructor(code: number) {
    super('exit')
    this.code = code
  }
}

/** A value of a package that each running program has of its own: os.Args. */
export class OfProgram {
  readonly of: (machine: Machine) => unknown
  constructor(of: (machine: Machine) => unknown) {
    this.of = of
  }
}

/** A type of a package, as far as programs use it as one. */
export interface GoType {
  /** What a variable of it holds at first. */
  zero(): unknown
  /** `time.Duration(5)` */
  convert?(value: unknown): unknown
  /** `http.Server{Addr: ":3000"}` */
  build?(fields: ReadonlyMap<string, unknown>): unknown
}

export interface Package {
  readonly values: Readonly<Record<string, unknown>>
  readonly types?: Readonly<Record<string, GoType>>
  /** Fields and methods of plain values that the package gives out: errors, times. */
  readonly member?: (value: unknown, name: string) => unknown
}
