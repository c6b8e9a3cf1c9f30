// sleep: time that passes.
import { sleep as pause } from '../../engine/task.ts'
import { ToolError, tool } from '../command.ts'

const units: Record<string, number> = { '': 1000, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** Ms of `1.5`, `2m`; undefined where it is no duration. */
export function parseDuration(text: string): number | undefined {
  if (/^inf(inity)?$/.test(text)) return 1e15
  const match = /^(\d+\.?\d*|\.\d+)([smhd]?)$/.exec(text)
  return match ? Number(match[1]) * units[match[2]!]! : undefined
}

export const sleep = tool('sleep', 'wait', function* ({ argv }) {
  if (argv.length === 1)
    throw new ToolError("sleep: missing operand\nTry 'sleep --help' for more information.")
  let ms = 0
  for (const text of argv.slice(1)) {
    const duration = parseDuration(text)
    if (duration === undefined)
      throw new ToolError(`sleep: invalid time interval ‘${text}’\nTry 'sleep --help' for more information.`)
    ms += duration
  }
  yield* pause(ms)
  return 0
})
