// sed: s y d p q a i c = n N D P G H g h x and labels, with addresses and ranges. -n -E -i -s -e -f.
// The script is read by sed-parser.ts and carried out here.
import type { Expression } from '../../engine/expressions/expression.ts'
import { FileError } from '../../engine/files.ts'
import { held as kept } from '../../engine/holding.ts'
import type { Readable } from '../../engine/pipe.ts'
import type { Process } from '../../engine/process.ts'
import type { Task } from '../../engine/task.ts'
import { statement, Turns } from '../../engine/turns.ts'
import { ToolError, tool } from '../command.ts'
import { open, pathOf } from './input.ts'
import { parseOptions } from './options.ts'
import { type Address, type Instruction, isBeforeAll, SedParser } from './sed-parser.ts'

/** A replacement with its `&`, `\1`, `\n` and case changes. */
function expand(text: string, match: readonly (string | undefined)[]): string {
  let out = ''
  let fold = ''
  let once = ''
  const add = (piece: string) => {
    let changed = fold === 'U' ? piece.toUpperCase() : fold === 'L' ? piece.toLowerCase() : piece
    if (once && changed) {
      const first = String.fromCodePoint(changed.codePointAt(0)!)
      changed = (once === 'u' ? first.toUpperCase() : first.toLowerCase()) + changed.slice(first.length)
      once = ''
    }
    out += changed
  }
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!
    if (c === '&') add(match[0]!)
    else if (c !== '\\') add(c)
    else {
      const next = text[++i] ?? ''
      if (/\d/.test(next)) add(match[Number(next)] ?? '')
      else if (next === 'U' || next === 'L' || next === 'E') fold = next
      else if (next === 'u' || next === 'l') once = next
      else add(next === 'n' ? '\n' : next === 't' ? '\t' : next)
    }
  }
  return out
}

class Machine {
  readonly #program: Instruction[]
  readonly #quiet: boolean
  hold = ''
  lineNumber = 0
  #regexp: Expression | undefined
  readonly #turns = new Turns()
  stopped = false
  code = 0

  constructor(program: Instruction[], quiet: boolean) {
    this.#program = program
    this.#quiet = quiet
    for (const each of program) each.active = each.from && isBeforeAll(each.from) ? 0 : undefined
  }

  /** Whether it asks for the next line before it is done with one. */
  get readsOn(): boolean {
    return this.#program.some(each => each.name === 'N' || each.name === 'n')
  }

  /** Edits lines, `write` gets what comes out. */
  *edit(lines: readonly string[], final: boolean, write: (text: string) => void, process: Process): Task {
    /** What `D` has left of the pattern space: it goes on with that, not with the next line. */
    let left: string | undefined
    for (let at = -1; (left !== undefined || at + 1 < lines.length) && !this.stopped; ) {
      if (left === undefined) this.lineNumber++
      let pattern = left ?? lines[++at]!
      left = undefined
      let appended = ''
      let substituted = false
      let deleted = false
      let last = final && at === lines.length - 1
      for (let pc = 0; pc < this.#program.length; ) {
        const each = this.#program[pc++]!
        this.#turns.spend(statement + pattern.length)
        if (this.#turns.over) yield* this.#turns.rest()
        if (this.#applies(each, pattern, last) === each.negated) {
          if (each.name === '{') pc = each.jump
          continue
        }
        switch (each.name) {
          case 's': {
            const next = yield* this.#substitute(each, pattern)
            if (next === undefined) break
            pattern = next
            substituted = true
            if (each.flags.print) write(`${pattern}\n`)
            break
          }
          case 'y': {
            const [from, to] = each.text.split('\0')
            pattern = [...pattern].map(c => to![from!.indexOf(c)] ?? c).join('')
            break
          }
          case 'D':
            if (pattern.includes('\n')) left = pattern.slice(pattern.indexOf('\n') + 1)
            deleted = true
            pc = this.#program.length
            break
          case 'd':
            deleted = true
            pc = this.#program.length
            break
          case 'p':
            write(`${pattern}\n`)
            break
          case 'P':
            write(`${pattern.split('\n')[0]}\n`)
            break
          case '=':
            write(`${this.lineNumber}\n`)
            break
          case 'a':
            appended += `${each.text}\n`
            break
          case 'i':
            write(`${each.text}\n`)
            break
          case 'c':
            // A range is changed as a whole, at its end.
            if (!each.to || each.active === undefined || last) write(`${each.text}\n`)
            deleted = true
            pc = this.#program.length
            break
          case 'r':
            try {
              appended += process.files.read(pathOf(process, each.text))
            } catch {}
            break
          case 'w':
            if (each.text === '/dev/stdout') write(`${pattern}\n`)
            else process.files.write(pathOf(process, each.text), `${pattern}\n`, { append: true })
            break
          case 'n':
          case 'N':
            if (at + 1 >= lines.length) {
              if (each.name === 'n') deleted = this.#quiet
              pc = this.#program.length
              this.stopped = true
              break
            }
            if (each.name === 'n' && !this.#quiet) write(`${pattern}\n`)
            pattern = each.name === 'N' ? kept(`${pattern}\n${lines[++at]}`) : lines[++at]!
            this.lineNumber++
            last = final && at === lines.length - 1
            break
          case 'g':
            pattern = this.hold
            break
          case 'G':
            pattern = kept(`${pattern}\n${this.hold}`)
            break
          case 'h':
            this.hold = pattern
            break
          case 'H':
            this.hold = kept(`${this.hold}\n${pattern}`)
            break
          case 'x':
            ;[pattern, this.hold] = [this.hold, pattern]
            break
          case 'z':
            pattern = ''
            break
          case 'l':
            write(`${JSON.stringify(pattern).slice(1, -1)}$\n`)
            break
          case 'b':
            pc = each.jump
            break
          case 't':
          case 'T':
            if (substituted === (each.name === 't')) pc = each.jump
            substituted = false
            break
          case 'q':
          case 'Q':
            this.stopped = true
            this.code = Number(each.text || 0)
            deleted = each.name === 'Q'
            pc = this.#program.length
            break
        }
      }
      if (!this.#quiet && !deleted) write(`${pattern}\n`)
      if (appended) write(appended)
    }
  }

  *#substitute({ regexp, text, flags }: Instruction, pattern: string): Task<string | undefined> {
    this.#regexp = regexp ?? this.#regexp
    const wanted = this.#regexp
    if (!wanted) throw new ToolError('sed: no previous regular expression')
    let out = ''
    let at = 0
    let count = 0
    for (const match of wanted.all(pattern)) {
      this.#turns.spend(wanted.spent)
      if (this.#turns.over) yield* this.#turns.rest()
      if (++count < flags.nth) continue
      out = kept(out + pattern.slice(at, match.index) + expand(text, match.groups))
      at = match.end
      if (!flags.global) break
    }
    this.#turns.spend(wanted.spent)
    return count < flags.nth ? undefined : kept(out + pattern.slice(at))
  }

  #hit(address: Address, pattern: string, last: boolean): boolean {
    if ('line' in address) {
      const { line, step } = address
      return step
        ? this.lineNumber >= line && (this.lineNumber - line) % step === 0
        : this.lineNumber === line
    }
    if ('last' in address) return last
    if ('plus' in address || 'multiple' in address) return false
    this.#regexp = address.regexp ?? this.#regexp
    if (!this.#regexp) return false
    const fits = this.#regexp.test(pattern)
    this.#turns.spend(this.#regexp.spent)
    return fits
  }

  #applies(each: Instruction, pattern: string, last: boolean): boolean {
    const { from, to } = each
    if (!from) return true
    if (!to) return this.#hit(from, pattern, last)
    const begins = each.active === undefined
    if (begins && !this.#hit(from, pattern, last)) return false
    each.active ??= this.lineNumber
    const end = lastLine(to, each.active)
    // A number ends a range on the line where it begins, an expression on the next one at the earliest.
    const ended = end === undefined ? !begins && this.#hit(to, pattern, last) : this.lineNumber >= end
    if (ended) each.active = undefined
    return true
  }
}

/** Where a range ends that began on a line, where that can be told by numbers. */
function lastLine(to: Address, from: number): number | undefined {
  if ('plus' in to) return from + to.plus
  if ('multiple' in to) return to.multiple ? (Math.floor(from / to.multiple) + 1) * to.multiple : from
  return 'line' in to ? to.line : undefined
}

export const sed = tool('sed', 'edit a stream', function* (process) {
  // -i takes its suffix only when attached.
  let suffix: string | undefined
  const argv = process.argv
    .filter((arg, i) => {
      const match = i > 0 ? /^(?:-i|--in-place=?)(.*)$/.exec(arg) : null
      if (match) suffix = match[1]!
      return !match
    })
    .map(arg => {
      if (!/^-[nEr]+i$/.test(arg)) return arg
      suffix = ''
      return arg.slice(0, -1)
    })
  const options = parseOptions({ ...process, argv }, 'nErse:f:zu', {
    long: { quiet: 'n', silent: 'n', 'regexp-extended': 'E', expression: 'e', file: 'f', separate: 's' },
  })
  const scripts = [...options.all('e')]
  for (const file of options.all('f')) scripts.push(process.files.read(pathOf(process, file)))
  if (scripts.length === 0) {
    const script = options.operands.shift()
    if (script === undefined)
      throw new ToolError('Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...', 1)
    scripts.push(script)
  }
  const { program } = new SedParser(scripts.join('\n'), options.has('E') || options.has('r'))
  const quiet = options.has('n')
  if (suffix !== undefined) {
    let status = 0
    for (const path of options.operands) {
      const full = pathOf(process, path)
      try {
        const text = process.files.read(full)
        const machine = new Machine(program, quiet)
        let out = ''
        yield* machine.edit(split(text), true, piece => (out = kept(out + piece)), process)
        if (!text.endsWith('\n') && text !== '') out = out.replace(/\n$/, '')
        if (suffix)
          process.files.write(
            suffix.includes('*')
              ? full.replace(/[^/]*$/, name => suffix!.replaceAll('*', name))
              : full + suffix,
            text,
          )
        process.files.write(full, out)
      } catch (error) {
        if (!(error instanceof FileError)) throw error
        process.stderr.write(
          `sed: ${error.code === 'EISDIR' ? `couldn't edit ${path}: not a regular file` : `can't read ${path}: ${error.reason}`}\n`,
        )
        status = error.code === 'EISDIR' ? 4 : 2
      }
    }
    return status
  }
  const complaints = {
    ...process,
    argv: ['sed'],
    stderr: { write: (text: string) => process.stderr.write(text.replace('sed: ', "sed: can't read ")) },
  }
  const { files, failed } = open(complaints, options.operands)
  const sources = files.map(({ source }) => source)
  let code = 0
  for (const each of options.has('s') ? sources.map(source => [source]) : [sources]) {
    const machine = new Machine(program, quiet)
    yield* stream(machine, each, process)
    code = machine.code
    if (machine.stopped) break
  }
  return code || (failed ? 2 : 0)
})

/** Edits files as one text: all whole lines but the last that was read, which may be the last one of all. */
function* stream(machine: Machine, sources: readonly Readable[], process: Process): Task {
  const write = (piece: string) => process.stdout.write(piece)
  let held = ''
  for (const source of sources) {
    for (
      let text = yield* source.read();
      text !== undefined && !machine.stopped;
      text = yield* source.read()
    ) {
      held = kept(held + text)
      if (machine.readsOn) continue
      const end = held.lastIndexOf('\n', held.length - 2)
      if (end < 0) continue
      yield* machine.edit(split(held.slice(0, end + 1)), false, write, process)
      held = held.slice(end + 1)
    }
  }
  let tail = ''
  if (!machine.stopped) yield* machine.edit(split(held), true, piece => (tail = kept(tail + piece)), process)
  write(held && !held.endsWith('\n') ? tail.replace(/\n$/, '') : tail)
}

const split = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'))
