// Reset asks where something of the reader's own would go, and can be undone.
import { fill } from '../../../i18n/fill.ts'
import { h } from '../dom.ts'
import type { Lab, Part } from './part.ts'

/** So many names are shown. */
const most = 8
const undoMs = 20_000

export function travel({ connection, notices, t }: Lab): Part {
  connection.on('was-reset', () =>
    notices.show('was-reset', {
      tone: 'note',
      text: t.resetDone,
      actions: [{ text: t.resetUndo, run: () => connection.send({ type: 'undo' }) }],
      ms: undoMs,
    }),
  )
  connection.on('ask-reset', ({ step, objects, files }) => {
    const names = [...objects, ...files]
    const list = names.slice(0, most).map(each => h('li', {}, h('code', {}, each)))
    if (names.length > most) list.push(h('li', {}, fill(t.clusterMore, { n: names.length - most })))
    const close = () => dialog.close()
    const dialog = h(
      'dialog',
      { class: 'ask', 'aria-labelledby': 'ask-title' },
      h('h2', { id: 'ask-title' }, t.resetAsk),
      h('p', {}, t.resetAskGone),
      h('ul', {}, ...list),
      h(
        'div',
        { class: 'ask-buttons' },
        h('button', { type: 'button', autofocus: true, 'data-ask': 'keep', onclick: close }, t.resetKeep),
        h(
          'button',
          {
            type: 'button',
            class: 'primary',
            'data-ask': 'reset',
            onclick: () => {
              close()
              connection.send({ type: 'reset', sure: true, ...(step !== undefined && { step }) })
            },
          },
          t.stepReset,
        ),
      ),
    )
    dialog.addEventListener('close', () => dialog.remove())
    document.body.append(dialog)
    dialog.showModal()
  })
  return {}
}
