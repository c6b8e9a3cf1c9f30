// The files that are open in the editor, as tabs: there where there are several. Kept for the lesson. Loaded when the
// editor is used. Keys: arrows, Home and End go to a tab, Delete closes it.
import { fill } from '../../../i18n/fill.ts'
import type { EditorWords } from '../../../i18n/lab/editor.en.ts'
import { h, store } from '../dom.ts'

interface Options {
  readonly words: EditorWords
  /** Where the names are kept. */
  readonly key: string
  /** Which of the names are files (still). */
  readonly has: (name: string) => boolean
  readonly changed: (name: string) => boolean
  readonly open: (name: string) => void
}

export class FileTabs {
  readonly element: HTMLElement
  readonly #options: Options
  readonly #panel: HTMLElement
  #names: readonly string[]
  #current = ''

  /** `panel`: what the tabs are of. */
  constructor(panel: HTMLElement, options: Options) {
    this.#options = options
    this.#panel = panel
    this.#names = (store.get(options.key) ?? '').split('\n').filter(Boolean)
    this.element = h('div', {
      class: 'file-tabs for-files',
      role: 'tablist',
      'aria-label': options.words.tabs,
    })
    this.element.addEventListener('keydown', event => this.#key(event))
  }

  /** A file is open now. */
  show(current: string): void {
    const { key, has } = this.#options
    this.#current = current
    this.#names = this.#names.filter(has)
    if (has(current) && !this.#names.includes(current)) this.#names = [...this.#names, current]
    store.set(key, this.#names.length > 1 ? this.#names.join('\n') : undefined)
    const several = this.#names.length > 1
    this.element.hidden = !several
    this.element.replaceChildren(...(several ? this.#names.map(name => this.#tab(name)) : []))
    const panel = { id: 'lab-file', role: 'tabpanel', 'aria-labelledby': 'lab-file-tab' }
    for (const [name, value] of Object.entries(panel))
      if (several && has(current)) this.#panel.setAttribute(name, value)
      else this.#panel.removeAttribute(name)
    this.mark()
  }

  /** Says which are not as they were. */
  mark(): void {
    for (const tab of this.element.querySelectorAll<HTMLElement>('[role=tab]'))
      tab.toggleAttribute('data-changed', this.#options.changed(tab.dataset.file ?? ''))
  }

  #tab(name: string): HTMLElement {
    const { words, open } = this.#options
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
        onclick: () => open(name),
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
    if (name === this.#current && next) this.#options.open(next)
    else this.show(this.#current)
  }

  #key(event: KeyboardEvent): void {
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
    else if (to !== undefined) this.#options.open(this.#names[to]!)
    else return
    event.preventDefault()
    this.element.querySelector<HTMLElement>('[aria-selected=true]')?.focus()
  }
}
