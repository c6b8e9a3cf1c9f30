// What an awk program works on and how its expressions and statements are carried out.
import { ExpressionError } from '../../engine/expressions/errors.ts'
import { expression, type Expression as Regexp } from '../../engine/expressions/expression.ts'
import { held, hold } from '../../engine/holding.ts'
import { Buffer, emptyInput, LineReader } from '../../engine/pipe.ts'
import type { Process } from '../../engine/process.ts'
import type { Task } from '../../engine/task.ts'
import { statement, Turns } from '../../engine/turns.ts'
import { ToolError } from '../command.ts'
import { textInput } from '../streams.ts'
import { callBuiltin } from './awk-functions.ts'
import { type Expression, parseAwk, type Rule, type Statement } from './awk-parser.ts'
import { Cells, Input, type Value } from './awk-values.ts'
import { pathOf } from './input.ts'
import { format } from './printf.ts'
import { run } from './run.ts'

type Slot = { value: Value | Cells | undefined }

export class Jump {
  readonly to: 'next' | 'exit' | 'break' | 'continue' | 'return'
  readonly value: Value
  constructor(to: Jump['to'], value: Value = '') {
    this.to = to
    this.value = value
  }
}

/** Of programs that make an expression for each line. */
const regexpsAtMost = 500

/** In the words of mawk. */
function readRegexp(source: string): Regexp {
  try {
    return expression(source, 'extended')
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    const reason = /Unmatched \(/.test(error.message)
      ? "missing ')'"
      : /\[|class/.test(error.message)
        ? 'bad class -- [], [^] or ['
        : error.message
    throw new ToolError(`awk: line 1: regular expression compile failed (${reason})\n${source}`, 2)
  }
}

const looksNumeric = (text: string): boolean => /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*$/.test(text)

/** Arguments of all calls that are within each other: mawk's. */
const evalStack = 1024
/** Calls within each other: fewer than mawk's, since each of ours takes more room than it has. */
const deepest = 175

export class AwkMachine {
  readonly process: Process
  readonly rules: Rule[]
  readonly functions: Map<string, { parameters: string[]; body: Statement }>
  #calls = 0
  #cells = 0
  globals = new Map<string, Slot>()
  locals: Map<string, Slot> | undefined
  record = ''
  fields: string[] = []
  readonly #regexps = new Map<string, Regexp>()
  readonly turns = new Turns()
  readonly #readers = new Map<string, LineReader>()
  readonly #outputs = new Map<string, { text: string; command?: string }>()
  main: LineReader | undefined
  seed = 0

  constructor(process: Process, program: string) {
    this.process = process
    const { rules, functions } = parseAwk(program)
    this.rules = rules
    this.functions = functions
    for (const [name, value] of Object.entries({
      FS: ' ',
      OFS: ' ',
      ORS: '\n',
      RS: '\n',
      SUBSEP: '\x1c',
      OFMT: '%.6g',
      CONVFMT: '%.6g',
    }))
      this.set(name, value)
    this.set('NR', 0)
    this.set('NF', 0)
    this.set('RSTART', 0)
    this.set('RLENGTH', -1)
    const environment = new Cells()
    for (const [name, value] of process.env) environment.set(name, new Input(value))
    this.slot('ENVIRON').value = environment
  }

  slot(name: string): Slot {
    const local = this.locals?.get(name)
    if (local) return local
    let slot = this.globals.get(name)
    if (!slot) this.globals.set(name, (slot = { value: undefined }))
    return slot
  }

  get(name: string): Value {
    const { value } = this.slot(name)
    return value instanceof Map ? '' : (value ?? new Input(''))
  }

  set(name: string, value: Value): void {
    this.slot(name).value = value
    if (name === 'NF' && value !== undefined && this.globals.get('OFS')) {
      const count = this.number(value)
      if (this.fields.length === count) return
      hold(count)
      this.fields = Array.from({ length: count }, (_, i) => this.fields[i] ?? '')
      this.record = this.fields.join(this.text(this.get('OFS')))
    }
  }

  cells(name: string): Cells {
    const slot = this.slot(name)
    if (!(slot.value instanceof Cells)) slot.value = new Cells()
    return slot.value
  }

  text(value: Value): string {
    if (typeof value === 'string') return value
    if (value instanceof Input) return value.text
    return Number.isInteger(value) && Math.abs(value) < 1e16
      ? String(value)
      : format('%.6g', () => String(value))
          .replace(/^(-?)Infinity$/, '$1inf')
          .replace('NaN', 'nan')
  }

  output(value: Value): string {
    return this.text(value)
  }

  number(value: Value): number {
    if (typeof value === 'number') return value
    const text = typeof value === 'string' ? value : value.text
    return Number.parseFloat(/^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/.exec(text)?.[0] ?? '0')
  }

  truth(value: Value): boolean {
    if (typeof value === 'number') return value !== 0
    if (value instanceof Input && looksNumeric(value.text)) return this.number(value) !== 0
    return this.text(value) !== ''
  }

  compare(operator: string, a: Value, b: Value): boolean {
    const number = (v: Value) =>
      typeof v === 'number' || (v instanceof Input && (v.text === '' || looksNumeric(v.text)))
    const numbers = number(a) && number(b)
    const [x, y] = numbers ? [this.number(a), this.number(b)] : [this.text(a), this.text(b)]
    switch (operator) {
      case '==':
        return x === y
      case '!=':
        return x !== y
      case '<':
        return x < y
      case '>':
        return x > y
      case '<=':
        return x <= y
      default:
        return x >= y
    }
  }

  regexp(source: string): Regexp {
    const known = this.#regexps.get(source)
    if (known) return known
    if (this.#regexps.size >= regexpsAtMost) this.#regexps.clear()
    const made = readRegexp(source)
    this.#regexps.set(source, made)
    return made
  }

  fits(regexp: Regexp, text: string): boolean {
    const fits = regexp.test(text)
    this.turns.spend(regexp.spent)
    return fits
  }

  setRecord(text: string): void {
    this.record = text
    this.fields = this.split(text, this.text(this.get('FS')))
    this.slot('NF').value = this.fields.length
  }

  split(text: string, separator: string): string[] {
    if (text === '') return []
    if (separator === ' ')
      return text
        .trim()
        .split(/[ \t\n]+/)
        .filter(Boolean)
    if (separator === '') return [...text]
    if (separator.length === 1 && separator !== '\\') return text.split(separator)
    return this.regexp(separator).split(text)
  }

  field(at: number): Value {
    return at === 0 ? new Input(this.record) : new Input(this.fields[at - 1] ?? '')
  }

  setField(at: number, value: string): void {
    if (at === 0) {
      this.setRecord(value)
      return
    }
    hold(at)
    while (this.fields.length < at) this.fields.push('')
    this.fields[at - 1] = value
    this.slot('NF').value = this.fields.length
    this.record = this.fields.join(this.text(this.get('OFS')))
  }

  *regexpOf(expression: Expression): Task<Regexp> {
    return this.regexp(
      expression.type === 'regexp' ? expression.source : this.text(yield* this.evaluate(expression)),
    )
  }

  *subscript(index: readonly Expression[]): Task<string> {
    const parts: string[] = []
    for (const each of index) parts.push(this.text(yield* this.evaluate(each)))
    return parts.join(this.text(this.get('SUBSEP')))
  }

  *assign(target: Expression, value: Value): Task<Value> {
    if (target.type === 'name') this.set(target.name, value)
    else if (target.type === 'field')
      this.setField(this.number(yield* this.evaluate(target.index)), this.text(value))
    else if (target.type === 'element')
      this.cells(target.name).set(yield* this.subscript(target.index), value)
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
        return Number(this.fits(this.regexp(e.source), this.record))
      case 'name':
        return this.get(e.name)
      case 'field':
        return this.field(this.number(yield* this.evaluate(e.index)))
      case 'element': {
        const cells = this.cells(e.name)
        const key = yield* this.subscript(e.index)
        if (!cells.has(key)) cells.set(key, new Input(''))
        return cells.get(key)!
      }
      case 'in':
        return Number(this.cells(e.name).has(yield* this.subscript(e.index)))
      case 'assign': {
        const value = yield* this.evaluate(e.value)
        if (e.operator === '=') return yield* this.assign(e.target, value)
        const old = this.number(yield* this.evaluate(e.target))
        return yield* this.assign(e.target, calculate(e.operator.slice(0, -1), old, this.number(value)))
      }
      case 'step': {
        const old = this.number(yield* this.evaluate(e.target))
        const next = yield* this.assign(e.target, old + e.by)
        return e.prefix ? next : old
      }
      case 'unary': {
        const value = yield* this.evaluate(e.operand)
        return e.operator === '!'
          ? Number(!this.truth(value))
          : e.operator === '-'
            ? -this.number(value)
            : this.number(value)
      }
      case 'ternary':
        return yield* this.evaluate(this.truth(yield* this.evaluate(e.test)) ? e.yes : e.no)
      case 'match':
        return Number(
          this.fits(yield* this.regexpOf(e.right), this.text(yield* this.evaluate(e.left))) !== e.negated,
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
    if (operator === '&&') return Number(this.truth(a) && this.truth(yield* this.evaluate(right)))
    if (operator === '||') return Number(this.truth(a) || this.truth(yield* this.evaluate(right)))
    const b = yield* this.evaluate(right)
    if (operator === ' ') return held(this.text(a) + this.text(b))
    if (/^[<>=!]/.test(operator)) return Number(this.compare(operator, a, b))
    if (operator === '/' && this.number(b) === 0) throw new ToolError('awk: division by zero', 2)
    return calculate(operator, this.number(a), this.number(b))
  }

  *getline({ target, file, command }: Expression & { type: 'getline' }): Task<Value> {
    let reader = this.main
    if (file || command) {
      const name = this.text(yield* this.evaluate((file ?? command)!))
      const key = file ? `<${name}` : `|${name}`
      reader = this.#readers.get(key)
      if (!reader) {
        if (file) {
          const full = pathOf(this.process, name)
          if (name !== '-' && !this.process.files.exists(full)) return -1
          reader = new LineReader(
            name === '-' ? this.process.stdin : textInput(this.process.files.read(full)),
          )
        } else {
          const output = new Buffer()
          yield* run({ ...this.process, stdin: emptyInput, stdout: output }, ['sh', '-c', name])
          reader = new LineReader(textInput(output.text))
        }
        this.#readers.set(key, reader)
      }
    }
    const line = reader && (yield* reader.line())
    if (line === undefined) return 0
    if (target) yield* this.assign(target, new Input(line))
    else this.setRecord(line)
    if (!file && !command) this.set('NR', this.number(this.get('NR')) + 1)
    return 1
  }

  *call(name: string, list: readonly Expression[]): Task<Value> {
    const own = this.functions.get(name)
    return own ? yield* this.callOwn(own, list) : yield* callBuiltin(this, name, list)
  }

  *callOwn(
    { parameters, body }: { parameters: string[]; body: Statement },
    list: readonly Expression[],
  ): Task<Value> {
    const scope = new Map<string, Slot>()
    for (const [i, name] of parameters.entries()) {
      const given = list[i]
      // Arrays go by reference; a name without a value may become one.
      if (
        given?.type === 'name' &&
        (this.slot(given.name).value === undefined || this.slot(given.name).value instanceof Map)
      )
        scope.set(name, this.slot(given.name))
      else scope.set(name, { value: given ? yield* this.evaluate(given) : undefined })
    }
    const outer = this.locals
    this.#cells += parameters.length
    if (++this.#calls > deepest || this.#cells > evalStack)
      throw new ToolError(`awk: program limit exceeded: eval stack size=${evalStack}`, 2)
    this.locals = scope
    try {
      yield* this.execute(body)
      return ''
    } catch (jump) {
      if (jump instanceof Jump && jump.to === 'return') return jump.value
      throw jump
    } finally {
      this.#calls--
      this.#cells -= parameters.length
      this.locals = outer
    }
  }

  format(values: readonly Value[]): string {
    let next = 1
    return format(this.text(values[0] ?? ''), () =>
      values[next] === undefined ? undefined : this.text(values[next++]!),
    )
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
            ? this.format(values)
            : (values.length
                ? values.map(v => this.output(v)).join(this.text(this.get('OFS')))
                : this.record) + this.text(this.get('ORS'))
        if (!s.redirect) this.process.stdout.write(text)
        else {
          const name = this.text(yield* this.evaluate(s.redirect.to))
          if (name === '/dev/stderr') this.process.stderr.write(text)
          else if (name === '/dev/stdout') this.process.stdout.write(text)
          else {
            const before = this.#outputs.get(name)
            const path = pathOf(this.process, name)
            if (s.redirect.operator === '|')
              this.#outputs.set(name, { text: held((before?.text ?? '') + text), command: name })
            else {
              this.process.files.write(path, text, {
                append: before !== undefined || s.redirect.operator === '>>',
              })
              this.#outputs.set(name, { text: '' })
            }
          }
        }
        return
      }
      case 'if':
        if (this.truth(yield* this.evaluate(s.test))) yield* this.execute(s.yes)
        else if (s.no) yield* this.execute(s.no)
        return
      case 'loop':
        if (s.start) yield* this.execute(s.start)
        for (let first = true; ; first = false) {
          if (!(first && s.late) && s.test && !this.truth(yield* this.evaluate(s.test))) return
          try {
            yield* this.execute(s.body)
          } catch (jump) {
            if (!(jump instanceof Jump) || (jump.to !== 'break' && jump.to !== 'continue')) throw jump
            if (jump.to === 'break') return
          }
          if (s.step) yield* this.execute(s.step)
        }
      case 'each':
        for (const key of [...this.cells(s.array).keys()].sort((a, b) =>
          looksNumeric(a) && looksNumeric(b) ? Number(a) - Number(b) : 0,
        )) {
          this.set(s.name, new Input(key))
          try {
            yield* this.execute(s.body)
          } catch (jump) {
            if (!(jump instanceof Jump) || (jump.to !== 'break' && jump.to !== 'continue')) throw jump
            if (jump.to === 'break') return
          }
        }
        return
      case 'delete':
        if (s.index) this.cells(s.array).delete(yield* this.subscript(s.index))
        else this.cells(s.array).clear()
        return
      case 'jump':
        throw new Jump(s.to, s.value ? yield* this.evaluate(s.value) : '')
    }
  }

  /** The next getline from this file or command begins anew. */
  closeReader(name: string): void {
    this.#readers.delete(`<${name}`)
    this.#readers.delete(`|${name}`)
  }

  /** Gives what was printed into commands to them. */
  *flush(): Task {
    for (const [name, { text, command }] of this.#outputs) {
      if (!command) continue
      this.#outputs.delete(name)
      yield* run({ ...this.process, stdin: textInput(text) }, ['sh', '-c', command])
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
