// The entrypoint scripts of official images: what stands behind them runs in their place (`exec "$@"`).
import type { Program } from '../../engine/process.ts'
import type { Executable } from './image.ts'

interface Script {
  /** The image's own program: what options alone (`--maxmemory 1mb`) are for. */
  readonly server?: string
  /** What the script says of a command that is not there: its shell's words. */
  readonly complaint?: (path: string, command: string) => string
}

const ofBash = (path: string, command: string) => `${path}: line 30: exec: ${command}: not found`
export const ofDash = (path: string, command: string) => `${path}: 47: exec: ${command}: not found`

/** A script that runs its arguments; options alone go to the image's own program. */
export function script({ server, complaint = ofBash }: Script = {}): Executable {
  const becomes = (argv: readonly string[]): readonly string[] => {
    const args = argv.slice(1)
    return server && (args.length === 0 || args[0]!.startsWith('-')) ? [server, ...args] : args
  }
  const run: Program = function* (process) {
    const argv = becomes(process.argv)
    const command = argv[0]
    if (command === undefined) return 0
    const program = process.find(command)
    if (program) return yield* program({ ...process, argv })
    process.stderr.write(`${complaint(process.argv[0]!, command)}\n`)
    return 127
  }
  return { run, handlesSignals: true, becomes }
}
