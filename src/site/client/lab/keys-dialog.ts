// The lab's keys, place by place. Loaded when they are asked for.
import type { Language } from '../../../i18n/strings.ts'
import style from '../../styles/lab/keys.css?url'
import { h, loadStyle } from '../dom.ts'

const words = {
  zh: () => import('../../../i18n/lab/keys.zh.ts'),
  en: () => import('../../../i18n/lab/keys.en.ts'),
}

/** `close`: what its button says. */
export async function showKeys(language: Language, close: string): Promise<void> {
  const [{ keys }] = await Promise.all([words[language](), loadStyle(style)])
  const title = h('h2', { id: 'keys-title' }, keys.title)
  const dialog = h(
    'dialog',
    { class: 'ask keys', 'aria-labelledby': 'keys-title' },
    title,
    ...keys.places.flatMap(each => [
      h('h3', {}, each.place),
      h(
        'dl',
        {},
        ...each.keys.map(([key, does]) => h('div', {}, h('dt', {}, h('kbd', {}, key)), h('dd', {}, does))),
      ),
    ]),
    h(
      'div',
      { class: 'ask-buttons' },
      h('button', { type: 'button', class: 'primary', onclick: () => dialog.close() }, close),
    ),
  )
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
}
