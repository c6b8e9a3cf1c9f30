// The instructions of a Dockerfile as what they mean (frontend/dockerfile/instructions/parse.go), and the stages that they
// make up; with the words for those that are wrong.
import { dictionary } from '../../engine/dictionary.ts'
import {
  DockerfileError,
  type Heredoc,
  instructionWords,
  type ParsedDockerfile,
  type RawInstruction,
} from './dockerfile.ts'
import { suggestion, withSuggestion } from './suggest.ts'
import { splitWords } from './words.ts'

export type Pair = readonly [key: string, value: string]

/** A command in its two forms: words of a JSON list, or a line for a shell. */
export interface CommandLine {
  readonly words: readonly string[]
  readonly isShell: boolean
}

interface Base {
  readonly lines: readonly [first: number, last: number]
  /** All of it on one line, as steps are called. */
  readonly original: string
  readonly heredocs: readonly Heredoc[]
}

export interface CommandStep extends Base {
  readonly type: 'RUN' | 'CMD' | 'ENTRYPOINT'
  readonly command: CommandLine
  readonly flags: Flag
}
export interface CopyStep extends Base {
  readonly type: 'COPY' | 'ADD'
  readonly sources: readonly string[]
  readonly target: string
  readonly flags: Flag
}
export interface PairsStep extends Base {
  readonly type: 'ENV' | 'LABEL'
  readonly pairs: readonly Pair[]
  readonly legacy: boolean
}
export interface ArgStep extends Base {
  readonly type: 'ARG'
  readonly args: readonly (readonly [name: string, value: string | undefined])[]
}
export interface TextStep extends Base {
  readonly type: 'WORKDIR' | 'USER' | 'STOPSIGNAL' | 'MAINTAINER'
  readonly text: string
}
export interface ItemsStep extends Base {
  readonly type: 'EXPOSE' | 'VOLUME'
  readonly items: readonly string[]
}
export interface ShellStep extends Base {
  readonly type: 'SHELL'
  readonly shell: readonly string[]
}
export interface HealthcheckStep extends Base {
  readonly type: 'HEALTHCHECK'
  readonly test: readonly string[]
  readonly flags: Flag
}
export interface TriggerStep extends Base {
  readonly type: 'ONBUILD'
  readonly trigger: string
}

export type Instruction =
  | CommandStep
  | CopyStep
  | PairsStep
  | ArgStep
  | TextStep
  | ItemsStep
  | ShellStep
  | HealthcheckStep
  | TriggerStep

/** Values of an instruction's flags by name; a flag may stand several times. */
export type Flag = ReadonlyMap<string, readonly string[]>

export interface Stage {
  /** In lower case; empty where it has none. */
  readonly name: string
  readonly typedName: string
  readonly base: string
  readonly platform: string | undefined
  readonly lines: readonly [first: number, last: number]
  readonly original: string
  /** `as` as it was typed; empty where the stage has no name. */
  readonly asWord: string
  readonly fromWord: string
  readonly instructions: readonly Instruction[]
}

export interface Program {
  readonly stages: readonly Stage[]
  /** ARGs before the first FROM. */
  readonly metaArgs: readonly ArgStep[]
}

const knownFlags: Readonly<Record<string, readonly string[]>> = dictionary({
  FROM: ['platform'],
  RUN: ['mount', 'network', 'security', 'device'],
  COPY: ['from', 'chown', 'chmod', 'link', 'exclude', 'parents'],
  ADD: ['chown', 'chmod', 'link', 'keep-git-dir', 'checksum', 'exclude', 'unpack'],
  HEALTHCHECK: ['interval', 'timeout', 'start-period', 'start-interval', 'retries'],
})
const booleans = new Set(['link', 'keep-git-dir', 'parents', 'unpack'])

const least = (word: string, count: 'one' | 'exactly one') =>
  new Error(
    count === 'one' ? `${word} requires at least one argument` : `${word} requires exactly one argument`,
  )

/** Takes the flags from the front of what follows an instruction's word. */
function takeFlags(word: string, rest: string): { flags: Flag; rest: string } {
  const known = knownFlags[word] ?? []
  const flags = new Map<string, string[]>()
  let left = rest
  for (;;) {
    const [whole = '', text = ''] = /^--(\S*)\s*/.exec(left) ?? []
    if (!whole || !text) return { flags, rest: left }
    const [name = '', value] = text.split(/=([\s\S]*)/)
    if (!known.includes(name)) throw new Error(withSuggestion(`unknown flag: --${name}`, name, known))
    if (value === undefined && !booleans.has(name)) throw new Error(`missing a value on flag: ${name}`)
    if (booleans.has(name) && value !== undefined && !/^(true|false)$/i.test(value))
      throw new Error(`expecting boolean value for flag ${name}, not: ${value}`)
    flags.set(name, [...(flags.get(name) ?? []), value ?? 'true'])
    left = left.slice(whole.length)
  }
}

/** A list in JSON of strings alone; undefined where it is none. */
function jsonWords(text: string): string[] | undefined {
  if (!text.trimStart().startsWith('[')) return undefined
  try {
    const value = JSON.parse(text)
    return Array.isArray(value) && value.every(each => typeof each === 'string') ? value : undefined
  } catch {
    return undefined
  }
}

function commandLine(rest: string): CommandLine {
  const words = jsonWords(rest)
  if (words) return { words, isShell: false }
  return { words: rest === '' ? [] : [rest], isShell: true }
}

function pairs(word: string, rest: string, escapeMark: string): { pairs: Pair[]; legacy: boolean } {
  const words = splitWords(rest, escapeMark)
  if (words.length === 0) throw least(word, 'one')
  if (!words[0]!.includes('=')) {
    const [, key = '', value] = /^(\S+)\s+([\s\S]+)$/.exec(rest) ?? []
    if (value === undefined) throw new Error(`${word} must have two arguments`)
    return { pairs: [[key, value]], legacy: true }
  }
  return {
    pairs: words.map((each): Pair => {
      const equals = each.indexOf('=')
      if (equals < 0)
        throw new Error(
          `Syntax error - can't find = in ${JSON.stringify(each)}. Must be of the form: name=value`,
        )
      if (equals === 0) throw new Error(`${word} names can not be blank`)
      return [each.slice(0, equals), each.slice(equals + 1)]
    }),
    legacy: false,
  }
}

const words = (rest: string): string[] => rest.split(/\s+/).filter(Boolean)
const listOf = (rest: string): string[] => jsonWords(rest) ?? words(rest)

function healthcheck(rest: string): readonly string[] {
  const [, type = '', more = ''] = /^(\S*)\s*([\s\S]*)$/.exec(rest)!
  if (!type) throw least('HEALTHCHECK', 'one')
  if (type.toUpperCase() === 'NONE') {
    if (more) throw new Error('HEALTHCHECK NONE takes no arguments')
    return ['NONE']
  }
  if (type.toUpperCase() !== 'CMD')
    throw new Error(`unknown type "${type.toUpperCase()}" in HEALTHCHECK (try CMD)`)
  if (!more) throw new Error('missing command after HEALTHCHECK CMD')
  const json = jsonWords(more)
  return json ? ['CMD', ...json] : ['CMD-SHELL', more]
}

function onBuild(rest: string): string {
  const [trigger = ''] = words(rest)
  if (!trigger) throw least('ONBUILD', 'one')
  const word = trigger.toUpperCase()
  if (word === 'ONBUILD') throw new Error("Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed")
  if (word === 'MAINTAINER' || word === 'FROM') throw new Error(`${word} isn't allowed as an ONBUILD trigger`)
  return rest
}

/** One instruction that is not FROM; throws plain errors, whose place the caller knows. */
export function parseInstruction(raw: RawInstruction, escapeMark: string): Instruction {
  const { word, lines, original, heredocs } = raw
  const base = { lines, original, heredocs }
  const { flags, rest } = takeFlags(word, raw.rest)
  switch (word) {
    case 'RUN':
    case 'CMD':
    case 'ENTRYPOINT':
      return { ...base, type: word, command: commandLine(rest), flags }
    case 'COPY':
    case 'ADD': {
      const all = listOf(rest)
      if (all.length < 2)
        throw new Error(
          `${word} requires at least two arguments, but only one was provided. Destination could not be determined`,
        )
      return { ...base, type: word, sources: all.slice(0, -1), target: all.at(-1)!, flags }
    }
    case 'ENV':
    case 'LABEL':
      return { ...base, type: word, ...pairs(word, rest, escapeMark) }
    case 'ARG': {
      const args = splitWords(rest, escapeMark).map((each): readonly [string, string | undefined] => {
        const equals = each.indexOf('=')
        if (equals === 0) throw new Error('ARG names can not be blank')
        return equals < 0 ? [each, undefined] : [each.slice(0, equals), each.slice(equals + 1)]
      })
      if (args.length === 0) throw least('ARG', 'one')
      return { ...base, type: 'ARG', args }
    }
    case 'WORKDIR':
    case 'USER':
    case 'STOPSIGNAL':
    case 'MAINTAINER':
      if (!rest) throw least(word, 'exactly one')
      return { ...base, type: word, text: rest }
    case 'EXPOSE':
    case 'VOLUME': {
      const items = word === 'EXPOSE' ? words(rest) : listOf(rest)
      if (items.length === 0) throw least(word, 'one')
      if (items.some(each => !each.trim())) throw new Error('VOLUME specified can not be an empty string')
      return { ...base, type: word, items }
    }
    case 'SHELL': {
      if (!rest) throw least('SHELL', 'one')
      const shell = jsonWords(rest)
      if (!shell) throw new Error('SHELL requires the arguments to be in JSON form')
      if (shell.length === 0) throw least('SHELL', 'one')
      return { ...base, type: 'SHELL', shell }
    }
    case 'HEALTHCHECK':
      return { ...base, type: 'HEALTHCHECK', test: healthcheck(rest), flags }
    case 'ONBUILD':
      return { ...base, type: 'ONBUILD', trigger: onBuild(rest) }
    default:
      throw new Error(`unknown instruction: ${raw.typed}${near(raw.typed)}`)
  }
}

const near = (typed: string): string => {
  const found = suggestion(typed, instructionWords)
  return found === undefined ? '' : ` (did you mean ${found}?)`
}

function parseFrom(raw: RawInstruction): Stage {
  const { flags, rest } = takeFlags('FROM', raw.rest)
  const args = words(rest)
  const isNamed = args.length === 3 && /^as$/i.test(args[1]!)
  if (!isNamed && args.length !== 1) throw new Error('FROM requires either one or three arguments')
  const typedName = isNamed ? args[2]! : ''
  if (isNamed && !/^[a-z][a-z0-9-_.]*$/.test(typedName.toLowerCase()))
    throw new Error(
      `invalid name for build stage: ${JSON.stringify(typedName)}, name can't start with a number or contain symbols`,
    )
  return {
    name: typedName.toLowerCase(),
    typedName,
    base: args[0]!,
    platform: flags.get('platform')?.at(-1),
    lines: raw.lines,
    original: raw.original,
    asWord: isNamed ? args[1]! : '',
    fromWord: raw.typed,
    instructions: [],
  }
}

export function parseStages({ instructions, escapeMark }: ParsedDockerfile): Program {
  const stages: (Stage & { instructions: Instruction[] })[] = []
  const metaArgs: ArgStep[] = []
  for (const raw of instructions) {
    try {
      if (raw.word === 'FROM') {
        stages.push({ ...parseFrom(raw), instructions: [] })
        continue
      }
      const parsed = parseInstruction(raw, escapeMark)
      const stage = stages.at(-1)
      if (stage) stage.instructions.push(parsed)
      else if (parsed.type === 'ARG') metaArgs.push(parsed)
      else throw new DockerfileError('no build stage in current context', raw.lines)
    } catch (error) {
      if (error instanceof DockerfileError) throw error
      throw new DockerfileError(
        `dockerfile parse error on line ${raw.lines[0]}: ${(error as Error).message}`,
        raw.lines,
      )
    }
  }
  if (stages.length === 0) throw new DockerfileError('dockerfile contains no stages to build')
  return { stages, metaArgs }
}

/** A step as progress names it: its words on one line, its instruction in capitals. */
export const nameOf = ({ type, original }: CommandStep | CopyStep): string =>
  `${type} ${original.replace(/^\S+\s*/, '').replace(/\s+/g, ' ')}`
