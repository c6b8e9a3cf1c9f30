// What every page's Markdown has: its address, fenced blocks, and at its end the ways to the page itself and to the other language.
import { type Language, otherLanguage, strings } from '../../../i18n/strings.ts'
import { absolute, href, inLanguage } from '../paths.ts'

/** Of a page's Markdown: whole where the build knows where the site will stand. */
export const markdownAddress = (path: string): string => `${absolute(path) ?? href(path)}index.md`

/** What stands around it is never mistaken for its end. */
export function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(each => each.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${text.endsWith('\n') ? text : `${text}\n`}${fence}`
}

/** Never more than one empty line, but in what was printed. */
function settled(text: string): string {
  let fence = ''
  const lines: string[] = []
  for (const line of text.split('\n')) {
    const [, edge = ''] = /^(?:> ?)*(`{3,})/.exec(line) ?? []
    if (!fence && line === '' && (lines.at(-1) ?? '') === '') continue
    if (edge) fence = fence === edge ? '' : fence || edge
    lines.push(line)
  }
  return `${lines.join('\n').trim()}\n`
}

/** `body`, with its end. */
export function markdownPage(
  { language, path }: { readonly language: Language; readonly path: string },
  body: string,
): string {
  const t = strings[language]
  const other = inLanguage(path, otherLanguage(language))
  return settled(
    `${body}\n\n---\n\n[${t.siteName}](${absolute(path) ?? href(path)}) · [${t.otherLanguage}](${markdownAddress(other)})`,
  )
}
