// The files that a shell pattern names.
import { type Files, resolvePath } from '../engine/files.ts'
import { MemoryExhausted } from '../engine/holding.ts'
import { wildcards } from '../engine/shell-pattern.ts'

const isSpecial = /[*?[]/

/** In a pattern a backslash takes the meaning of the next character away. */
export const escapePattern = (text: string): string => text.replace(/[*?[\]\\]/g, '\\$&')
const unescapePattern = (text: string): string => text.replace(/\\([\s\S])/g, '$1')

/** More names than this no memory holds. */
const mostNames = 200_000

/** The paths that a pattern names, sorted; the pattern itself, unescaped, where there are none. */
export function glob(pattern: string, files: Files, cwd: string): string[] {
  if (!isSpecial.test(pattern.replace(/\\[\s\S]/g, ''))) return [unescapePattern(pattern)]
  let found = [pattern.startsWith('/') ? '/' : '']
  const segments = pattern.split('/').filter(Boolean)
  for (const [i, segment] of segments.entries()) {
    const last = i === segments.length - 1
    const next: string[] = []
    for (const base of found) {
      if (!isSpecial.test(segment.replace(/\\[\s\S]/g, ''))) {
        const path = base + unescapePattern(segment)
        if (files.exists(resolvePath(cwd, path))) next.push(last ? path : `${path}/`)
        continue
      }
      const wanted = wildcards(segment)
      let names: string[] = []
      try {
        names = files.list(resolvePath(cwd, base || '.'))
      } catch {}
      for (const name of names) {
        if ((name.startsWith('.') && !segment.startsWith('.')) || !wanted.test(name)) continue
        const path = base + name
        if (last) next.push(path)
        else if (
          files.exists(resolvePath(cwd, `${path}/.`)) &&
          files.stat(resolvePath(cwd, path)).type === 'directory'
        )
          next.push(`${path}/`)
      }
    }
    if (next.length > mostNames) throw new MemoryExhausted()
    found = next
  }
  if (pattern.endsWith('/')) found = found.map(path => `${path}/`)
  return found.length ? found : [unescapePattern(pattern)]
}
