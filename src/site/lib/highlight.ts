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

/**
 * HTML of code: one `<span class=l>` a line (marked ones `l m`), tokens within as `<b class=k>`. With `base`, the class of what
 * stands around it: its tokens go without, and what has none is `<b>`.
 */
export function highlight(
  code: string,
  language: string,
  marked: ReadonlySet<number> = new Set(),
  base?: string,
): string {
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
        const own = classOf.get((token.color ?? '').toUpperCase())
        const name = !token.content.trim() ? open : own === base ? undefined : (own ?? '')
        if (name !== open) {
          if (open !== undefined) html.push('</b>')
          if (name !== undefined) html.push(name ? `<b class="${name}">` : '<b>')
          open = name
        }
        html.push(escapeHtml(token.content))
      }
      if (open !== undefined) html.push('</b>')
      return `<span class="${marked.has(index + 1) ? 'l m' : 'l'}">${html.join('')}\n</span>`
    })
    .join('')
}

/** YAML is keys and values: nearly all that has no colour of its own is punctuation. */
export const baseOf = (language: string): string | undefined => (/^ya?ml$/.test(language) ? 'p' : undefined)

/** `3,5-7` → 3, 5, 6, 7 */
export function parseLines(text: string | undefined): Set<number> {
  const lines = new Set<number>()
  for (const part of text?.split(',') ?? []) {
    const [from = Number.NaN, to = from] = part.split('-').map(Number)
    for (let n = from; n <= to; n++) lines.add(n)
  }
  return lines
}
