// Options as getopt reads them: `-n 3`, `-n3`, `-abc`, `--lines=3`; operands may stand between them.
import type { Process } from '../../engine/process.ts'
import { ToolError } from '../command.ts'

export class Options {
  readonly operands: string[] = []
  readonly #values = new Map<string, string[]>()

  add(letter: string, value: string): void {
    const values = this.#values.get(letter)
    if (values) values.push(value)
    else this.#values.set(letter, [value])
  }

  has(letter: string): boolean {
    return this.#values.has(letter)
  }

  all(letter: string): readonly string[] {
    return this.#values.get(letter) ?? []
  }

  value(letter: string): string | undefined {
    return this.#values.get(letter)?.at(-1)
  }
}

interface Settings {
  /** Long names and the letters that they mean; a value is expected where the letter has a colon. */
  readonly long?: Readonly<Record<string, string>>
  /** The first operand ends the options: what follows is another command's. */
  readonly strict?: boolean
  /** Exit code of a wrong option. */
  readonly code?: number
}

/** `letters` as for getopt: `nvA:` are -n, -v and -A VALUE. */
export function parseOptions(
  process: Process,
  letters: string,
  { long = {}, strict, code = 1 }: Settings = {},
): Options {
  const options = new Options()
  const [path, ...args] = process.argv
  const name = path!.replace(/^.*\//, '')
  const fail = (message: string): never => {
    throw new ToolError(`${name}: ${message}\nTry '${name} --help' for more information.`, code)
  }
  const takesValue = (letter: string) => letters[letters.indexOf(letter) + 1] === ':'
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!
    if (arg === '--') {
      options.operands.push(...args.slice(i + 1))
      break
    }
    if (arg.startsWith('--')) {
      const [key, given] = /^--([^=]+)(?:=([\s\S]*))?$/.exec(arg)!.slice(1) as [string, string | undefined]
      const full = key in long ? key : Object.keys(long).find(each => each.startsWith(key))
      if (!full) fail(`unrecognized option '--${key}'`)
      const letter = long[full!]!
      if (!takesValue(letter)) options.add(letter, given ?? '')
      else if (given !== undefined) options.add(letter, given)
      else if (i + 1 < args.length) options.add(letter, args[++i]!)
      else fail(`option '--${full}' requires an argument`)
    } else if (arg.length > 1 && arg[0] === '-') {
      for (let k = 1; k < arg.length; k++) {
        const letter = arg[k]!
        if (letter === ':' || !letters.includes(letter)) fail(`invalid option -- '${letter}'`)
        if (!takesValue(letter)) {
          options.add(letter, '')
          continue
        }
        const rest = arg.slice(k + 1)
        if (rest) options.add(letter, rest)
        else if (i + 1 < args.length) options.add(letter, args[++i]!)
        else fail(`option requires an argument -- '${letter}'`)
        break
      }
    } else {
      options.operands.push(arg)
      if (strict) {
        options.operands.push(...args.slice(i + 1))
        break
      }
    }
  }
  return options
}
