// An entry of the menu: the lab's keys.
import { h } from '../dom.ts'
import type { Lab, Part } from './part.ts'

export function keys({ language, t, notices }: Lab): Part {
  const open = () =>
    import('./keys-dialog.ts')
      .then(({ showKeys }) => showKeys(language, t.close))
      .catch(() => notices.show('keys', { tone: 'bad', text: t.labUnreachable }))
  return { menu: [h('button', { type: 'button', 'data-keys': '', onclick: open }, t.labKeys)] }
}
