// Keys that a phone's keyboard does not have, in a row above it: Tab, Ctrl for the next key, arrows, and the characters
// that commands need. Loaded where one types by touch.
import type { Strings } from '../../../i18n/strings.ts'
import { h } from '../dom.ts'

/** What the row does to the line below it. */
export interface KeyHands {
  readonly input: HTMLInputElement
  /** As if that key were pressed: a key's name as events have it. */
  press(key: string, ctrl: boolean): void
  insert(text: string): void
}

const arrows = { ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→' } as const
const characters = ['|', '-', '/', '$', '~', "'", '"']

export function keyRow(t: Strings, { input, press, insert }: KeyHands): HTMLElement {
  const ctrl = h(
    'button',
    { type: 'button', 'aria-pressed': 'false', onclick: () => hold(!isHeld()) },
    'Ctrl',
  )
  const isHeld = () => ctrl.getAttribute('aria-pressed') === 'true'
  const hold = (held: boolean) => ctrl.setAttribute('aria-pressed', String(held))
  /** Ctrl stays for one key. */
  const use = (): boolean => {
    const held = isHeld()
    hold(false)
    return held
  }
  const key = (name: string, text: string, label = name) =>
    h('button', { type: 'button', 'aria-label': label, onclick: () => press(name, use()) }, text)
  // Of a phone's keyboard only what it writes is known, not its keys.
  input.addEventListener('beforeinput', event => {
    if (!isHeld() || event.inputType !== 'insertText' || event.data?.length !== 1) return
    event.preventDefault()
    press(event.data, use())
  })
  const row = h(
    'div',
    { class: 'key-row', role: 'toolbar', 'aria-label': t.keyRow },
    key('Tab', 'Tab'),
    ctrl,
    ...Object.entries(arrows).map(([name, text]) => key(name, text)),
    ...characters.map(text =>
      h('button', { type: 'button', onclick: () => (use() ? press(text, true) : insert(text)) }, text),
    ),
  )
  // The keyboard below stays where it is: the focus never leaves the line.
  row.addEventListener('pointerdown', event => event.preventDefault())
  return row
}
