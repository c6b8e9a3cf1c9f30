// vi inside of a container, line by line: its terminal has no screen to draw on, so it works like vi's own `ex` mode and
// says so. :N, :p, :s/A/B/g, :d, :a (text up to a line with a dot), :w [FILE], :q, :wq, :x.
import { ExpressionError, TooManySteps } from '../../engine/expressions/errors.ts'
import { expression } from '../../engine/expressions/expression.ts'
import { resolvePath } from '../../engine/files.ts'
import { LineReader } from '../../engine/pipe.ts'
import { ToolError, tool } from '../../shell/command.ts'

/** `:s/A/B/`: `&` and `\1` stand for what matched. */
function substitution(search: string, replacement: string, all: boolean): (line: string) => string {
  const wanted = expression(search, 'basic')
  return line => {
    let done = false
    return wanted.replace(line, ({ groups }) => {
      if (done && !all) return groups[0]!
      done = true
      return replacement.replace(/\\([\s\S])|&/g, (_, c: string | undefined) =>
        c === undefined ? groups[0]! : /\d/.test(c) ? (groups[Number(c)] ?? '') : c,
      )
    })
  }
}

export const vi = tool('vi', 'edit a file', function* (process) {
  const { argv, cwd, files, stdin, stdout } = process
  const name = argv.slice(1).find(arg => !arg.startsWith('-') && !arg.startsWith('+'))
  if (name === undefined) throw new ToolError('vi: which file?')
  const path = resolvePath(cwd, name)
  const isNew = !files.exists(path)
  const lines = isNew ? [] : files.read(path).replace(/\n$/, '').split('\n')
  stdout.write(
    `'${name}'${isNew ? ' [New file]' : ` ${lines.length}L`}: a line editor here: :p shows, :N goes to a line, :s/A/B/ changes, :a appends, :d deletes, :wq ends\n`,
  )
  const reader = new LineReader(stdin)
  let at = Math.max(1, lines.length)
  let changed = false
  const save = (target: string): void => {
    files.write(resolvePath(cwd, target), lines.length ? `${lines.join('\n')}\n` : '')
    changed = false
    stdout.write(`'${target}' ${lines.length}L written\n`)
  }
  for (let typed = yield* reader.line(); typed !== undefined; typed = yield* reader.line()) {
    // Keys typed by habit: ESC before a command.
    const command = typed
      .replace(/^\x1b+/, '')
      .replace(/^:/, '')
      .trim()
    const [, range = '', verb = '', rest = ''] =
      /^(%|\d+(?:,(?:\d+|\$))?|\$)?\s*([a-z]*!?)\s*([\s\S]*)$/.exec(command) ?? []
    const [first, last = first] = range.split(',')
    const number = (text: string | undefined) => (text === '$' ? lines.length : Number(text))
    const from = range === '%' ? 1 : range ? number(first) : at
    const to = range === '%' ? lines.length : range ? number(last) : at
    if (verb === '' && range) {
      at = Math.min(lines.length, to)
      stdout.write(`${lines[at - 1] ?? ''}\n`)
    } else if (verb === 'p' || verb === '')
      for (const [i, line] of lines.entries()) stdout.write(`${String(i + 1).padStart(4)}  ${line}\n`)
    else if (verb === 'd') {
      lines.splice(from - 1, to - from + 1)
      changed = true
    } else if (verb === 's') {
      const [, mark = '/', body = ''] = /^(\W)([\s\S]*)$/.exec(rest) ?? []
      const [search = '', replacement = '', flags = ''] = body.split(mark)
      try {
        const change = substitution(search, replacement, flags.includes('g'))
        for (let i = from - 1; i < Math.min(to, lines.length); i++) lines[i] = change(lines[i]!)
        changed = true
      } catch (error) {
        if (!(error instanceof ExpressionError) && !(error instanceof TooManySteps)) throw error
        stdout.write(`Pattern not found: ${search}\n`)
      }
    } else if (verb === 'a' || verb === 'i' || verb === 'o') {
      let place = verb === 'i' ? Math.max(0, at - 1) : Math.min(lines.length, at)
      for (
        let text = yield* reader.line();
        text !== undefined && text !== '.' && text !== '\x1b';
        text = yield* reader.line()
      )
        lines.splice(place++, 0, text)
      at = place
      changed = true
    } else if (verb === 'w') save(rest || name)
    else if (verb === 'wq' || verb === 'x') {
      save(rest || name)
      return 0
    } else if (verb === 'q' || verb === 'q!') {
      if (!changed || verb === 'q!') return 0
      stdout.write('No write since last change (:q! overrides)\n')
    } else stdout.write(`'${command}' is not implemented\n`)
  }
  return 0
})
