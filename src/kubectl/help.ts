// What `--help` prints.
import type { Context } from './context.ts'
import { helpParts } from './loaders.ts'
import type { HelpTexts } from './texts.ts'

/** By command; throws MissingPart. */
export const helpTexts = (): HelpTexts => helpParts.get('--help')

/** Help goes to stdout where it was asked for. */
export function showHelp(ctx: Context, path = ctx.path, to: 'stdout' | 'stderr' = 'stdout'): number {
  const text = helpTexts()[path] ?? `There is no help text for "${path}" here.\n`
  if (to === 'stderr') ctx.err(text)
  else ctx.out(text)
  return 0
}
