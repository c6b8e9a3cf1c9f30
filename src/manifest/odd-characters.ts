// Characters that input methods, word processors and web pages put where YAML wants plain ASCII. Chinese, Japanese and
// Korean prose has them rightly, so a line of prose is accused only where one stands in the place of syntax.
import type { Classified } from './classify.ts'

const looksLike: Readonly<Record<string, string>> = {
  '“': '"',
  '”': '"',
  '„': '"',
  '「': '"',
  '」': '"',
  '『': '"',
  '』': '"',
  '‘': "'",
  '’': "'",
  '、': ',',
  '。': '.',
  '【': '[',
  '】': ']',
  '〔': '[',
  '〕': ']',
  '—': '-',
  '–': '-',
  '―': '-',
  '−': '-',
  '…': '...',
}

const odd = new RegExp(`[\uff01-\uff5e${Object.keys(looksLike).join('')}]`)
const hidden = /[\u00a0\u200b-\u200f\u2028\u2029\u2060\u3000\ufeff]/
const prose = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u

/** The plain character that one looks like. */
const plainOf = (character: string): string =>
  looksLike[character] ?? String.fromCharCode(character.charCodeAt(0) - 0xfee0)

const fullWidth = (character: string): Classified => ({
  code: 'full-width',
  params: { character, plain: plainOf(character) },
})

/** In the place of syntax: behind a key, as a dash, as the mark of a comment, as one end of a quotation. */
const places: readonly RegExp[] = [
  /^[\s-]*(?:[\w./-]+|"[^"]*"|'[^']*')(：)/,
  /^\s*([－—–―−])[－—–―−]*(?:\s|$)/,
  /^[^"'#]*\s(＃)/,
  /^[^#]*?"[^"”]*([”])/,
  /^[^#"']*(?:[:,[]|-)\s*([“‘＂＇「『])/,
  /^[^#"']*:\s*([［｛【])/,
]

function inPlaceOfSyntax(line: string): Classified | undefined {
  for (const place of places) {
    const character = place.exec(line)?.[1]
    if (character) return fullWidth(character)
  }
  return undefined
}

/** What a text that is at fault has of such characters; a key or value of prose is accused only of its colon. */
export function oddCharacter(text: string): Classified | undefined {
  const found = inPlaceOfSyntax(text)
  if (found) return found
  const character = prose.test(text) ? undefined : odd.exec(text)?.[0]
  if (character) return fullWidth(character)
  const space = hidden.exec(text)?.[0]
  if (!space) return undefined
  const code = `U+${space.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
  return { code: 'invisible', params: { character: code } }
}

/** The same for a line before the one where the parser noticed. */
export const oddBefore = (line: string): Classified | undefined => inPlaceOfSyntax(line)

/** A plain value that YAML and the server accept, and that was hardly meant: quotes that are none, a full-width comma. */
export function oddValue(value: string): Classified | undefined {
  const quote = /^[“‘＂＇「『]/.exec(value)?.[0]
  if (quote) return fullWidth(quote)
  if (prose.test(value)) return undefined
  const character = /[\uff01-\uff5e、]/.exec(value)?.[0]
  return character === undefined ? undefined : fullWidth(character)
}

/** The plain character in the place of one that an input method wrote; the ideographic space too. */
export const plainCharacter = (character: string): string =>
  character === '\u3000' ? ' ' : plainOf(character)
