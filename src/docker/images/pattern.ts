// `--filter reference=PATTERN`: path.Match over an image's familiar name, with its tag or without (reference.FamiliarMatch).
import { matches } from '../../engine/shell-pattern.ts'

/** A shell pattern in which `*` and `?` stop at slashes. */
function pathMatch(pattern: string, text: string): boolean {
  const [patterns, parts] = [pattern.split('/'), text.split('/')]
  return patterns.length === parts.length && patterns.every((each, i) => matches(each, parts[i]!))
}

export const matchesPattern = (pattern: string, familiar: string, tag: string): boolean =>
  pathMatch(pattern, familiar) || pathMatch(pattern, `${familiar}:${tag}`)
