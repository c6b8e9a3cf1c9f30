// Command-line flags as github.com/spf13/pflag parses them: `--name=value`, `--name value`, `-n value`, `-nvalue`,
// `-Aw`, `--`, and its errors. A flag table is one string, so that ninety commands stay small:
//
//   'output,o:s dry-run:s=none?unchanged watch,w replicas:i=0'
//
// name[,shorthand][:type][=default][?value when given without one]; no type is a bool. Types: s string, i int, l list
// (commas split), a list (commas kept), d duration.

import { specTables } from '../engine/spec-table.ts'
import { parseGoDuration } from '../kinds/machinery/duration.ts'
import { CommandError } from './errors.ts'

export interface FlagSpec {
  readonly name: string
  readonly short: string
  readonly type: 'b' | 's' | 'i' | 'n' | 'l' | 'a' | 'd'
  readonly fallback: string
  /** Value of the flag when it stands alone; undefined where a value is needed. */
  readonly alone: string | undefined
}

function parseSpec(text: string): FlagSpec {
  const m = /^([\w-]+)(?:,(\w))?(?::(\w))?(?:=([^?]*))?(?:\?(.*))?$/.exec(text)!
  const type = (m[3] ?? 'b') as FlagSpec['type']
  const fallback =
    m[4] ?? (type === 'b' ? 'false' : type === 'i' || type === 'n' ? '0' : type === 'd' ? '0s' : '')
  return {
    name: m[1]!,
    short: m[2] ?? '',
    type,
    fallback,
    alone: m[5] ?? (type === 'b' ? 'true' : undefined),
  }
}

export const flagTable = specTables(parseSpec)

/** A flag that pflag refuses; printed with a pointer to the command's help. */
export class FlagError extends CommandError {}

export class Flags {
  readonly args: string[] = []
  /** Index in `args` of the first one after `--`; -1 without one. */
  dashAt = -1
  help = false
  readonly #specs = new Map<string, FlagSpec>()
  readonly #shorts = new Map<string, FlagSpec>()
  readonly #values = new Map<string, string[]>()

  readonly #shared: readonly FlagSpec[]

  /** `specs`: the command's own; `shared`: those that all commands take, where they have no flag of that name themselves. */
  constructor(specs: readonly FlagSpec[], shared: readonly FlagSpec[] = []) {
    this.#shared = shared
    for (const spec of [...specs, ...shared]) {
      if (this.#specs.has(spec.name)) continue
      this.#specs.set(spec.name, spec)
      if (spec.short && !this.#shorts.has(spec.short)) this.#shorts.set(spec.short, spec)
    }
  }

  has(name: string): boolean {
    return this.#specs.has(name)
  }

  changed(name: string): boolean {
    return this.#values.has(name)
  }

  string(name: string): string {
    const values = this.#values.get(name)
    return values ? values[values.length - 1]! : (this.#specs.get(name)?.fallback ?? '')
  }

  /** The value of a flag that all commands take; '' where this command means something else by that name. */
  global(name: string): string {
    const spec = this.#specs.get(name)
    return spec && this.#shared.includes(spec) ? this.string(name) : ''
  }

  bool(name: string): boolean {
    return parseGoBool(this.string(name)) ?? false
  }

  int(name: string): number {
    return Number(this.string(name))
  }

  /** In ms. */
  duration(name: string): number {
    const ms = parseGoDuration(this.string(name))
    return typeof ms === 'number' ? ms : 0
  }

  list(name: string): string[] {
    const values = this.#values.get(name)
    if (!values) {
      const fallback = this.#specs.get(name)?.fallback
      return fallback ? fallback.split(',') : []
    }
    return this.#specs.get(name)!.type === 'l' ? values.flatMap(splitCsv) : values
  }

  /** The flags that were given, sorted by name, with their values as pflag prints them. */
  shown(): { name: string; value: string }[] {
    return [...this.#values.keys()].sort().map(name => {
      const { type } = this.#specs.get(name)!
      const value =
        type === 'l'
          ? this.list(name).join(',')
          : type === 'a'
            ? `[${this.list(name).join(',')}]`
            : this.string(name)
      return { name, value }
    })
  }

  set(name: string, value: string): void {
    this.#values.set(name, [value])
  }

  /** `interspersed: false` stops at the first argument, as `kubectl exec` after `--` … does not: nobody needs it yet. */
  parse(argv: readonly string[]): void {
    for (let i = 0; i < argv.length; i++) {
      const arg = argv[i]!
      if (arg === '--') {
        this.dashAt = this.args.length
        this.args.push(...argv.slice(i + 1))
        return
      }
      if (arg.length < 2 || arg[0] !== '-') this.args.push(arg)
      else if (arg.startsWith('--')) i = this.#long(argv, i)
      else i = this.#short(argv, i)
      if (this.help) return
    }
  }

  #long(argv: readonly string[], i: number): number {
    const text = argv[i]!.slice(2)
    if (!text || text[0] === '-' || text[0] === '=') throw new FlagError(`bad flag syntax: ${argv[i]}`)
    const equals = text.indexOf('=')
    // WordSepNormalizeFunc: `--all_namespaces` is `--all-namespaces`.
    const name = (equals < 0 ? text : text.slice(0, equals)).replaceAll('_', '-')
    const spec = this.#specs.get(name)
    if (!spec) {
      if (name === 'help') {
        this.help = true
        return i
      }
      throw new FlagError(`unknown flag: --${equals < 0 ? text : text.slice(0, equals)}`)
    }
    if (equals >= 0) this.#set(spec, text.slice(equals + 1))
    else if (spec.alone !== undefined) this.#set(spec, spec.alone)
    else if (i + 1 < argv.length) this.#set(spec, argv[++i]!)
    else throw new FlagError(`flag needs an argument: --${name}`)
    return i
  }

  #short(argv: readonly string[], i: number): number {
    const letters = argv[i]!.slice(1)
    for (let at = 0; at < letters.length; at++) {
      const letter = letters[at]!
      const spec = this.#shorts.get(letter)
      if (!spec) {
        if (letter === 'h') {
          this.help = true
          return i
        }
        throw new FlagError(`unknown shorthand flag: '${letter}' in -${letters.slice(at)}`)
      }
      if (letters.length > at + 2 && letters[at + 1] === '=') {
        this.#set(spec, letters.slice(at + 2))
        return i
      }
      if (spec.alone !== undefined) {
        this.#set(spec, spec.alone)
        continue
      }
      if (letters.length > at + 1) this.#set(spec, letters.slice(at + 1))
      else if (i + 1 < argv.length) this.#set(spec, argv[++i]!)
      else throw new FlagError(`flag needs an argument: '${letter}' in -${letters.slice(at)}`)
      return i
    }
    return i
  }

  #set(spec: FlagSpec, value: string): void {
    const problem = checks[spec.type]?.(value)
    if (problem) {
      const shown = spec.short ? `-${spec.short}, --${spec.name}` : `--${spec.name}`
      throw new FlagError(`invalid argument ${JSON.stringify(value)} for "${shown}" flag: ${problem}`)
    }
    const values = this.#values.get(spec.name)
    if (values && (spec.type === 'l' || spec.type === 'a')) values.push(value)
    else this.#values.set(spec.name, [value])
  }
}

const checks: Partial<Record<FlagSpec['type'], (value: string) => string | undefined>> = {
  b: value =>
    parseGoBool(value) === undefined
      ? `strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`
      : undefined,
  i: value => integerProblem(value, 63),
  n: value => integerProblem(value, 31),
  d: value => {
    const ms = parseGoDuration(value)
    return typeof ms === 'number' ? undefined : ms
  },
}

/** strconv.ParseInt, of a number of so many bits and a sign; undefined where all is well. */
function integerProblem(value: string, bits: number): string | undefined {
  const problem = !/^[+-]?(\d+|0x[\da-fA-F]+)$/.test(value)
    ? 'invalid syntax'
    : Number(value) >= 2 ** bits || Number(value) < -(2 ** bits)
      ? 'value out of range'
      : undefined
  return problem && `strconv.ParseInt: parsing ${JSON.stringify(value)}: ${problem}`
}

/** strconv.ParseBool; undefined for what is none. */
export function parseGoBool(text: string): boolean | undefined {
  if (['1', 't', 'T', 'true', 'TRUE', 'True'].includes(text)) return true
  if (['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(text)) return false
  return undefined
}

/** `--request-timeout` in ms, of whole seconds where it has no unit; undefined where it is no time. */
export function requestTimeout(flags: Flags): number | undefined {
  const text = flags.string('request-timeout')
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : parseGoDuration(text)
  return typeof ms === 'number' && ms >= 0 ? ms : undefined
}

function splitCsv(text: string): string[] {
  if (text === '') return []
  const parts: string[] = []
  let part = ''
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!
    if (c === '"') {
      if (quoted && text[i + 1] === '"') part += text[++i]
      else quoted = !quoted
    } else if (c === ',' && !quoted) {
      parts.push(part)
      part = ''
    } else part += c
  }
  parts.push(part)
  return parts
}
