// A program of the control plane ends at once where it is given a flag that it does not know (pflag's words).
import type { FlaggedComponent } from './component-flags-known.ts'
import { flagParts } from './loaders.ts'

/** What it says of the first flag that it does not know; undefined where it knows them all. */
export function unknownFlag(component: FlaggedComponent, argv: readonly string[]): string | undefined {
  const names = argv.slice(1).flatMap(arg => /^--?([^=]+)/.exec(arg)?.[1] ?? [])
  if (names.length === 0) return undefined
  const known = flagParts.get('known')(component)
  const unknown = names.find(name => !known.has(name))
  return unknown === undefined ? undefined : `Error: unknown flag: --${unknown}\n`
}
