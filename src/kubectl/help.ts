// What `--help` prints. The texts are loaded apart (Connection.help).
import type { Context } from './context.ts'

/** Help goes to stdout where it was asked for. */
export function showHelp(ctx: Context, path = ctx.path, to: 'stdout' | 'stderr' = 'stdout'): number {
  const texts = ctx.connection.help?.()
  const text =
    texts?.[path] ??
    (texts
      ? `There is no help text for "${path}" here.\n`
      : `Help for "${path}" is not loaded yet. Try again in a moment.\n`)
  if (to === 'stderr') ctx.err(text)
  else ctx.out(text)
  return 0
}
