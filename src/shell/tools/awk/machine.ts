// How the expressions and statements of an awk program are carried out.
import type { Expression as Regexp } from '../../../engine/expressions/expression.ts'
import { held } from '../../../engine/holding.ts'
import type { Process } from '../../../engine/process.ts'
import type { Task } from '../../../engine/task.ts'
import { statement, Turns } from '../../../engine/turns.ts'
import { ToolError } from '../../command.ts'
import { callBuiltin } from './functions.ts'
import { AwkMemory, type Slot } from './memory.ts'
import { parseAwk } from './parser.ts'
import type { Expression, OwnFunction, Rule, Statement } from './program.ts'
import { AwkStreams } from './streams.ts'
import { compare, formatted, Input, isTrue, looksNumeric, numberOf, textOf, type Value } from './values.ts'

export class Jump {
  readonly to: 'next' | 'exit' | 'break' | 'continue' | 'return'
  readonly value: Value
  constructor(to: Jump['to'], value: Value = '') {
    this.to = to
    this.value = value
  }
}

/** Arguments of all calls that are within each other: mawk's. */
const evalStack = 1024
/** Calls within each other: fewer than mawk's, since each of ours takes more room than it has. */
const deepest = 175

export class AwkMachine {
  readonly process: Process
  readonly rules: readonly Rule[]
  readonly #functions: ReadonlyMap<string, OwnFunction>
  readonly turns = new Turns()
  readonly memory: AwkMemory
  readonly streams: AwkStreams
  #calls = 0
  #cells = 0
  seed = 0

  constructor(process: Process, program: string) {
    this.process = process
    this.memory = new AwkMemory(this.turns, process.env)
    this.streams = new AwkStreams(process)
    const { rules, functions } = parseAwk(program)
    this.rules = rules
    this.#functions = functions
  }

  *regexpOf(expression: Expression): Task<Regexp> {
    return this.memory.regexp(
      expression.type === 'regexp' ? expression.source : textOf(yield* this.evaluate(expression)),
    )
  }

  *subscript(index: readonly Expression[]): Task<string> {
    const parts: string[] = []
    for (const each of index) parts.push(textOf(yield* this.evaluate(each)))
    return parts.join(textOf(this.memory.get('SUBSEP')))
  }

  *assign(target: Expression, value: Value): Task<Value> {
    if (target.type === 'name') this.memory.set(target.name, value)
    else if (target.type === 'field')
      this.memory.setField(numberOf(yield* this.evaluate(target.index)), textOf(value))
    else if (target.type === 'element')
      this.memory.cells(target.name).set(yield* this.subscript(target.index), value)
    else throw new ToolError('awk: assignment to something that is no variable', 2)
    return value
  }

  *evaluate(e: Expression): Task<Value> {
    switch (e.type) {
      case 'number':
        return e.value
      case 'string':
        return e.value
      case 'regexp':
        return Number(this.memory.fits(this.memory.regexp(e.source), this.memory.record))
      case 'name':
        return this.memory.get(e.name)
      case 'field':
        return this.memory.field(numberOf(yield* this.evaluate(e.index)))
      case 'element': {
        const cells = this.memory.cells(e.name)
        const key = yield* this.subscript(e.index)
        if (!cells.has(key)) cells.set(key, new Input(''))
        return cells.get(key)!
      }
      case 'in':
        return Number(this.memory.cells(e.name).has(yield* this.subscript(e.index)))
      case 'assign': {
        const value = yield* this.evaluate(e.value)
        if (e.operator === '=') return yield* this.assign(e.target, value)
        const old = numberOf(yield* this.evaluate(e.target))
        return yield* this.assign(e.target, calculate(e.operator.slice(0, -1), old, numberOf(value)))
      }
      case 'step': {
        const old = numberOf(yield* this.evaluate(e.target))
        const next = yield* this.assign(e.target, old + e.by)
        return e.prefix ? next : old
      }
      case 'unary': {
        const value = yield* this.evaluate(e.operand)
        return e.operator === '!'
          ? Number(!isTrue(value))
          : e.operator === '-'
            ? -numberOf(value)
            : numberOf(value)
      }
      case 'ternary':
        return yield* this.evaluate(isTrue(yield* this.evaluate(e.test)) ? e.yes : e.no)
      case 'match':
        return Number(
          this.memory.fits(yield* this.regexpOf(e.right), textOf(yield* this.evaluate(e.left))) !== e.negated,
        )
      case 'binary':
        return yield* this.binary(e)
      case 'getline':
        return yield* this.getline(e)
      case 'call':
        return yield* this.call(e.name, e.arguments)
      case 'group': {
        let value: Value = ''
        for (const each of e.items) value = yield* this.evaluate(each)
        return value
      }
    }
  }

  *binary({ operator, left, right }: Expression & { type: 'binary' }): Task<Value> {
    const a = yield* this.evaluate(left)
    if (operator === '&&') return Number(isTrue(a) && isTrue(yield* this.evaluate(right)))
    if (operator === '||') return Number(isTrue(a) || isTrue(yield* this.evaluate(right)))
    const b = yield* this.evaluate(right)
    if (operator === ' ') return held(textOf(a) + textOf(b))
    if (/^[<>=!]/.test(operator)) return Number(compare(operator, a, b))
    return calculate(operator, numberOf(a), numberOf(b))
  }

  *getline({ target, file, command }: Expression & { type: 'getline' }): Task<Value> {
    let reader = this.streams.main
    if (file) {
      reader = this.streams.fileReader(textOf(yield* this.evaluate(file)))
      if (!reader) return -1
    } else if (command) reader = yield* this.streams.commandReader(textOf(yield* this.evaluate(command)))
    const line = reader && (yield* reader.line())
    if (line === undefined) return 0
    if (target) yield* this.assign(target, new Input(line))
    else this.memory.setRecord(line)
    if (!file && !command) this.memory.set('NR', numberOf(this.memory.get('NR')) + 1)
    return 1
  }

  *call(name: string, list: readonly Expression[]): Task<Value> {
    const own = this.#functions.get(name)
    return own ? yield* this.callOwn(own, list) : yield* callBuiltin(this, name, list)
  }

  *callOwn({ parameters, body }: OwnFunction, list: readonly Expression[]): Task<Value> {
    const scope = new Map<string, Slot>()
    for (const [i, name] of parameters.entries()) {
      const given = list[i]
      // Arrays go by reference; a name without a value may become one.
      if (
        given?.type === 'name' &&
        (this.memory.slot(given.name).value === undefined ||
          this.memory.slot(given.name).value instanceof Map)
      )
        scope.set(name, this.memory.slot(given.name))
      else scope.set(name, { value: given ? yield* this.evaluate(given) : undefined })
    }
    const outer = this.memory.locals
    this.#cells += parameters.length
    if (++this.#calls > deepest || this.#cells > evalStack)
      throw new ToolError(`awk: program limit exceeded: eval stack size=${evalStack}`, 2)
    this.memory.locals = scope
    try {
      yield* this.execute(body)
      return ''
    } catch (jump) {
      if (jump instanceof Jump && jump.to === 'return') return jump.value
      throw jump
    } finally {
      this.#calls--
      this.#cells -= parameters.length
      this.memory.locals = outer
    }
  }

  *execute(s: Statement): Task {
    this.turns.spend(statement)
    if (this.turns.over) yield* this.turns.rest()
    switch (s.type) {
      case 'block':
        for (const each of s.body) yield* this.execute(each)
        return
      case 'expression':
        yield* this.evaluate(s.expression)
        return
      case 'print':
      case 'printf': {
        const values: Value[] = []
        for (const each of s.arguments) values.push(yield* this.evaluate(each))
        const text =
          s.type === 'printf'
            ? formatted(values)
            : (values.length
                ? values.map(v => textOf(v)).join(textOf(this.memory.get('OFS')))
                : this.memory.record) + textOf(this.memory.get('ORS'))
        if (!s.redirect) this.process.stdout.write(text)
        else this.streams.write(text, s.redirect.operator, textOf(yield* this.evaluate(s.redirect.to)))
        return
      }
      case 'if':
        if (isTrue(yield* this.evaluate(s.test))) yield* this.execute(s.yes)
        else if (s.no) yield* this.execute(s.no)
        return
      case 'loop':
        if (s.start) yield* this.execute(s.start)
        for (let first = true; ; first = false) {
          if (!(first && s.late) && s.test && !isTrue(yield* this.evaluate(s.test))) return
          try {
            yield* this.execute(s.body)
          } catch (jump) {
            if (!(jump instanceof Jump) || (jump.to !== 'break' && jump.to !== 'continue')) throw jump
            if (jump.to === 'break') return
          }
          if (s.step) yield* this.execute(s.step)
        }
      case 'each':
        for (const key of [...this.memory.cells(s.array).keys()].sort((a, b) =>
          looksNumeric(a) && looksNumeric(b) ? Number(a) - Number(b) : 0,
        )) {
          this.memory.set(s.name, new Input(key))
          try {
            yield* this.execute(s.body)
          } catch (jump) {
            if (!(jump instanceof Jump) || (jump.to !== 'break' && jump.to !== 'continue')) throw jump
            if (jump.to === 'break') return
          }
        }
        return
      case 'delete':
        if (s.index) this.memory.cells(s.array).delete(yield* this.subscript(s.index))
        else this.memory.cells(s.array).clear()
        return
      case 'jump':
        throw new Jump(s.to, s.value ? yield* this.evaluate(s.value) : '')
    }
  }
}

function calculate(operator: string, a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      return a / b
    case '%':
      return a % b
    default:
      return a ** b
  }
}
