// A small Python: print, assignments, if/while/for with blocks, time.sleep, sys.exit, os.environ, sockets' host name;
// and `-m http.server`. Anything else is refused in so many words.
import { formatTime } from '../../../engine/engine.ts'
import { FileError, resolvePath } from '../../../engine/files.ts'
import type { HttpHandler } from '../../../engine/network.ts'
import { readAll } from '../../../engine/pipe.ts'
import type { Process, Program } from '../../../engine/process.ts'
import { sleep, type Task } from '../../../engine/task.ts'
import { answer, httpDate, logDate, untilSignal } from '../../images/http.ts'
import { startUp } from '../../listening.ts'
import { evaluate, type Language, ScriptError, truth, type Value } from './expression.ts'

const repr = (value: Value, quoted: boolean): string => {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'string') return quoted ? `'${value.replaceAll('\n', '\\n')}'` : value
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value)) return `[${value.map(each => repr(each, true)).join(', ')}]`
  return `{${Object.entries(value)
    .map(([key, each]) => `'${key}': ${repr(each, true)}`)
    .join(', ')}}`
}

class Exit extends Error {
  readonly status: number
  constructor(status: number) {
    super('exit')
    this.status = status
  }
}

class Python implements Language {
  readonly words = { True: true, False: false, None: null }
  readonly #process: Process
  readonly #variables = new Map<string, Value>()
  /** `import os as o`: what a name stands for. */
  readonly #modules = new Map<string, string>()

  constructor(process: Process, argv: readonly string[]) {
    this.#process = process
    this.#variables.set('sys.argv', [...argv])
    this.#variables.set('__name__', '__main__')
  }

  text(value: Value): string {
    return repr(value, false)
  }

  #path(path: string): string {
    const [first = '', ...rest] = path.split('.')
    return [this.#modules.get(first) ?? first, ...rest].join('.')
  }

  name(name: string): Value {
    const path = this.#path(name)
    if (this.#variables.has(path)) return this.#variables.get(path)!
    if (path === 'os.environ') return Object.fromEntries(this.#process.env)
    if (path === 'sys.version') return '3.13.1 (main, Jan  1 2026, 00:00:00) [GCC 12.2.0]'
    throw new ScriptError(`NameError: name '${name}' is not defined`)
  }

  call(name: string, args: Value[], receiver?: Value): Value {
    if (receiver !== undefined) return this.#method(receiver, name, args)
    const path = this.#path(name)
    const { engine, env, hostname, user } = this.#process
    const [first = null, second = null] = args
    switch (path) {
      case 'os.getenv':
      case 'os.environ.get':
        return env.get(String(first)) ?? second
      case 'socket.gethostname':
      case 'platform.node':
        return hostname
      case 'getpass.getuser':
        return user
      case 'os.getpid':
        return this.#process.pid
      case 'os.getuid':
        return user === 'root' ? 0 : Number(user) || 1000
      case 'time.time':
        return engine.now / 1000
      case 'datetime.datetime.now':
      case 'datetime.now':
        return formatTime(engine.now).replace('T', ' ').replace('Z', '')
      case 'len':
        return Array.isArray(first) || typeof first === 'string'
          ? first.length
          : Object.keys(first ?? {}).length
      case 'str':
        return this.text(first)
      case 'int':
        return Math.trunc(Number(first))
      case 'float':
        return Number(first)
      case 'range': {
        const [from, to] = args.length > 1 ? [Number(first), Number(second)] : [0, Number(first)]
        return Array.from({ length: Math.min(100_000, Math.max(0, to - from)) }, (_, i) => from + i)
      }
      case 'sum':
        return (first as number[]).reduce((a, b) => a + b, 0)
      case 'max':
        return Math.max(...((Array.isArray(first) ? first : args) as number[]))
      case 'min':
        return Math.min(...((Array.isArray(first) ? first : args) as number[]))
    }
    const dot = path.lastIndexOf('.')
    if (dot > 0 && this.#variables.has(path.slice(0, dot)))
      return this.#method(this.#variables.get(path.slice(0, dot))!, path.slice(dot + 1), args)
    throw new ScriptError(`this simulator's Python does not know ${path}()`)
  }

  #method(receiver: Value, name: string, args: Value[]): Value {
    if (typeof receiver === 'string') {
      if (name === 'upper') return receiver.toUpperCase()
      if (name === 'lower') return receiver.toLowerCase()
      if (name === 'strip') return receiver.trim()
      if (name === 'split') return receiver.split(typeof args[0] === 'string' ? args[0] : /\s+/)
      if (name === 'join') return (args[0] as Value[]).map(each => this.text(each)).join(receiver)
      if (name === 'format')
        return args.reduce<string>((text, each) => text.replace(/\{\d*\}/, () => this.text(each)), receiver)
      if (name === 'replace') return receiver.replaceAll(String(args[0]), String(args[1]))
    }
    if (name === 'get' && receiver && typeof receiver === 'object' && !Array.isArray(receiver))
      return receiver[String(args[0])] ?? args[1] ?? null
    throw new ScriptError(`this simulator's Python does not know .${name}()`)
  }

  /** Lines with their indentation; those of one block share one. */
  *run(lines: readonly { indent: number; text: string }[]): Task<'break' | 'continue' | undefined> {
    for (let i = 0; i < lines.length; i++) {
      const { indent, text } = lines[i]!
      let end = i + 1
      while (end < lines.length && lines[end]!.indent > indent) end++
      const head = /^(if|elif|else|while|for|def|try|except|with|class)\b(.*?):\s*(.*)$/.exec(text)
      if (!head) {
        for (const part of split(text, ';')) {
          const left = yield* this.#statement(part.trim())
          if (left) return left
        }
        continue
      }
      const [, word = '', condition = '', rest = ''] = head
      const body = rest ? [{ indent: indent + 1, text: rest }] : lines.slice(i + 1, end)
      i = end - 1
      if (word === 'while')
        while (truth(evaluate(condition, this))) {
          yield* sleep(1)
          if ((yield* this.run(body)) === 'break') break
        }
      else if (word === 'for') {
        const [, name = '', list = ''] = /^\s*(\w+)\s+in\s+(.*)$/.exec(condition) ?? []
        for (const value of evaluate(list, this) as Value[]) {
          this.#variables.set(name, value)
          if ((yield* this.run(body)) === 'break') break
        }
      } else if (word === 'if') {
        let done = truth(evaluate(condition, this))
        let left = done ? yield* this.run(body) : undefined
        // Its elif and else stand at the same depth.
        for (;;) {
          const next = lines[i + 1]
          const branch = next && /^(elif|else)\b(.*?):\s*(.*)$/.exec(next.text)
          if (!next || next.indent !== indent || !branch) break
          let stop = i + 2
          while (stop < lines.length && lines[stop]!.indent > indent) stop++
          if (!done && (branch[1] === 'else' || truth(evaluate(branch[2]!, this)))) {
            done = true
            left = yield* this.run(
              branch[3] ? [{ indent: indent + 1, text: branch[3] }] : lines.slice(i + 2, stop),
            )
          }
          i = stop - 1
        }
        if (left) return left
      } else throw new ScriptError(`this simulator's Python does not know '${word}'`)
    }
    return undefined
  }

  *#statement(text: string): Task<'break' | 'continue' | undefined> {
    const { stdout } = this.#process
    if (!text || text === 'pass') return undefined
    if (text === 'break' || text === 'continue') return text
    const imported = /^(?:import\s+([\w., ]+)|from\s+([\w.]+)\s+import\s+([\w, ]+))$/.exec(text)
    if (imported) {
      for (const part of (imported[1] ?? '').split(',')) {
        const [, module = '', name] = /^\s*([\w.]+)(?:\s+as\s+(\w+))?/.exec(part) ?? []
        if (name) this.#modules.set(name, module)
      }
      for (const name of (imported[3] ?? '').split(','))
        if (name.trim()) this.#modules.set(name.trim(), `${imported[2]}.${name.trim()}`)
      return undefined
    }
    const [, target, operator = '', value = ''] = /^(\w+)\s*([-+*/]?)=(?!=)\s*([\s\S]*)$/.exec(text) ?? []
    if (target) {
      this.#variables.set(target, evaluate(operator ? `${target} ${operator} (${value})` : value, this))
      return undefined
    }
    const print = /^print\s*\(([\s\S]*)\)$/.exec(text) ?? /^print\s+([\s\S]+)$/.exec(text)
    if (print) {
      let end = '\n'
      const parts = split(print[1]!, ',').filter(part => {
        const [, key, option = ''] = /^\s*(end|flush|sep|file)\s*=(?!=)([\s\S]*)$/.exec(part) ?? []
        if (key === 'end') end = this.text(evaluate(option, this))
        return !key && part.trim()
      })
      stdout.write(parts.map(part => this.text(evaluate(part, this))).join(' ') + end)
      return undefined
    }
    const called = /^([\w.]+)\(([\s\S]*)\)$/.exec(text)
    const path = called && this.#path(called[1]!)
    if (path === 'time.sleep') {
      yield* sleep(Number(evaluate(called![2]!, this)) * 1000)
      return undefined
    }
    if (path && /^(sys\.exit|exit|quit|os\._exit)$/.test(path))
      throw new Exit(called![2] ? Number(evaluate(called![2], this)) : 0)
    if (path === 'sys.stdout.write') {
      stdout.write(this.text(evaluate(called![2]!, this)))
      return undefined
    }
    if (path === 'sys.stdout.flush') return undefined
    if (/^raise\b/.test(text)) {
      const [, kind = 'Exception', message = ''] = /^raise\s+(\w+)(?:\((.*)\))?/.exec(text) ?? []
      throw new ScriptError(message ? `${kind}: ${this.text(evaluate(message, this))}` : kind)
    }
    evaluate(text, this)
    return undefined
  }
}

/** Cut at a mark outside of quotes and brackets. */
function split(text: string, mark: string): string[] {
  const parts: string[] = []
  let [depth, quote, start] = [0, '', 0]
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!
    if (quote) {
      if (char === '\\') i++
      else if (char === quote) quote = ''
    } else if (char === '"' || char === "'") quote = char
    else if ('([{'.includes(char)) depth++
    else if (')]}'.includes(char)) depth--
    else if (char === mark && depth === 0) {
      parts.push(text.slice(start, i))
      start = i + 1
    }
  }
  parts.push(text.slice(start))
  return parts
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .filter(line => line.trim() && !line.trim().startsWith('#'))
    .map(line => ({ indent: /^\s*/.exec(line)![0].length, text: line.trim() }))

function* httpServer(process: Process, args: readonly string[]): Task<number> {
  const { cwd, engine, files, network, stderr, stdout } = process
  const at = args.findIndex(arg => arg === '--directory' || arg === '-d')
  const root = at < 0 ? cwd : resolvePath(cwd, args[at + 1] ?? '')
  const port = Number(args.find((arg, i) => /^\d+$/.test(arg) && !(at >= 0 && i === at + 1)) ?? 8000)
  const bound = args.findIndex(arg => /^(-b|--bind)$/.test(arg))
  const bind = bound < 0 ? '0.0.0.0' : (args[bound + 1] ?? '')
  const serve: HttpHandler = function* ({ method, path, from }) {
    const name = decodeURIComponent(path.split('?')[0]!)
    const full = resolvePath(root, `.${name}`)
    let [status, body, type] = [200, '', 'text/html; charset=utf-8']
    try {
      const isDirectory = files.stat(full).type === 'directory'
      const index = resolvePath(full, 'index.html')
      if (isDirectory && !files.exists(index)) {
        const items = files.list(full).map(each => `<li><a href="${each}">${each}</a></li>\n`)
        body = `<!DOCTYPE HTML>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Directory listing for ${name}</title>\n</head>\n<body>\n<h1>Directory listing for ${name}</h1>\n<hr>\n<ul>\n${items.join('')}</ul>\n<hr>\n</body>\n</html>\n`
      } else {
        body = files.read(isDirectory ? index : full)
        if (!isDirectory && !/\.html?$/.test(full)) type = 'application/octet-stream'
      }
    } catch (error) {
      if (!(error instanceof FileError)) throw error
      status = 404
      body =
        '<!DOCTYPE HTML>\n<html lang="en">\n    <head>\n        <title>Error response</title>\n    </head>\n    <body>\n        <h1>Error response</h1>\n        <p>Error code: 404</p>\n        <p>Message: File not found.</p>\n    </body>\n</html>\n'
    }
    const when = logDate(engine.now).replace(/^(\d+)\/(\w+)\/(\d+):(.*) \+0000$/, '$1/$2/$3 $4')
    if (status === 404) stderr.write(`${from.address} - - [${when}] code 404, message File not found\n`)
    stderr.write(`${from.address} - - [${when}] "${method} ${path} HTTP/1.1" ${status} -\n`)
    return answer(status, method === 'HEAD' ? '' : body, {
      server: 'SimpleHTTP/0.6 Python/3.13.1',
      date: httpDate(engine.now),
      'content-type': type,
    })
  }
  yield* startUp(process, 'python')
  const listener = network.listen(port, serve, undefined, bind)
  if (!listener) {
    stderr.write('OSError: [Errno 98] Address already in use\n')
    return 1
  }
  stdout.write(`Serving HTTP on ${bind} port ${port} (http://${bind}:${port}/) ...\n`)
  return yield* untilSignal(143, [listener])
}

export const python = (version: string): Program =>
  function* (process) {
    const { files, cwd, stderr, stdout, stdin, terminal } = process
    const args = process.argv.slice(1)
    while (/^-[uBEsSOIq]+$/.test(args[0] ?? '')) args.shift()
    const [first, second = '', ...rest] = args
    if (first === '--version' || first === '-V') {
      stdout.write(`Python ${version}\n`)
      return 0
    }
    if (first === '-m' && second === 'http.server') return yield* httpServer(process, rest)
    let [script, argv] = ['', ['']]
    if (first === '-c') [script, argv] = [second, ['-c', ...rest]]
    else if (first === '-m') {
      stderr.write(`/usr/local/bin/python3: No module named ${second}\n`)
      return 1
    } else if (first && first !== '-') {
      try {
        script = files.read(resolvePath(cwd, first))
      } catch (error) {
        if (!(error instanceof FileError)) throw error
        stderr.write(
          `python3: can't open file '${resolvePath(cwd, first)}': [Errno 2] No such file or directory\n`,
        )
        return 2
      }
      argv = [first, second, ...rest].filter(Boolean)
    } else {
      if (terminal)
        stdout.write(
          `Python ${version} (main, Jan  1 2026, 00:00:00) [GCC 12.2.0] on linux\nType a script and end it with Ctrl-D.\n`,
        )
      script = yield* readAll(stdin)
    }
    try {
      yield* new Python(process, argv).run(linesOf(script))
      return 0
    } catch (error) {
      if (error instanceof Exit) return error.status
      if (!(error instanceof ScriptError) && !(error instanceof TypeError) && !(error instanceof SyntaxError))
        throw error
      stderr.write(
        `Traceback (most recent call last):\n  File "${first === '-c' ? '<string>' : (first ?? '<stdin>')}", line 1, in <module>\n${error.message}\n`,
      )
      return 1
    }
  }
