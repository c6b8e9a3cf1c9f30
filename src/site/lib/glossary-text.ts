// The words of the course as text: a Markdown table, which people edit.
import type { Language } from '../../i18n/strings.ts'

export interface Entry extends Readonly<Record<Language, string>> {
  /** As in <Term name="…">, and its anchor on the page of terms. */
  readonly name: string
  readonly line: Readonly<Record<Language, string>>
  /** Number of the lesson that explains it. */
  readonly lesson: string
  readonly group: Readonly<Record<Language, string>>
}

export function parseGlossary(text: string): Entry[] {
  const entries: Entry[] = []
  let group: Entry['group'] = { zh: '', en: '' }
  for (const line of text.split('\n')) {
    const [, en, zh] = /^## (.+?) \| (.+)$/.exec(line) ?? []
    if (en && zh) group = { zh, en }
    if (!/^\| (?!name )[a-z0-9]/.test(line)) continue
    const cells = line.split(/(?<!\\)\|/).map(each => each.trim().replaceAll('\\|', '|'))
    const [, name = '', english = '', chinese = '', lineZh = '', lineEn = '', lesson = ''] = cells
    if (!lineZh || !lineEn) throw new Error(`content/glossary.md: ${name} is not whole`)
    entries.push({ name, zh: chinese, en: english, line: { zh: lineZh, en: lineEn }, lesson, group })
  }
  return entries
}
