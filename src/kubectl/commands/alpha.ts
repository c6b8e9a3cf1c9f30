// kubectl alpha: commands on trial, of which this version has none.
import type { Command } from '../command.ts'

export const alpha: Command = {
  name: 'alpha',
  *run(ctx) {
    ctx.err('No alpha commands are available in this version of kubectl\n')
    return 0
  },
}
