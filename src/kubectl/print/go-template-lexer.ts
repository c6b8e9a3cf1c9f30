// The parts of a Go template: text, and actions as tokens (text/template/parse, lex.go of Go 1.26).

export class TemplateError extends Error {}

export interface Action {
  /** A blank between operands is one of them, ` `: `.a .b` are two operands, `.a.b` is one. */
  readonly tokens: string[]
  /** Where each of them begins. */
  readonly offsets: number[]
  readonly line: number
}

const tokenPattern =
  /\s+|"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)*'|:=|[+-]?(?:\d|\.\d)(?:[\p{L}\d_.]|(?<=[eEpP])[-+])*|\$[\p{L}\p{Nd}_]*|\.[\p{L}_][\p{L}\p{Nd}_]*|[\p{L}_][\p{L}\p{Nd}_]*|[\x21-\x7e]/uy

const name = /^[.$]?[\p{L}_]|^\$$/u
/** What may follow a field, a variable or a name. */
const terminator = /^(?:[\s.,|:)(]|}}|$)/
/** An operator that a number may not end before. */
const sign = /^[-+\p{L}\d_]/u

const unterminated: Readonly<Record<string, string>> = {
  '"': 'unterminated quoted string',
  '`': 'unterminated raw quoted string',
  "'": 'unterminated character constant',
}

const breaks = (text: string): number => text.split('\n').length - 1

export function parts(text: string): (string | Action)[] {
  const found: (string | Action)[] = []
  let at = 0
  let line = 1
  let isTrimmed = false
  const fail = (message: string) => new TemplateError(`template: output:${line}: ${message}`)

  /** Past the closing braces. */
  const closed = (braces: RegExpExecArray): void => {
    isTrimmed = braces[1] !== undefined
    at += braces[0].length
  }
  const closing = () => /^(\s-)?}}/.exec(text.slice(at, at + 4))

  /** False where there is none. */
  const comment = (): boolean => {
    if (!text.startsWith('/*', at)) return false
    const end = text.indexOf('*/', at)
    if (end < 0) throw fail('unclosed comment')
    line += breaks(text.slice(at, end))
    at = end + 2
    const braces = closing()
    if (!braces) throw fail('comment ends before closing delimiter')
    closed(braces)
    return true
  }

  const action = (): Action => {
    const tokens: string[] = []
    const offsets: number[] = []
    for (;;) {
      const braces = closing()
      if (braces) {
        closed(braces)
        if (tokens.at(-1) === ' ') tokens.pop()
        return { tokens, offsets, line }
      }
      if (at >= text.length) throw fail('unclosed action')
      const token = tokenAt(text, at, fail)
      const isBlank = /^\s/.test(token)
      if (!isBlank || tokens.length) {
        tokens.push(isBlank ? ' ' : token)
        offsets.push(at)
      }
      line += breaks(token)
      at += token.length
    }
  }

  for (;;) {
    const open = text.indexOf('{{', at)
    let plain = text.slice(at, open < 0 ? undefined : open)
    line += breaks(plain)
    if (isTrimmed) plain = plain.trimStart()
    at = open + 2
    const trims = open >= 0 && /^-\s/.test(text.slice(at, at + 2))
    if (trims) plain = plain.trimEnd()
    if (plain) found.push(plain)
    if (open < 0) return found
    if (trims) at += 2
    if (!comment()) found.push(action())
  }
}

function tokenAt(text: string, at: number, fail: (message: string) => TemplateError): string {
  tokenPattern.lastIndex = at
  const [token = ''] = tokenPattern.exec(text) ?? []
  const first = text[at]!
  if (token.length <= 1 && unterminated[first]) throw fail(unterminated[first])
  const code = (c: string) => c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
  if (!token) {
    const c = String.fromCodePoint(text.codePointAt(at)!)
    throw fail(`unrecognized character in action: U+${code(c)} '${c}'`)
  }
  const rest = text.slice(at + token.length)
  if (name.test(token) && !terminator.test(rest)) {
    const c = String.fromCodePoint(rest.codePointAt(0)!)
    throw fail(`bad character U+${code(c)} '${c}'`)
  }
  if (/^[-+.]?\d/.test(token)) {
    const bad = numberFault(token, rest)
    if (bad) throw fail(`bad number syntax: ${JSON.stringify(bad)}`)
  }
  return token
}

/** As far as the scanner reads a number that is none: to the first character that it cannot take, and that. */
function numberFault(token: string, rest: string): string | undefined {
  const scanned =
    /^[-+]?(?:0[xX][\da-fA-F_]*(?:\.[\da-fA-F_]*)?(?:[pP][-+]?[\d_]*)?|0[bB][01_]*|0[oO][0-7_]*|[\d_]*(?:\.[\d_]*)?(?:[eE][-+]?[\d_]*)?)i?/.exec(
      token,
    )![0]
  const next = (token + rest)[scanned.length] ?? ''
  if (scanned.length === token.length && !sign.test(next)) return undefined
  // `1+2i` is a complex number.
  if (scanned.length === token.length && /^[-+]\d+i/.test(rest)) return undefined
  // What begins as a complex number is read to the end of its other half.
  if (/[-+]/.test(next)) return scanned + next + /^[\d_.]*/.exec((token + rest).slice(scanned.length + 1))![0]
  return scanned + next
}
