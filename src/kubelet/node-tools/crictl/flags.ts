// Flags of crictl as urfave/cli reads them: all of them before the first argument, short ones joined; and the help that it
// makes of them. Names and texts: cri-tools 1.36, cmd/crictl.

export interface CommandSpec {
  readonly usage: string
  /** `CONTAINER-ID [CONTAINER-ID...]` */
  readonly args?: string
  /** `NAME[,SHORT]:TYPE[=DEFAULT] what it is for`, one a line. */
  readonly flags?: string
}

interface Flag {
  readonly name: string
  readonly short: string | undefined
  readonly type: 'bool' | 'string' | 'int' | 'strings'
  readonly default: string | undefined
  readonly usage: string
}

const help: Flag = { name: 'help', short: 'h', type: 'bool', default: undefined, usage: 'show help' }

function flagsOf({ flags = '' }: CommandSpec): Flag[] {
  const all = flags
    .split('\n')
    .filter(Boolean)
    .map((line): Flag => {
      const [, name = '', short, type = 'bool', fallback, usage = ''] =
        /^([\w-]+)(?:,(\w+))?(?::(\w+))?(?:=(\S*))? (.*)$/.exec(line) ?? []
      return { name, short, type: type as Flag['type'], default: fallback, usage }
    })
  return [...all.sort((a, b) => (a.name < b.name ? -1 : 1)), help]
}

/** What the command line says that flag's package refuses. */
export class WrongFlag extends Error {}

export class Options {
  readonly args: readonly string[]
  readonly #values = new Map<string, string[]>()
  readonly #given: ReadonlySet<string>

  /** Throws WrongFlag. */
  constructor(spec: CommandSpec, words: readonly string[]) {
    const flags = flagsOf(spec)
    const rest = [...words]
    while (rest[0]?.startsWith('-') && rest[0] !== '-') {
      const word = rest.shift()!
      if (word === '--') break
      const [, dashes = '', typed = '', value] = /^(--?)([^=]*)(?:=([\s\S]*))?$/.exec(word)!
      const find = (text: string) => flags.find(({ name, short }) => name === text || short === text)
      const joined = dashes === '-' && typed.length > 1 && !find(typed) ? [...typed] : [typed]
      for (const [i, each] of joined.entries()) {
        const flag = find(each)
        if (!flag) throw new WrongFlag(`flag provided but not defined: -${typed}`)
        const given = i === joined.length - 1 ? value : undefined
        if (flag.type === 'bool') this.#set(flag.name, given ?? 'true')
        else {
          const text = given ?? rest.shift()
          if (text === undefined) throw new WrongFlag(`flag needs an argument: -${typed}`)
          if (flag.type === 'int' && !/^-?\d+$/.test(text))
            throw new WrongFlag(`invalid value ${JSON.stringify(text)} for flag -${typed}: parse error`)
          this.#set(flag.name, text)
        }
      }
    }
    this.args = rest
    this.#given = new Set(this.#values.keys())
    for (const { name, default: fallback } of flags)
      if (fallback !== undefined && !this.#values.has(name)) this.#values.set(name, [fallback])
  }

  #set(name: string, value: string): void {
    this.#values.set(name, [...(this.#values.get(name) ?? []), value])
  }

  isGiven(name: string): boolean {
    return this.#given.has(name)
  }

  is(name: string): boolean {
    return this.text(name) === 'true'
  }

  /** The last one that was given; empty where none was. */
  text(name: string): string {
    return this.#values.get(name)?.at(-1) ?? ''
  }

  number(name: string): number {
    return Number(this.text(name))
  }

  list(name: string): readonly string[] {
    return this.#values.get(name) ?? []
  }
}

function flagLines(flags: readonly Flag[]): string {
  const rows = flags.map(({ name, short, type, default: fallback, usage }) => {
    const value = type === 'bool' ? '' : ' value'
    const names = [name, ...(short ? [short] : [])].map(each => (each.length > 1 ? `--${each}` : `-${each}`))
    const shown =
      type === 'string' && fallback
        ? ` (default: ${JSON.stringify(fallback)})`
        : type === 'int'
          ? ` (default: ${fallback ?? 0})`
          : type === 'bool' && name !== 'help' && name !== 'version'
            ? ' (default: false)'
            : ''
    const several = type === 'strings' ? ` [ ${names.map(each => `${each}${value}`).join(', ')} ]` : ''
    return [names.map(each => `${each}${value}`).join(', ') + several, usage + shown] as const
  })
  const width = Math.max(...rows.map(([left]) => left.length)) + 2
  return rows.map(([left, right]) => `   ${left.padEnd(width)}${right}\n`).join('')
}

/** `crictl ps --help` */
export function commandHelp(name: string, spec: CommandSpec): string {
  const use = `crictl ${name} [command options]${spec.args ? ` ${spec.args}` : ''}`
  return `NAME:\n   crictl ${name} - ${spec.usage}\n\nUSAGE:\n   ${use}\n\nOPTIONS:\n${flagLines(flagsOf(spec))}`
}

/** `crictl --help` */
export function clientHelp(
  version: string,
  commands: readonly (readonly [string, string])[],
  spec: CommandSpec,
): string {
  const all = [...commands, ['help, h', 'Shows a list of commands or help for one command'] as const]
  const width = Math.max(...all.map(([name]) => name.length)) + 2
  const flags = flagsOf(spec)
  const isLast = ({ name }: Flag) => name === 'version'
  const shown = flagLines([...flags.filter(each => !isLast(each)), ...flags.filter(isLast)])
  return `NAME:\n   crictl - client for CRI\n\nUSAGE:\n   crictl [global options] command [command options]\n\nVERSION:\n   ${version}\n\nCOMMANDS:\n${all.map(([name, usage]) => `   ${name.padEnd(width)}${usage}\n`).join('')}\nGLOBAL OPTIONS:\n${shown}`
}
