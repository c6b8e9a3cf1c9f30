// KUBECTL_EXTERNAL_DIFF: another program compares the two directories (kubectl pkg/cmd/diff/diff.go, getCommand).
import type { Task } from '../../engine/task.ts'
import type { Context } from '../context.ts'
import { CommandError } from '../errors.ts'

export interface Pair {
  readonly file: string
  /** Empty where there is none. */
  readonly live: string
  readonly merged: string
}

/** Runs the program over the pairs; its exit code. */
export function* externalDiff(
  ctx: Context,
  wanted: string,
  pairs: readonly Pair[],
  from: string,
  to: string,
): Task<number> {
  const { process } = ctx
  const { files } = process
  const [name = '', ...rest] = wanted.split(' ')
  // What could be more than an option is left away.
  const options = rest.filter(each => /^[a-zA-Z0-9-=]+$/.test(each))
  const shell = process.find('bash') ?? process.find('sh')
  if (!shell || !process.find(name)) throw new CommandError('executable file not found in $PATH')
  try {
    for (const directory of [from, to]) files.mkdir(directory, { parents: true })
    for (const { file, live, merged } of pairs) {
      if (live) files.write(`${from}/${file}`, live)
      if (merged) files.write(`${to}/${file}`, merged)
    }
    return yield* shell({ ...process, argv: ['bash', '-c', '"$0" "$@"', name, ...options, from, to] })
  } finally {
    for (const directory of [from, to]) files.remove(directory, { recursive: true })
  }
}
