// Flags of ctr and nerdctl: they may stand behind the arguments too, unless what follows is another program's.
import { Options } from './crictl/flags.ts'

/** `flags` as crictl has them, one a line. Throws WrongFlag. */
export function readFlags(args: readonly string[], flags: string, isStrict = false): Options {
  const valued = new Set(
    [...flags.matchAll(/^([\w-]+)(?:,(\w))?:/gm)].flatMap(([, name, short]) => [name, short]),
  )
  const first: string[] = []
  const rest: string[] = []
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!
    if (!arg.startsWith('-') || arg === '-' || (isStrict && rest.length)) rest.push(arg)
    else first.push(arg, ...(valued.has(arg.replace(/^--?/, '')) ? args.slice(++i, i + 1) : []))
  }
  return new Options({ usage: '', flags }, [...first, '--', ...rest])
}
