// Runs a program of Go: statements, functions, methods, deferred calls and panics. One goroutine has one stack of calls; what
// a statement leads to (a return, a break) is a value that its block looks at.
import type { Task } from '../../../engine/task.ts'
import type { Block, Expr, GoFile, Statement } from './ast.ts'
import { Evaluator } from './evaluate.ts'
import { packages } from './library/index.ts'
import type { Machine } from './machine.ts'
import { binary, copied, isEqual, nilDereference, outOfRange } from './operators.ts'
import { Scope } from './scope.ts'
import { Bytes, Closure, isThing, Panic, Pointer, Struct, Tuple } from './values.ts'

type Flow = undefined | 'break' | 'continue' | { readonly values: readonly unknown[] }

/** A call that has not ended: what it has deferred, and where it stands. */
interface Frame {
  readonly name: string
  line: number
  readonly deferred: (() => Task<unknown>)[]
  /** The panic that its deferred calls may recover from. */
  panic: Panic | undefined
}

export interface GoProgram {
  readonly files: readonly { readonly name: string; readonly file: GoFile }[]
  /** Where it was compiled: `/src`. */
  readonly directory: string
  /** `-ldflags "-X main.version=v1"`: variables that the linker sets. */
  readonly linked: Readonly<Record<string, string>>
}

export class Interpreter extends Evaluator {
  protected readonly machine: Machine
  protected readonly global = new Scope()
  readonly #program: GoProgram
  /** Calls whose deferred calls run after a panic. */
  readonly #panicking: Frame[] = []
  readonly #initializers: Closure[] = []

  constructor(program: GoProgram, makeMachine: (calls: Pick<Machine, 'call' | 'methodOf'>) => Machine) {
    super()
    this.#program = program
    this.machine = makeMachine({
      call: (fn, args) => this.call(fn, args),
      methodOf: (value, name) => (value instanceof Closure ? undefined : this.member(value, name)),
    })
    for (const { file } of program.files) this.#load(file)
  }

  get running(): Machine {
    return this.machine
  }

  #load(file: GoFile): void {
    for (const { path, alias } of file.imports) {
      const contents = packages[path]
      if (contents && alias !== '_') this.imports.set(alias || path.split('/').at(-1)!, contents)
    }
    for (const { name, type } of file.types) this.types.set(name, type)
    for (const { name, fn, receiver } of file.functions) {
      const closure = new Closure({ ...fn, name }, this.global)
      if (!receiver) {
        if (name === 'init') this.#initializers.push(closure)
        else this.global.declare(name, closure)
        continue
      }
      const type = receiver.type.t === 'pointer' ? receiver.type.of : receiver.type
      const owner = type.t === 'named' ? type.name : ''
      const methods = this.methods.get(owner) ?? new Map()
      this.methods.set(owner, methods)
      // The receiver is the first of its parameters.
      methods.set(name, { ...fn, name: `(${owner}).${name}`, params: [receiver, ...fn.params] })
    }
  }

  /** Package variables, init functions, main. */
  *main(): Task<unknown> {
    for (const { file } of this.#program.files)
      for (const declaration of file.declarations) {
        yield* this.#declare(declaration, this.global)
        for (const { name } of declaration.names) {
          const linked = this.#program.linked[`main.${name}`]
          if (linked !== undefined && !declaration.isConst) this.global.find(name)!.value = linked
        }
      }
    for (const each of this.#initializers) yield* this.callClosure(each, [])
    return yield* this.call(this.global.find('main')?.value, [])
  }

  protected *callClosure({ fn, scope, receiver }: Closure, given: readonly unknown[]): Task<unknown> {
    const args = receiver === undefined ? given : [receiver, ...given]
    const frame: Frame = { name: fn.name ?? 'main.func1', line: fn.at.line, deferred: [], panic: undefined }
    const own = new Scope(scope, frame)
    for (const [i, { name, type }] of fn.params.entries())
      own.declare(name, type.t === 'variadic' ? args.slice(i) : copied(args[i]))
    for (const { name, type } of fn.results) if (name) own.declare(name, this.zero(type))
    const named = () => fn.results.map(({ name }) => own.find(name)?.value)
    let values: readonly unknown[] = []
    try {
      const flow = yield* this.#block(fn.body, own)
      if (typeof flow === 'object') {
        values = flow.values
        // A bare return gives the named results; deferred calls may still change them.
        if (fn.results.some(({ name }) => name))
          for (const [i, { name }] of fn.results.entries()) own.find(name)!.value = flow.values[i]
      }
    } catch (error) {
      if (!(error instanceof Panic)) throw error
      error.trace += this.#traceOf(frame)
      frame.panic = error
    }
    if (frame.panic) this.#panicking.push(frame)
    try {
      for (const deferred of frame.deferred.reverse()) yield* deferred()
    } finally {
      const at = this.#panicking.lastIndexOf(frame)
      if (at >= 0) this.#panicking.splice(at, 1)
    }
    if (frame.panic) throw frame.panic
    const results = fn.results.some(({ name }) => name) ? named() : values
    return results.length > 1 ? new Tuple(results) : results[0]
  }

  /** `main.main()\n\t/src/main.go:13 +0x39` */
  #traceOf({ name, line }: Frame): string {
    const [file] = this.#program.files
    const offset = ((line * 37) % 200) + 25
    return `${name.startsWith('main.') ? name : `main.${name}`}()\n\t${this.#program.directory}/${file?.name ?? 'main.go'}:${line} +0x${offset.toString(16)}\n`
  }

  protected recovered(): unknown {
    const frame = this.#panicking.findLast(each => each.panic !== undefined)
    if (!frame) return null
    const { value, isRuntime } = frame.panic!
    frame.panic = undefined
    return isRuntime ? `runtime error: ${value}` : value
  }

  *#block({ statements }: Pick<Block, 'statements'>, above: Scope): Task<Flow> {
    const scope = new Scope(above)
    for (const each of statements) {
      const flow = yield* this.#statement(each, scope)
      if (flow) return flow
    }
    return undefined
  }

  *#declare(declaration: GoFile['declarations'][number], scope: Scope): Task {
    const { names, type, values, iota } = declaration
    const inner = new Scope(scope)
    inner.declare('iota', iota)
    const known = values.length ? yield* this.evaluateAll(values, inner) : []
    for (const [i, { name }] of names.entries())
      scope.declare(name, i < known.length ? this.#fitted(known[i], type) : this.zero(type))
  }

  /** A constant gets the type of its variable: `var d time.Duration = 5`, `var f float64 = 1`. */
  #fitted(value: unknown, type: GoFile['declarations'][number]['type']): unknown {
    if (!type || value === null) return value
    const known = this.packageType(type)
    if (known?.convert && typeof value === 'number') return known.convert(value)
    if (type.t === 'named' && /^float/.test(type.name) && typeof value === 'number')
      return binary('*', this.#float, value)
    return value
  }

  get #float(): unknown {
    return binary('+', this.zero({ t: 'named', package: '', name: 'float64', at: { line: 0, column: 0 } }), 1)
  }

  *#statement(each: Statement, scope: Scope): Task<Flow> {
    const frame = scope.frame as Frame | undefined
    if (frame) frame.line = each.at.line
    yield* this.machine.step()
    switch (each.t) {
      case 'expr':
        yield* this.evaluate(each.expr, scope)
        return undefined
      case 'define': {
        const values = yield* this.#values(each.values, each.names.length, scope)
        for (const [i, name] of each.names.entries()) {
          if (name.t !== 'name') continue
          if (scope.has(name.name)) scope.find(name.name)!.value = values[i]
          else scope.declare(name.name, values[i])
        }
        return undefined
      }
      case 'assign':
        yield* this.#assign(each, scope)
        return undefined
      case 'var':
        for (const declaration of each.declarations) yield* this.#declare(declaration, scope)
        return undefined
      case 'step':
        yield* this.#put(each.of, binary('+', yield* this.evaluate(each.of, scope), each.by), scope)
        return undefined
      case 'return':
        return { values: yield* this.evaluateAll(each.values, scope) }
      case 'block':
        return yield* this.#block(each.block, scope)
      case 'if': {
        const inner = new Scope(scope)
        if (each.init) yield* this.#statement(each.init, inner)
        if (yield* this.evaluate(each.condition, inner)) return yield* this.#block(each.then, inner)
        return each.otherwise ? yield* this.#statement(each.otherwise, inner) : undefined
      }
      case 'for':
        return yield* this.#for(each, scope)
      case 'range':
        return yield* this.#range(each, scope)
      case 'switch':
        return yield* this.#switch(each, scope)
      case 'break':
      case 'continue':
        return each.t
      case 'go': {
        const call = yield* this.#prepared(each.call, scope)
        this.machine.spawn(call())
        return undefined
      }
      case 'defer':
        frame?.deferred.push(yield* this.#prepared(each.call, scope))
        return undefined
      case 'type':
        this.types.set(each.name, each.type)
        return undefined
      case 'empty':
        return undefined
    }
  }

  /** The values for so many targets. `v, ok := m[key]`, `v, ok := x.(T)`: the second says whether there was one. */
  *#values(all: readonly Expr[], wanted: number, scope: Scope): Task<readonly unknown[]> {
    const [first] = all
    if (wanted === 2 && all.length === 1 && first?.t === 'index') {
      const of = yield* this.evaluate(first.of, scope)
      const key = yield* this.evaluate(first.index, scope)
      if (of instanceof Map) return [this.element(of, key), of.has(key)]
    }
    return yield* this.evaluateAll(all, scope)
  }

  /** A call whose function and arguments are known now and that runs later. */
  *#prepared(call: Expr, scope: Scope): Task<() => Task<unknown>> {
    if (call.t !== 'call') return () => this.evaluate(call, scope)
    // What `defer` and `go` are told is worked out at once; built-in functions wait for their turn.
    if (call.fn.t === 'name' && !scope.find(call.fn.name)) return () => this.evaluate(call, scope)
    const fn = yield* this.evaluate(call.fn, scope)
    const args = yield* this.evaluateAll(call.args, scope)
    return () => this.call(fn, args)
  }

  *#assign(each: Extract<Statement, { t: 'assign' }>, scope: Scope): Task {
    const values = yield* this.#values(each.values, each.targets.length, scope)
    if (each.op !== '=') {
      const [target] = each.targets
      const before = yield* this.evaluate(target!, scope)
      yield* this.#put(target!, binary(each.op.slice(0, -1), before, values[0]), scope)
      return
    }
    for (const [i, target] of each.targets.entries()) yield* this.#put(target, copied(values[i]), scope)
  }

  *#put(target: Expr, value: unknown, scope: Scope): Task {
    switch (target.t) {
      case 'name': {
        const found = scope.find(target.name)
        if (found) found.value = value
        return
      }
      case 'paren':
        return yield* this.#put(target.of, value, scope)
      case 'unary': {
        const pointer = yield* this.evaluate(target.of, scope)
        if (pointer instanceof Pointer) pointer.to.value = value
        else nilDereference()
        return
      }
      case 'select': {
        const of = yield* this.evaluate(target.of, scope)
        const struct = of instanceof Pointer ? of.to.value : of
        if (struct instanceof Struct) struct.fields.set(target.name, value)
        else if (isThing(struct) && struct.setMember) struct.setMember(target.name, value)
        else nilDereference()
        return
      }
      case 'index': {
        const of = yield* this.evaluate(target.of, scope)
        const index = yield* this.evaluate(target.index, scope)
        if (of instanceof Map) of.set(index, value)
        else if (Array.isArray(of)) {
          const at = index as number
          if (at < 0 || at >= of.length) outOfRange(at, of.length)
          of[at] = value
        } else throw new Panic('assignment to entry in nil map')
        return
      }
      default:
        return
    }
  }

  *#for(each: Extract<Statement, { t: 'for' }>, scope: Scope): Task<Flow> {
    const outer = new Scope(scope)
    if (each.init) yield* this.#statement(each.init, outer)
    for (;;) {
      yield* this.machine.step()
      if (each.condition && !(yield* this.evaluate(each.condition, outer))) return undefined
      const flow = yield* this.#block(each.body, outer)
      if (flow === 'break') return undefined
      if (typeof flow === 'object') return flow
      if (each.post) yield* this.#statement(each.post, outer)
    }
  }

  *#range(each: Extract<Statement, { t: 'range' }>, scope: Scope): Task<Flow> {
    const over = yield* this.evaluate(each.over, scope)
    for (const pair of pairsOf(over)) {
      const inner = new Scope(scope)
      for (const [i, name] of each.names.entries())
        if (each.defines && name.t === 'name') inner.declare(name.name, copied(pair[i]))
        else yield* this.#put(name, copied(pair[i]), scope)
      const flow = yield* this.#block(each.body, inner)
      if (flow === 'break') return undefined
      if (typeof flow === 'object') return flow
    }
    return undefined
  }

  *#switch(each: Extract<Statement, { t: 'switch' }>, scope: Scope): Task<Flow> {
    const inner = new Scope(scope)
    if (each.init) yield* this.#statement(each.init, inner)
    const tag = each.tag ? yield* this.evaluate(each.tag, inner) : true
    let chosen = each.cases.find(one => one.values === undefined)
    search: for (const one of each.cases)
      for (const value of one.values ?? [])
        if (isEqual(tag, yield* this.evaluate(value, inner))) {
          chosen = one
          break search
        }
    if (!chosen) return undefined
    const flow = yield* this.#block({ statements: chosen.body }, inner)
    return flow === 'break' ? undefined : flow
  }
}

/** What `range` goes over: index and value, key and value, or numbers below one. */
function* pairsOf(over: unknown): Generator<readonly [unknown, unknown?]> {
  const value = over instanceof Pointer ? over.to.value : over
  if (typeof value === 'number') for (let i = 0; i < value; i++) yield [i]
  else if (typeof value === 'string') {
    let at = 0
    for (const c of value) {
      yield [at, c.codePointAt(0)!]
      at += c.codePointAt(0)! < 0x80 ? 1 : c.codePointAt(0)! < 0x800 ? 2 : c.codePointAt(0)! < 0x10000 ? 3 : 4
    }
  } else if (value instanceof Bytes)
    for (let i = 0; i < value.text.length; i++) yield [i, value.text.charCodeAt(i)]
  else if (value instanceof Map) yield* [...value]
  else if (Array.isArray(value)) yield* [...value].map((each, i) => [i, each] as const)
}
