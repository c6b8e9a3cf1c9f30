// The words of the course: content/glossary.md.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Entry, parseGlossary } from './glossary-text.ts'

let known: Entry[] | undefined

export function glossary(): Entry[] {
  if (import.meta.env.DEV) known = undefined
  known ??= parseGlossary(readFileSync(join(process.cwd(), 'content/glossary.md'), 'utf8'))
  return known
}
