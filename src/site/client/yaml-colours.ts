// Colours for manifests that are shown when somebody opens them: a page with all of them is light without. The classes are
// those of `src/site/lib/highlight.ts`, which colours what is in a page from the beginning.

const escapeHtml = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
const as = (name: string, text: string): string => (text ? `<b class="${name}">${escapeHtml(text)}</b>` : '')

/** A key with its colon; the words of a flow sequence or mapping; a quoted text; punctuation and blanks between them. */
const token =
  /("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"',:[\]{}][^,:[\]{}]*?(?::[^\s,[\]{}][^,[\]{}]*?)*)(\s*)(:(?=\s|$))?(?=[\s,:[\]{}]|$)/g
const isConstant = (text: string): boolean => /^(?:-?\d+(?:\.\d+)?|true|false|null|~)$/.test(text)

const value = (text: string): string => (isConstant(text) ? as('n', text) : as('s', text))

/** A value on one line: a scalar to the end of the line, or what stands in braces and brackets. */
function valueHtml(text: string): string {
  const [, blank = '', rest = '', comment = ''] = /^(\s*)(.*?)(\s+#.*)?$/.exec(text)!
  if (rest.startsWith('#')) return blank + as('c', rest + comment)
  const said = comment && escapeHtml(comment.slice(0, comment.indexOf('#'))) + as('c', comment.trimStart())
  if (!/^[[{]/.test(rest)) return blank + value(rest) + said
  let html = ''
  let end = 0
  for (const { 0: whole, 1: word = '', 2: space = '', 3: colon = '', index } of rest.matchAll(token)) {
    html +=
      escapeHtml(rest.slice(end, index)) + (colon ? as('k', word) : value(word)) + space + as('p', colon)
    end = index + whole.length
  }
  return blank + html + escapeHtml(rest.slice(end)) + said
}

/** HTML of a manifest: one `<span class=l>` a line, tokens within as `<b class=k>`. */
export function colourYaml(text: string): string {
  // Lines that are indented deeper than this belong to a text that began with `|` or `>`.
  let block: number | undefined
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map(line => {
      const indent = line.search(/\S/)
      if (block !== undefined && indent !== -1 && indent <= block) block = undefined
      if (block !== undefined) return as('s', line)
      if (/^\s*#/.test(line)) return as('c', line)
      const [, blank = '', dashes = '', key = '', colon = '', rest = ''] =
        /^(\s*)((?:- +)*(?:-(?=$))?)(?:("[^"]*"|[^\s"'#[\]{}][^#]*?)(:)(?=\s|$))?(.*)$/.exec(line)!
      if (/(?:^|\s)[|>][-+]?\s*$/.test(rest)) block = indent
      return (
        blank +
        as('p', dashes) +
        as('k', key) +
        as('p', colon) +
        (block === undefined ? valueHtml(rest) : escapeHtml(rest))
      )
    })
    .map(html => `<span class="l">${html}\n</span>`)
    .join('')
}
