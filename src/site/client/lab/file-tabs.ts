// The files that are open in the editor, as tabs: there where there are several. Kept for the lesson. Loaded when the
// editor is used. Keys: arrows, Home and End go to a tab, Delete closes it.
import { fill } from '../../../i18n/fill.ts'
import type { EditorWords } from '../../../i18n/lab/editor.en.ts'
import { h, store } from '../dom.ts'
import type { Lab } from './part.ts'

export class FileTabs {
  readonly #element: HTMLElement
  readonly #lab: Lab
  readonly #panel: HTMLElement
  readonly #words: EditorWords
  readonly #open: (name: string) => void
  #names: readonly string[]
  #current = ''

  /** `panel`: what the tabs are of; they stand before it. `before`: the file that was open before there were tabs. */
  constructor(
    lab: Lab,
    panel: HTMLElement,
    words: EditorWords,
    open: (name: string) => void,
    before?: string,
  ) {
    this.#lab = lab
    this.#panel = panel
    this.#words = words
    this.#open = open
    this.#names = (store.get(this.#key) ?? '').split('\n').filter(Boolean)
    this.#element = h('div', { class: 'file-tabs for-files', role: 'tablist', 'aria-label': words.tabs })
    this.#element.addEventListener('keydown', event => this.#pressed(event))
    panel.before(this.#element)
    if (before) this.show(before)
  }

  /** Where the names are kept. */
  get #key(): string {
    return `edit-tabs:${this.#lab.data.lesson}`
  }

  /** A file is open now. */
  show(current: string): void {
    const has = (name: string) => Object.hasOwn(this.#lab.data.files, name)
    this.#current = current
    this.#names = this.#names.filter(has)
    if (has(current) && !this.#names.includes(current)) this.#names = [...this.#names, current]
    store.set(this.#key, this.#names.length > 1 ? this.#names.join('\n') : undefined)
    const several = this.#names.length > 1
    this.#element.hidden = !several
    this.#element.replaceChildren(...(several ? this.#names.map(name => this.#tab(name)) : []))
    const panel = { id: 'lab-file', role: 'tabpanel', 'aria-labelledby': 'lab-file-tab' }
    for (const [name, value] of Object.entries(panel))
      if (several && has(current)) this.#panel.setAttribute(name, value)
      else this.#panel.removeAttribute(name)
    this.mark()
  }

  /** Says which are not as they were. */
  mark(): void {
    for (const tab of this.#element.querySelectorAll<HTMLElement>('[role=tab]')) {
      const kept = store.get(`edit:${this.#lab.data.lesson}:${tab.dataset.file}`)
      tab.toggleAttribute('data-changed', kept !== null)
    }
  }

  #tab(name: string): HTMLElement {
    const words = this.#words
    const selected = name === this.#current
    const close = h(
      'span',
      { class: 'file-close', 'aria-hidden': 'true', title: fill(words.closeTab, { file: name }) },
      '×',
    )
    close.addEventListener('click', event => {
      event.stopPropagation()
      this.#close(name)
    })
    return h(
      'button',
      {
        type: 'button',
        role: 'tab',
        'data-file': name,
        'aria-selected': String(selected),
        'aria-keyshortcuts': 'Delete',
        tabindex: selected ? '0' : '-1',
        ...(selected && { id: 'lab-file-tab', 'aria-controls': 'lab-file' }),
        onclick: () => this.#open(name),
      },
      h('span', { class: 'file-changed', title: words.changed }),
      name,
      close,
    )
  }

  #close(name: string): void {
    const index = this.#names.indexOf(name)
    this.#names = this.#names.filter(each => each !== name)
    const next = this.#names[Math.min(index, this.#names.length - 1)]
    if (name === this.#current && next) this.#open(next)
    else this.show(this.#current)
  }

  #pressed(event: KeyboardEvent): void {
    const name = (event.target as HTMLElement).dataset.file
    const at = this.#names.indexOf(name ?? '')
    if (at < 0) return
    const last = this.#names.length - 1
    const to = {
      ArrowRight: at === last ? 0 : at + 1,
      ArrowLeft: at === 0 ? last : at - 1,
      Home: 0,
      End: last,
    }[event.key]
    if (event.key === 'Delete') this.#close(this.#names[at]!)
    else if (to !== undefined) this.#open(this.#names[to]!)
    else return
    event.preventDefault()
    this.#element.querySelector<HTMLElement>('[aria-selected=true]')?.focus()
  }
}
