// A fault of a document's text (YAML or JSON) to a diagnostic: where it is rather than where the parser noticed it, and what
// was probably typed.
import { JsonError } from '../yaml/json.ts'
import { classifyYaml } from './classify.ts'
import type { Diagnostic, DiagnosticCode } from './diagnostic.ts'
import type { DocumentFault } from './documents.ts'
import { oddBefore, oddCharacter } from './odd-characters.ts'
import { Source } from './source.ts'

/** `name:web`, which is a text and no key with a value; the fault shows only on the line below. */
function missingSpace(text: string, offset: number): RegExpExecArray | undefined {
  const lines = text.slice(0, offset).split('\n')
  for (const back of [1, 2]) {
    const found = /^( *(?:- +)*)([\w./-]+):([^\s:](?:(?!: ).)*)$/.exec(lines.at(-back) ?? '')
    if (!found) continue
    found.index = lines.slice(0, -back).join('\n').length + (lines.length > back ? 1 : 0) + found[1]!.length
    return found
  }
  return undefined
}

export function textFault({ error, message, text, line }: DocumentFault): Diagnostic {
  const source = new Source(text, line, undefined)
  const json = error instanceof JsonError
  const separator = text.startsWith('---') && !text.includes('\n')
  const plain = json ? 'json-syntax' : classifyYaml(error.problem)
  // what was opened or begun is at fault, not the place where its end was missed
  const opened = plain === 'yaml-quote' || plain === 'yaml-missing-colon' || plain === 'yaml-flow'
  const { context, mark } = error
  const at = opened && context && (plain !== 'yaml-flow' || context.line < mark!.line) ? context : mark
  const offset = at?.offset ?? 0
  const begin = text.lastIndexOf('\n', offset - 1) + 1
  const odd = oddCharacter(text.slice(begin, lineEnd(text, offset)))
  const code: DiagnosticCode = text[offset] === '\t' ? 'yaml-tab' : plain
  const glued =
    !odd && /^yaml-(colon-in-value|missing-colon)$/.test(code) ? missingSpace(text, offset) : undefined
  if (glued) {
    const [, , key, value] = glued as unknown as [string, string, string, string]
    const range = source.range(glued.index, lineEnd(text, glued.index))
    return { severity: 'error', code: 'missing-space', params: { key, value }, path: '', ...range, message }
  }
  const before = odd || begin === 0 ? '' : text.slice(text.lastIndexOf('\n', begin - 2) + 1, begin - 1)
  const earlier = oddBefore(before)
  if (earlier) {
    const from = begin - 1 - before.length
    const range = source.range(from + before.search(/\S/), from + before.length)
    return { severity: 'error', ...earlier, path: '', ...range, message }
  }
  return {
    severity: 'error',
    ...(odd ?? { code, params: { problem: error.problem } }),
    path: '',
    ...source.range(offset, separator || plain === 'yaml-missing-colon' ? lineEnd(text, offset) : offset + 1),
    message,
  }
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset)
  return end < 0 ? text.length : end
}
