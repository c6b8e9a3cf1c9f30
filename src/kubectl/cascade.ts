// What goes with an object that is deleted (pkg/cmd/delete).
import { dictionary } from '../engine/dictionary.ts'
import type { Context } from './context.ts'
import { CommandError } from './errors.ts'

const propagation: Record<string, string> = dictionary({
  background: 'Background',
  true: 'Background',
  foreground: 'Foreground',
  orphan: 'Orphan',
  false: 'Orphan',
})

/** `--cascade`, as a propagation policy. */
export function cascadeOf(ctx: Context): string {
  const value = ctx.flags.string('cascade')
  const policy = propagation[value]
  if (!policy)
    throw new CommandError(
      `invalid cascade value (${value}). Must be "background", "foreground", or "orphan"`,
    )
  if (value === 'true' || value === 'false')
    ctx.err(
      `warning: --cascade=${value} is deprecated (boolean value) and can be replaced with --cascade=${policy.toLowerCase()}.\n`,
    )
  return policy
}
