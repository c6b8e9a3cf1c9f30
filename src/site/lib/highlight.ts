// Colours for code at build time, as class names: inline styles would need 'unsafe-inline' in the page's content
// security policy. A theme of invented colours tells which class a token gets.
import { createHighlighter, type ThemeRegistrationRaw } from 'shiki'

const classes: Record<string, readonly string[]> = {
  k: ['entity.name.tag', 'keyword', 'storage', 'support.type.property-name'],
  s: ['string', 'punctuation.definition.string'],
  n: ['constant', 'support.constant'],
  c: ['comment', 'punctuation.definition.comment'],
  f: ['entity.name.function', 'support.function'],
  p: [
    'punctuation.definition.block.sequence.item',
    'punctuation.separator.key-value',
    'punctuation.separator.mapping',
  ],
}

const colourOf = (index: number): string => `#0000${(index + 1).toString(16).padStart(2, '0').toUpperCase()}`

const theme: ThemeRegistrationRaw = {
  name: 'classes',
  type: 'light',
  colors: { 'editor.foreground': '#000000', 'editor.background': '#ffffff' },
  settings: Object.values(classes).map((scope, index) => ({
    scope: [...scope],
    settings: { foreground: colourOf(index) },
  })),
}

const classOf = new Map(Object.keys(classes).map((name, index) => [colourOf(index), name]))

const highlighter = await createHighlighter({
  themes: [theme],
  langs: ['yaml', 'go', 'docker', 'json', 'shellscript', 'ini', 'typescript'],
})

const names: Record<string, string> = {
  yml: 'yaml',
  sh: 'shellscript',
  bash: 'shellscript',
  dockerfile: 'docker',
}

export const escapeHtml = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')

/** HTML of code: one `<span class=l>` a line (marked ones `l m`), tokens within as `<b class=k>`. */
export function highlight(code: string, language: string, marked: ReadonlySet<number> = new Set()): string {
  const lang = names[language] ?? language
  const known = highlighter.getLoadedLanguages().includes(lang)
  const { tokens } = highlighter.codeToTokens(code.replace(/\n$/, ''), {
    lang: known ? (lang as 'yaml') : 'text',
    theme: 'classes',
  })
  return tokens
    .map((line, index) => {
      const html: string[] = []
      let open: string | undefined
      for (const token of line) {
        const name = token.content.trim() ? classOf.get((token.color ?? '').toUpperCase()) : open
        if (name !== open) {
          if (open) html.push('</b>')
          if (name) html.push(`<b class="${name}">`)
          open = name
        }
        html.push(escapeHtml(token.content))
      }
      if (open) html.push('</b>')
      return `<span class="${marked.has(index + 1) ? 'l m' : 'l'}">${html.join('')}\n</span>`
    })
    .join('')
}

/** `3,5-7` → 3, 5, 6, 7 */
export function parseLines(text: string | undefined): Set<number> {
  const lines = new Set<number>()
  for (const part of text?.split(',') ?? []) {
    const [from = Number.NaN, to = from] = part.split('-').map(Number)
    for (let n = from; n <= to; n++) lines.add(n)
  }
  return lines
}
