// What the tutor says of a failed command, drawn: the command with its wrong word, or the lines of the file; what it
// means; one way out. Loaded with the first explanation.

import style from '../../styles/lab/tutor.css?url'
import type { Action, Explanation } from '../../worker/protocol.ts'
import { h, inlineCode, loadStyle } from '../dom.ts'
import type { Lab } from './part.ts'

export interface ExplanationHands {
  /** Puts a line into the terminal, for the reader to send. */
  put(line: string): void
  /** Saves a file. */
  mend(file: string, text: string): void
  open(file: string, line: number): void
}

/** Its style comes with it: what is drawn before would jump. */
export async function drawExplanation(
  { command, wrong, source, paragraphs, actions }: Explanation,
  { language, t }: Lab,
  hands: ExplanationHands,
): Promise<HTMLElement> {
  await loadStyle(style)
  const typed = h('p', { class: 'tutor-command' }, command)
  if (wrong)
    typed.replaceChildren(
      command.slice(0, wrong.from),
      h('u', {}, command.slice(wrong.from, wrong.to)),
      command.slice(wrong.to),
    )
  const signs = { same: ' ', out: '−', in: '+' }
  const lines = source?.lines.map(({ number, text, tone }) =>
    h('div', { class: `source-${tone}` }, h('b', {}, `${number}`), `${signs[tone]} `, text || ' '),
  )
  return h(
    'section',
    { class: 'tutor', tabindex: '-1', 'aria-label': t.tutorAsk },
    wrong && typed,
    ...paragraphs.map(text => h('p', {}, ...inlineCode(text))),
    lines && h('div', { class: 'tutor-source', role: 'group', 'aria-label': source!.file }, ...lines),
    h(
      'div',
      { class: 'tutor-actions' },
      ...actions.map((action, i) => drawAction(action, i === 0, language, hands)),
    ),
  )
}

function drawAction(
  action: Action,
  isFirst: boolean,
  language: string,
  hands: ExplanationHands,
): HTMLElement {
  if (action.type === 'index') {
    const page = `${document.documentElement.dataset.base}${language}/errors/`
    const place = action.entry ? `#${action.entry}` : `?${new URLSearchParams({ q: action.asked })}`
    return h('a', { href: page + place, target: '_blank', rel: 'noopener' }, action.label)
  }
  const act = () => {
    if (action.type === 'open') return hands.open(action.file, action.line)
    if (action.type === 'mend') hands.mend(action.file, action.text)
    hands.put(action.line)
  }
  return h('button', { type: 'button', ...(isFirst && { class: 'primary' }), onclick: act }, action.label)
}
