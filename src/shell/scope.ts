// Names and values of one shell: what expansion reads and assignments write.
import { resolvePath } from '../engine/files.ts'
import { MemoryExhausted } from '../engine/holding.ts'
import { Buffer } from '../engine/pipe.ts'
import type { Task } from '../engine/task.ts'
import { arithmetic, expandText, expandWords, type Scope } from './expand.ts'
import type { Interpreter } from './interpreter.ts'
import { ShellError, type Variable } from './state.ts'
import { SharedInput, textInput } from './streams.ts'
import type { Assignment, Node } from './syntax.ts'

const mostElements = 1_000_000

export class ShellScope implements Scope {
  readonly #shell: Interpreter
  /** Status of the last command substitution of the command at hand. */
  substituted = 0
  #files = 63

  constructor(shell: Interpreter) {
    this.#shell = shell
  }

  get files() {
    return this.#shell.host.files
  }

  get cwd(): string {
    return this.#shell.state.cwd
  }

  get noGlob(): boolean {
    return this.#shell.state.options.noglob
  }

  lookup(name: string): string | readonly string[] | undefined {
    const { state, host } = this.#shell
    if (/^\d+$/.test(name)) return name === '0' ? state.name : state.parameters[Number(name) - 1]
    switch (name) {
      case '@':
      case '*':
        return state.parameters
      case '#':
        return String(state.parameters.length)
      case '?':
        return String(state.status)
      case '$':
        return String(host.pid)
      case '!':
        return state.lastBackground === undefined ? undefined : String(state.lastBackground)
      case '-':
        return `${state.options.errexit ? 'e' : ''}hB`
      case 'LINENO':
        return String(state.line)
      case 'SECONDS':
        return String(Math.floor((host.engine.now - state.started) / 1000))
      case 'EPOCHSECONDS':
        return String(Math.floor(host.engine.now / 1000))
      case 'RANDOM':
        return String(host.engine.random.below(32768))
    }
    const value = state.variables.get(name)?.value
    return value instanceof Map ? [...value.values()] : value
  }

  element(name: string, index: string): string | undefined {
    const value = this.#shell.state.variables.get(name)?.value
    if (value instanceof Map) return value.get(index)
    const at = Number(arithmetic(index, this))
    if (typeof value === 'string') return at === 0 ? value : undefined
    return value?.at(at)
  }

  keys(name: string): string[] {
    const value = this.#shell.state.variables.get(name)?.value
    if (value instanceof Map) return [...value.keys()]
    if (Array.isArray(value)) return Object.keys(value)
    return value === undefined ? [] : ['0']
  }

  names(prefix: string): string[] {
    return [...this.#shell.state.variables.keys()].filter(name => name.startsWith(prefix)).sort()
  }

  /** Exported variables. */
  environment(): [string, string][] {
    const out: [string, string][] = []
    for (const [name, { value, exported }] of this.#shell.state.variables) {
      if (exported && typeof value === 'string') out.push([name, value])
    }
    return out
  }

  variable(name: string): Variable {
    const { variables } = this.#shell.state
    let variable = variables.get(name)
    if (!variable) variables.set(name, (variable = { value: undefined, exported: false }))
    return variable
  }

  assign(name: string, value: string, index?: string): void {
    const variable = this.variable(name)
    if (variable.readonly) this.fail(`${name}: readonly variable`)
    if (variable.value instanceof Map) variable.value.set(index ?? '0', value)
    else if (index === undefined && !Array.isArray(variable.value)) variable.value = value
    else {
      const list = Array.isArray(variable.value)
        ? variable.value
        : variable.value === undefined
          ? []
          : [variable.value]
      variable.value = list
      list[index === undefined ? 0 : this.#place(index, list)] = value
    }
  }

  /** Where an element is written. The array of a shell here is whole, so what lies far out has no room. */
  #place(index: string, list: readonly unknown[]): number {
    const at = Number(arithmetic(index, this))
    if (at + list.length < 0) this.fail(`${index}: bad array subscript`)
    if (at > mostElements) throw new MemoryExhausted()
    return at < 0 ? at + list.length : at
  }

  *assignWord({ name, append, index, value, elements }: Assignment): Task {
    const variable = this.#shell.state.variables.get(name)
    if (elements) {
      const words = yield* expandWords(elements, this)
      if (variable?.readonly) this.fail(`${name}: readonly variable`)
      const pairs = words.map(word => /^\[([^\]]*)\]=([\s\S]*)$/.exec(word))
      if (variable?.value instanceof Map) {
        for (const pair of pairs) if (pair) variable.value.set(pair[1]!, pair[2]!)
        return
      }
      const list = append && Array.isArray(variable?.value) ? [...variable.value] : []
      for (const [i, pair] of pairs.entries()) {
        if (pair) list[this.#place(pair[1]!, list)] = pair[2]!
        else list.push(words[i]!)
      }
      this.variable(name).value = list
      return
    }
    const at = index && (yield* expandText(index, this))
    const text = yield* expandText(value, this)
    const old = append ? (at === undefined ? this.lookup(name) : this.element(name, at)) : undefined
    this.assign(name, (typeof old === 'object' ? old[0] : (old ?? '')) + text, at)
  }

  *substitute(script: Node): Task<string> {
    const shell = this.#shell.fork()
    const buffer = new Buffer()
    this.substituted = yield* shell.subshell(script, {
      input: new SharedInput(textInput('')),
      output: buffer,
      error: this.#shell.currentError,
    })
    this.#shell.state.status = this.substituted
    return buffer.text.replace(/\n+$/, '').replaceAll('\0', '')
  }

  *processFile(script: Node): Task<string> {
    const text = new Buffer()
    yield* this.#shell.fork().subshell(script, {
      input: new SharedInput(textInput('')),
      output: text,
      error: this.#shell.currentError,
    })
    const path = `/dev/fd/${this.#files--}`
    this.files.mkdir(resolvePath(path, '..'), { parents: true })
    this.files.write(path, text.text)
    return path
  }

  fail(message: string): never {
    throw new ShellError(message, 1, true)
  }

  missing(message: string): never {
    const { interactive, dialect } = this.#shell
    throw new ShellError(message, interactive ? 1 : dialect.unsetStatus, true)
  }

  unset(name: string): void {
    if (this.#shell.state.options.nounset) this.missing(`${name}: unbound variable`)
  }
}
