// What is wrong with a manifest, below it: what causes another problem first, each with the server's words, an
// explanation, and what mends it. Loaded with the first problem.
import { fill } from '../../../i18n/fill.ts'
import type { Problem } from '../../worker/protocol.ts'
import { h, inlineCode } from '../dom.ts'
import type { CodeEditor } from './codemirror.ts'
import type { Writing } from './writing.ts'

/** More of them nobody reads. */
const most = 20

export function problemRows(
  problems: readonly Problem[],
  text: string,
  { words, fix, reason }: Writing,
  /** Undefined where the text cannot be mended yet. */
  code: CodeEditor | undefined,
): HTMLElement[] {
  const fault = problems.find(each => each.code.startsWith('yaml-'))
  return problems.slice(0, most).map(each => {
    const other = each === fault ? h('span', { class: 'problem-explanation', hidden: true }) : undefined
    // js-yaml's words beside those of the parser that kubectl has.
    if (other)
      void reason(text, each.line).then(said => {
        if (said === undefined) return
        other.append(...inlineCode(fill(words.reason, { reason: `\`${said}\`` })))
        other.hidden = false
      })
    return h(
      'li',
      { class: each.follows ? `${each.severity} follows` : each.severity },
      h(
        'button',
        { type: 'button', onclick: () => code?.reveal(each.line, each.column) },
        `${each.line}:${each.column}`,
      ),
      h(
        'span',
        {},
        each.follows && h('span', { class: 'problem-follows' }, words.follows),
        h('code', {}, each.message),
        other,
        each.explanation && h('span', { class: 'problem-explanation' }, ...inlineCode(each.explanation)),
        ...(code
          ? each.fixes.map(fixing =>
              h(
                'button',
                { type: 'button', class: 'problem-fix', onclick: () => code.apply(fixing) },
                fix(fixing),
              ),
            )
          : []),
      ),
    )
  })
}
