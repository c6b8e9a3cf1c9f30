// What docker says to too few or too many arguments (cli/required.go).
import type { Arguments } from './command.ts'

const plural = (count: number): string => (count === 1 ? 'argument' : 'arguments')

/** Undefined where the number of arguments is right. `path`: `docker image ls`; `use`: the whole usage line. */
export function wrongArguments(
  rule: Arguments,
  count: number,
  path: string,
  use: string,
): string | undefined {
  const told = (what: string, pointer: string) =>
    `docker: '${path}' ${what}\n\nUsage:  ${use}\n\n${pointer} '${path} --help' for more information`
  if ('exactly' in rule) {
    const wanted = rule.exactly
    if (count === wanted) return undefined
    return told(wanted === 0 ? 'accepts no arguments' : `requires ${wanted} ${plural(wanted)}`, 'Run')
  }
  if ('least' in rule)
    return count >= rule.least
      ? undefined
      : told(`requires at least ${rule.least} ${plural(rule.least)}`, 'See')
  // Its source has the letter too much.
  if ('most' in rule)
    return count <= rule.most ? undefined : told(`requires at most ${rule.most} ${plural(rule.most)}`, 'SRun')
  if (count >= rule.from && count <= rule.to) return undefined
  return told(`requires at least ${rule.from} and at most ${rule.to} ${plural(rule.to)}`, 'Run')
}
