// A small JavaScript for `node -e` and small scripts: console.log, constants, process.env, process.exit, timers that
// log, and a server of one answer. Anything else is refused in so many words.
import { formatTime } from '../../../engine/engine.ts'
import { FileError, resolvePath } from '../../../engine/files.ts'
import { readAll } from '../../../engine/pipe.ts'
import type { Process, Program } from '../../../engine/process.ts'
import { sleep, type Task } from '../../../engine/task.ts'
import { answer, httpDate, untilSignal } from '../../images/http.ts'
import { startUp } from '../../listening.ts'
import { evaluate, type Language, ScriptError, type Value } from './expression.ts'

const show = (value: Value, inner = false): string => {
  if (typeof value === 'string') return inner ? `'${value}'` : value
  if (Array.isArray(value))
    return value.length ? `[ ${value.map(each => show(each, true)).join(', ')} ]` : '[]'
  if (value && typeof value === 'object')
    return `{ ${Object.entries(value)
      .map(([key, each]) => `${key}: ${show(each, true)}`)
      .join(', ')} }`
  return value === null ? 'undefined' : String(value)
}

class Exit extends Error {
  readonly status: number
  constructor(status: number) {
    super('exit')
    this.status = status
  }
}

class JavaScript implements Language {
  readonly words = { true: true, false: false, null: null, undefined: null }
  readonly #process: Process
  readonly #version: string
  readonly #variables = new Map<string, Value>()

  constructor(process: Process, version: string) {
    this.#process = process
    this.#version = version
  }

  text(value: Value): string {
    return show(value)
  }

  name(path: string): Value {
    const { env, argv, pid } = this.#process
    if (this.#variables.has(path)) return this.#variables.get(path)!
    if (path.startsWith('process.env.')) return env.get(path.slice(12)) ?? null
    if (path === 'process.env') return Object.fromEntries(env)
    if (path === 'process.version') return `v${this.#version}`
    if (path === 'process.pid') return pid
    if (path === 'process.argv') return [...argv]
    throw new ScriptError(`ReferenceError: ${path} is not defined`)
  }

  call(path: string, args: Value[], receiver?: Value): Value {
    if (typeof receiver === 'string') {
      if (path === 'toUpperCase') return receiver.toUpperCase()
      if (path === 'toLowerCase') return receiver.toLowerCase()
      if (path === 'repeat') return receiver.repeat(Math.min(10_000, Number(args[0])))
      if (path === 'toString') return receiver
    }
    if (/^(require\()?os\.hostname$|^hostname$/.test(path)) return this.#process.hostname
    if (path === 'require') return { name: args[0]! }
    if (path === 'Date.now') return this.#process.engine.now
    if (path === 'Date') return formatTime(this.#process.engine.now).replace('Z', '.000Z')
    if (path === 'toISOString' || path === 'toString') return this.text(receiver ?? null)
    if (path === 'JSON.stringify') return JSON.stringify(args[0])
    if (path === 'Math.floor') return Math.floor(Number(args[0]))
    if (path === 'Math.round') return Math.round(Number(args[0]))
    throw new ScriptError(`TypeError: this simulator's Node does not know ${path}()`)
  }

  *run(script: string): Task {
    for (const statement of statements(script)) yield* this.#statement(statement)
  }

  *#statement(text: string): Task {
    const { engine, network, stdout, stderr } = this.#process
    const log = /^console\.(log|info|error|warn)\(([\s\S]*)\)$/.exec(text)
    if (log) {
      const line = `${statements(log[2]!, ',')
        .map(part => show(evaluate(part, this)))
        .join(' ')}\n`
      ;(/error|warn/.test(log[1]!) ? stderr : stdout).write(line)
      return
    }
    const exit = /^process\.exit\((.*)\)$/.exec(text)
    if (exit) throw new Exit(exit[1] ? Number(evaluate(exit[1], this)) : 0)
    const thrown = /^throw\s+(?:new\s+)?(\w+)\((.*)\)$/.exec(text)
    if (thrown) throw new ScriptError(`Uncaught ${thrown[1]}: ${show(evaluate(thrown[2] || "''", this))}`)
    const timer =
      /^set(Timeout|Interval)\(\s*(?:\(\)\s*=>|function\s*\(\))\s*(?:\{([\s\S]*)\}|([\s\S]*?))\s*,\s*(\d+)\s*\)$/.exec(
        text,
      )
    if (timer) {
      do {
        yield* sleep(Number(timer[4]))
        yield* this.run(timer[2] ?? timer[3] ?? '')
      } while (timer[1] === 'Interval')
      return
    }
    const server =
      /createServer\([\s\S]*?\.(?:end|write)\(([\s\S]*?)\)[\s\S]*?\.listen\((\d+)(?:\s*,\s*(['"`])(.*?)\3)?/.exec(
        text,
      )
    if (server) {
      const [, body = '', port, , host] = server
      const answer = () => respond(this.text(evaluate(body, this)), engine.now)
      yield* startUp(this.#process, 'node')
      const listener = network.listen(Number(port), answer, undefined, host)
      if (!listener) throw new ScriptError(`Error: listen EADDRINUSE: address already in use :::${server[2]}`)
      throw new Exit(yield* untilSignal(143, [listener]))
    }
    const [, name, value] = /^(?:(?:const|let|var)\s+)?([\w$]+)\s*=(?![=>])\s*([\s\S]*)$/.exec(text) ?? []
    if (name) this.#variables.set(name, evaluate(value!, this))
    else if (text && text !== "'use strict'") evaluate(text, this)
  }
}

function* respond(body: string, now: number) {
  return answer(200, body, { date: httpDate(now) })
}

/** Cut at a mark (or, for `;`, also at line feeds) outside of quotes and brackets. */
function statements(text: string, mark = ';'): string[] {
  const parts: string[] = []
  let [depth, quote, part] = [0, '', '']
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!
    if (quote) {
      if (char === '\\') part += text[i++]
      else if (char === quote) quote = ''
    } else if (/["'`]/.test(char)) quote = char
    else if ('([{'.includes(char)) depth++
    else if (')]}'.includes(char)) depth--
    else if (depth === 0 && (char === mark || (mark === ';' && char === '\n'))) {
      parts.push(part.trim())
      part = ''
      continue
    }
    part += text[i] ?? ''
  }
  return [...parts, part.trim()].filter(each => each && !each.startsWith('//'))
}

export const node = (version: string): Program =>
  function* (process) {
    const { cwd, files, stdin, stdout, stderr } = process
    const [first, second = ''] = process.argv.slice(1)
    if (first === '--version' || first === '-v') {
      stdout.write(`v${version}\n`)
      return 0
    }
    let script = second
    if (first === '-p' || first === '--print') script = `console.log(${second})`
    else if (first !== '-e' && first !== '--eval') {
      try {
        script = first && first !== '-' ? files.read(resolvePath(cwd, first)) : yield* readAll(stdin)
      } catch (error) {
        if (!(error instanceof FileError)) throw error
        stderr.write(
          `node:internal/modules/cjs/loader:1228\n  throw err;\n  ^\n\nError: Cannot find module '${resolvePath(cwd, first!)}'\n    at node:internal/main/run_main_module:36:49 {\n  code: 'MODULE_NOT_FOUND',\n  requireStack: []\n}\n\nNode.js v${version}\n`,
        )
        return 1
      }
    }
    try {
      yield* new JavaScript(process, version).run(script)
      return 0
    } catch (error) {
      if (error instanceof Exit) return error.status
      if (!(error instanceof ScriptError) && !(error instanceof TypeError) && !(error instanceof SyntaxError))
        throw error
      stderr.write(`[eval]:1\n${script.split('\n')[0]}\n^\n\n${error.message}\n\nNode.js v${version}\n`)
      return 1
    }
  }
