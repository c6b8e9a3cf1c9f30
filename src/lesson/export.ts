// What was done in a world as a script for a cluster of one's own: the commands in their order, each file as it was when
// a command first named it, and as a remark what only a simulator can do.
import { fill } from '../i18n/fill.ts'
import type { Deed } from './history.ts'
import type { Input } from './input.ts'
import type { Script } from './script.ts'
import type { Directive, TranscriptCommand } from './transcript.ts'
import { aliases, workDirectory } from './workstation.ts'

/** Remarks of the script, in the reader's language; `{…}` is filled in. */
export interface ExportWords {
  readonly head: string
  readonly terminal: string
  readonly passed: string
  readonly onlyHere: string
  readonly edited: string
  readonly interrupted: string
}

/** A pause that is worth a remark, ms. */
const longPause = 10_000

/** `path`: the branch, from its start. The text of a bash script. */
export function exportScript(path: readonly Deed[], script: Script, words: ExportWords): string {
  return new Exporter(script, words).write(path.map(each => each.input))
}

class Exporter {
  readonly #script: Script
  readonly #words: ExportWords
  readonly #lines: string[] = []
  /** Files that have not been written yet. */
  readonly #waiting: Map<string, string>
  #terminal = 1
  #time = 0
  #position = 0

  constructor(script: Script, words: ExportWords) {
    this.#script = script
    this.#words = words
    this.#waiting = new Map(Object.entries(script.files))
  }

  write(inputs: readonly Input[]): string {
    const { header } = this.#script
    this.#lines.push('#!/usr/bin/env bash')
    this.#remark(fill(this.#words.head, { place: header.lesson, version: header.version }))
    for (const [name, command] of Object.entries(aliases))
      this.#lines.push(`${name}() { ${command} "$@"; }; export -f ${name}`)
    for (let i = 0; i < inputs.length; i++) i += this.#input(inputs[i]!, inputs.slice(i + 1))
    return `${this.#lines.join('\n')}\n`
  }

  /** How many of the inputs behind it went into it. */
  #input(input: Input, rest: readonly Input[]): number {
    if (input.at - this.#time >= longPause)
      this.#remark(fill(this.#words.passed, { time: `${Math.round((input.at - this.#time) / 1000)} s` }))
    this.#time = Math.max(this.#time, input.at)
    switch (input.type) {
      case 'next': {
        const command = this.#script.commands[this.#position++]
        if (command) this.#next(command)
        return 0
      }
      case 'input':
        return this.#typed(input, rest)
      case 'interrupt':
      case 'end-of-input':
        return 0 // what it ended stands above
      case 'write':
        this.#waiting.delete(input.file)
        this.#file(input.file, input.text)
        return 0
      case 'edited':
        if (input.text === undefined) return 0
        if (input.file.startsWith(`${workDirectory}/`))
          this.#file(input.file.slice(workDirectory.length + 1), input.text)
        else {
          this.#remark(fill(this.#words.edited, { file: input.file }))
          for (const line of input.text.trimEnd().split('\n')) this.#remark(`  ${line}`)
        }
        return 0
      default:
        this.#remark(fill(this.#words.onlyHere, { what: told(input) }))
        return 0
    }
  }

  #typed(input: Extract<Input, { type: 'input' }>, rest: readonly Input[]): number {
    const { terminal, text } = input
    const same = (each: Input) => 'terminal' in each && each.terminal === terminal
    const next = rest.find(same)
    this.#at(terminal)
    if (isEditor(text)) {
      this.#remark(text)
      return 0
    }
    this.#files(text)
    if (next?.type === 'interrupt') {
      const seconds = Math.max(1, Math.round((next.at - input.at) / 1000))
      this.#remark(fill(this.#words.interrupted, { time: `${seconds} s` }))
      this.#lines.push(`timeout -s INT ${seconds} bash -c ${quoted(text)} || true`)
      return 0
    }
    if (isInteractive(text)) {
      // Lines for the program, up to its end, where nothing else was done meanwhile.
      const lines: string[] = []
      let used = 0
      for (const each of rest) {
        if (!same(each) || each.type === 'interrupt') break
        used++
        if (each.type !== 'input') break
        lines.push(each.text)
        if (/^\s*exit\b/.test(each.text)) break
      }
      this.#lines.push(...withInput(text.replace(/\s-(?:it|ti)\b/, ' -i'), `${lines.join('\n')}\n`))
      return used
    }
    this.#lines.push(terminal > 1 && goesOn(text) ? `${text} &` : text)
    return 0
  }

  /** A command of the lesson, with what happens around it. */
  #next({ before, terminal, text, typed, forMs, background }: TranscriptCommand): void {
    for (const each of before) this.#directive(each)
    this.#at(terminal)
    this.#files(text)
    const lines = typed.flatMap(each => (each.type === 'type' ? [each.text] : []))
    if (forMs !== undefined && !lines.length)
      this.#lines.push(
        `timeout -s INT ${Math.ceil(forMs / 1000)} bash -c ${quoted(text)} ${background ? '&' : '|| true'}`,
      )
    else if (lines.length || typed.length)
      this.#lines.push(...withInput(text.replace(/\s-(?:it|ti)\b/, ' -i'), `${lines.join('\n')}\n`))
    else this.#lines.push(background ? `${text} &` : text)
  }

  #directive(each: Directive): void {
    if (each.type === 'wait') this.#lines.push(`sleep ${Math.ceil(each.ms / 1000)}`)
    else if (each.type === 'until')
      this.#lines.push(`until ${each.command} > /dev/null 2>&1; do sleep 1; done`)
    else if (each.type === 'write') {
      this.#waiting.delete(each.file)
      this.#file(each.file, each.text)
    } else this.#remark(fill(this.#words.onlyHere, { what: told({ ...each.act, at: 0 } as Input) }))
  }

  #at(terminal: number): void {
    if (terminal !== this.#terminal) this.#remark(fill(this.#words.terminal, { n: `${terminal}` }))
    this.#terminal = terminal
  }

  /** Files that a line names, by themselves, by a directory above them or by a pattern. */
  #files(line: string): void {
    const words = line.split(/[\s=,'"<>|;&()]+/).map(each => each.replace(/^\.\//, '').replace(/\/$/, ''))
    for (const [name, text] of this.#waiting) {
      const named = words.some(
        word => word === name || word === '.' || name.startsWith(`${word}/`) || matches(word, name),
      )
      if (!named) continue
      this.#waiting.delete(name)
      this.#file(name, text)
    }
  }

  #file(name: string, text: string): void {
    const directory = name.includes('/') ? name.slice(0, name.lastIndexOf('/')) : ''
    if (directory) this.#lines.push(`mkdir -p ${quoted(directory)}`)
    if (text.endsWith('\n')) this.#lines.push(...withInput(`cat > ${quoted(name)}`, text))
    else {
      const end = endOf(text)
      this.#lines.push(`printf %s "$(cat <<'${end}'`, text, end, `)" > ${quoted(name)}`)
    }
  }

  #remark(text: string): void {
    for (const line of text.split('\n')) this.#lines.push(`# ${line}`)
  }
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** A word that no line of a text is. */
function endOf(text: string): string {
  const lines = new Set(text.split('\n'))
  let end = 'END'
  for (let n = 1; lines.has(end); n++) end = `END_${n}`
  return end
}

function withInput(command: string, text: string): string[] {
  const end = endOf(text)
  return [`${command} <<'${end}'`, ...text.replace(/\n$/, '').split('\n'), end]
}

/** `*.yaml`, in one directory. */
function matches(pattern: string, name: string): boolean {
  if (!pattern.includes('*') || pattern.length > 200) return false
  const parts = pattern.split('*')
  const [first = '', last = ''] = [parts[0], parts.at(-1)]
  return name.startsWith(first) && name.endsWith(last) && !name.slice(first.length).includes('/')
}

const isEditor = (line: string): boolean =>
  /^\s*(?:vi|vim|nano|code)\s|^\s*(?:kubectl|kk|k)\s(?:.*\s)?edit\s/.test(line)
/** The name of a shell, alone: with words behind it, it ends by itself. */
const shell = /^\s*(?:\/\S*\/)?(?:ba|a|da|z)?sh\s*$/

/** Whether what is typed next is read by this line's program: a shell in a pod or on a node, not `sed -i` or `grep -i`. */
function isInteractive(line: string): boolean {
  const [own = '', program] = line.split(/\s--\s/, 2)
  const asks =
    /^\s*(?:kubectl|kk|k|docker)\s/.test(own) &&
    /\s(?:-it?|-ti|--stdin|--interactive)(?=\s|$)/.test(own) &&
    !/[|;&]/.test(own)
  if (asks && program === undefined)
    return !/^\s*docker\s+exec\s/.test(own) || /\ssh\s*$|\sbash\s*$/.test(own)
  if (asks) return shell.test(program ?? '')
  return shell.test(line) || /^\s*cat\s*$/.test(line) || /^\s*ssh\s+(?:-\S+\s+)*\S+\s*$/.test(line)
}
const goesOn = (line: string): boolean =>
  (/\bport-forward\b|\bproxy\b|\s(?:-w|--watch)\b|^\s*watch\s/.test(line) ||
    (/\blogs\b/.test(line) && /\s(?:-f|--follow)\b/.test(line))) &&
  !/&\s*$/.test(line)

/** As a transcript would say it: `fault registry-down host=docker.io`. */
function told(input: Input): string {
  const pairs = (values: object) => Object.entries(values).map(([name, value]) => `${name}=${value}`)
  switch (input.type) {
    case 'fault':
    case 'repair': {
      const { type, ...values } = input.fault
      return [input.type, type, ...pairs(values)].join(' ')
    }
    case 'load':
      return ['load', ...pairs(input.load)].join(' ')
    case 'metrics':
    case 'load-balancer':
    case 'any-image':
      return `${input.type} ${input.on ? 'on' : 'off'}`
    default:
      return input.type
  }
}
