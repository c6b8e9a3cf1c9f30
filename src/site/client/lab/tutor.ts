// Under a command that failed: one quiet button. Nothing opens by itself; what is opened is loaded then.
import { h } from '../dom.ts'
import type { EditorPart } from './editor.ts'
import type { Lab } from './part.ts'
import type { TerminalsPart } from './terminals.ts'

export function tutor(lab: Lab, hands: TerminalsPart, files: EditorPart): void {
  const { connection, t } = lab
  /** Notes that wait for their answer. */
  const open = new Map<number, HTMLElement>()
  let asked = 0
  connection.on('failed-command', ({ terminal, failure }) => {
    const note = h('div', { class: 'screen-note' })
    note.append(
      h(
        'button',
        {
          type: 'button',
          class: 'tutor-ask',
          onclick: () => {
            const id = ++asked
            open.set(id, note)
            note.setAttribute('aria-busy', 'true')
            connection.send({ type: 'explain', id, terminal, failure })
          },
        },
        t.tutorAsk,
      ),
    )
    hands.note(terminal, note)
  })
  connection.on('explained', async ({ id, terminal, explanation }) => {
    const note = open.get(id)
    open.delete(id)
    if (!note?.isConnected) return
    const { drawExplanation } = await import('./explanation.ts')
    note.removeAttribute('aria-busy')
    const card = await drawExplanation(explanation, lab, {
      put: line => hands.put(line, terminal),
      mend: (file, text) => files.mend(file, text),
      open(file, line) {
        if (!Object.hasOwn(lab.data.files, file)) return hands.put(`vi ${file}`, terminal)
        lab.show('editor')
        files.open(file)
        lab.show('editor', true)
        files.reveal(line)
      },
    })
    note.replaceChildren(card)
    card.focus({ preventScroll: true })
    card.scrollIntoView({ block: 'nearest' })
  })
}
