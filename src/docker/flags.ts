// The flags of docker's commands as github.com/spf13/pflag parses them, with its errors. The flags of a command are one
// string, so that sixty commands stay small; `docker COMMAND --help` is made from the same string:
//
//   'all,a filter,f:filter format:string last,n:int=-1'
//
// name[,shorthand][:type][=default]; no type is a bool. The type is the word that help shows; those of `lists` may be
// given several times, those of `numbers` are checked.
import { specTables } from '../engine/spec-table.ts'
import { FlagError } from './errors.ts'
import { parseSize } from './units.ts'

export interface FlagSpec {
  readonly name: string
  readonly short: string
  /** `bool`, or the word that help shows for the value. */
  readonly type: string
  readonly fallback: string
}

const lists = new Set(
  'list filter stringArray strings map mount network ulimit gpu-request bytesList'.split(' '),
)
const numbers: Readonly<Record<string, string>> = {
  int: 'ParseInt',
  int64: 'ParseInt',
  uint16: 'ParseUint',
}

function parseSpec(text: string): FlagSpec {
  const [, name = '', short = '', type = 'bool', fallback] =
    /^([\w-]+)(?:,(\w))?(?::([\w-]+))?(?:=(.*))?$/.exec(text)!
  return { name, short, type, fallback: fallback ?? (type === 'bool' ? 'false' : '') }
}

export const flagSpecs = specTables(parseSpec)

export class Flags {
  readonly args: string[] = []
  help = false
  readonly #specs: readonly FlagSpec[]
  readonly #values = new Map<string, string[]>()
  readonly #interspersed: boolean

  /** `interspersed`: flags may stand behind the first argument too; where not, all that follows it is arguments. */
  constructor(specs: string, interspersed = true) {
    this.#specs = flagSpecs(specs)
    this.#interspersed = interspersed
  }

  parse(words: readonly string[]): this {
    const rest = [...words]
    while (rest.length) {
      const word = rest.shift()!
      if (word === '--') {
        this.args.push(...rest)
        break
      }
      if (word.startsWith('--')) this.#long(word.slice(2), rest)
      else if (word.length > 1 && word.startsWith('-')) this.#shorts(word.slice(1), rest)
      else {
        this.args.push(word)
        if (this.#interspersed) continue
        this.args.push(...rest)
        break
      }
      if (this.help) break
    }
    return this
  }

  given(name: string): boolean {
    return this.#values.has(name)
  }

  is(name: string): boolean {
    return this.text(name) === 'true'
  }

  text(name: string): string {
    return this.#values.get(name)?.at(-1) ?? this.#spec(name).fallback
  }

  int(name: string): number {
    return Number(this.text(name))
  }

  /** Every value that was given, in order. */
  list(name: string): readonly string[] {
    return this.#values.get(name) ?? []
  }

  #spec(name: string): FlagSpec {
    return this.#specs.find(spec => spec.name === name)!
  }

  #long(text: string, rest: string[]): void {
    if (!text || text.startsWith('-') || text.startsWith('='))
      throw new FlagError(`bad flag syntax: --${text}`)
    const equals = text.indexOf('=')
    const name = equals < 0 ? text : text.slice(0, equals)
    if (name === 'help') {
      this.help = true
      return
    }
    const spec = this.#specs.find(each => each.name === name)
    if (!spec) throw new FlagError(`unknown flag: --${name}`)
    let value = equals < 0 ? undefined : text.slice(equals + 1)
    if (value === undefined)
      if (spec.type === 'bool') value = 'true'
      else if (rest.length) value = rest.shift()!
      else throw new FlagError(`flag needs an argument: --${name}`)
    this.#set(spec, value)
  }

  #shorts(text: string, rest: string[]): void {
    for (let i = 0; i < text.length; i++) {
      const letter = text[i]!
      const spec = this.#specs.find(each => each.short === letter)
      if (!spec) {
        if (letter === 'h') {
          this.help = true
          return
        }
        throw new FlagError(`unknown shorthand flag: '${letter}' in -${text.slice(i)}`)
      }
      const after = text.slice(i + 1)
      if (after.startsWith('=')) {
        this.#set(spec, after.slice(1))
        return
      }
      if (spec.type === 'bool') {
        this.#set(spec, 'true')
        continue
      }
      if (after) this.#set(spec, after)
      else if (rest.length) this.#set(spec, rest.shift()!)
      else throw new FlagError(`flag needs an argument: '${letter}' in -${text.slice(i)}`)
      return
    }
  }

  #set(spec: FlagSpec, value: string): void {
    const { name, short, type } = spec
    const refuse = (why: string): never => {
      const both = short ? `-${short}, --${name}` : `--${name}`
      throw new FlagError(`invalid argument "${value}" for "${both}" flag: ${why}`)
    }
    const parser = numbers[type]
    if (parser && !/^[-+]?\d+$/.test(value)) refuse(`strconv.${parser}: parsing "${value}": invalid syntax`)
    if (type === 'bool' && !/^(1|t|T|true|TRUE|True|0|f|F|false|FALSE|False)$/.test(value))
      refuse(`strconv.ParseBool: parsing "${value}": invalid syntax`)
    if (type === 'duration' && !/^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$|^0$/.test(value))
      refuse(`time: ${/^\d+$/.test(value) ? 'missing unit in' : 'invalid'} duration "${value}"`)
    if (type === 'bytes' && parseSize(value) === undefined && value !== '-1')
      refuse(`invalid size: '${value}'`)
    if (type === 'decimal' && !/^-?(\d+(\.\d*)?|\.\d+)$/.test(value))
      refuse(`failed to parse ${value} as a rational number`)
    if (name === 'env' && /^(=|$)/.test(value)) refuse(`invalid environment variable: ${value}`)
    if (name === 'add-host' && !/^[^:=]+[:=]./.test(value)) refuse(`bad format for add-host: "${value}"`)
    if (type === 'filter' && !value.includes('=')) refuse('bad format of filter (expected name=value)')
    const text = type === 'bool' ? String(/^[1tT]/.test(value)) : value
    const values = this.#values.get(name)
    if (values && lists.has(type)) values.push(text)
    else this.#values.set(name, [text])
  }
}
