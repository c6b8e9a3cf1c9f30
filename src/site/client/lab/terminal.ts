// One terminal: a screen and a native input line, so that input methods, screen readers and phones work as they do
// everywhere. History, Tab completion and the keys are those of bash, and never those of the page.
import { fill } from '../../../i18n/fill.ts'
import type { Strings } from '../../../i18n/strings.ts'
import type { TerminalId } from '../../worker/protocol.ts'
import { announce, h, store } from '../dom.ts'
import type { Connection } from './connection.ts'
import { LineKeys, ReverseSearch } from './line-keys.ts'
import type { Lab } from './part.ts'
import { Screen } from './screen.ts'

/** Keys that do nothing alone. */
const modifiers = new Set(['Control', 'Alt', 'Shift', 'Meta', 'AltGraph', 'CapsLock'])

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey'>

/** Where one types by touch. */
const byTouch = '(pointer: coarse)'

export class Terminal {
  readonly element: HTMLElement
  readonly screen: Screen
  readonly #id: TerminalId
  readonly #connection: Connection
  readonly #input: HTMLInputElement
  readonly #prompt: HTMLElement
  /** What Ctrl-R has found, behind what is typed for it. */
  readonly #found: HTMLElement
  readonly #scroller: HTMLElement
  readonly #keys = new LineKeys()
  #search: ReverseSearch | undefined
  /** The line that stood before Ctrl-R. */
  #before = ''
  readonly #draftKey: string
  #history: string[] = []
  #at = 0
  #draft = ''
  #busy = true
  #text = ''
  #queue: string[] = []
  #completion = 0
  /** What stood before and after the caret when completion was asked for. */
  #completed: [before: string, after: string] = ['', '']

  constructor(id: TerminalId, { data, connection, t }: Lab) {
    this.#id = id
    this.#connection = connection
    this.#draftKey = `lab:${data.lesson}:draft${id}`
    this.screen = new Screen(fill(t.terminalOutput, { n: id }))
    this.#prompt = h('span', { class: 'prompt', 'aria-hidden': 'true' })
    this.#input = h('input', {
      class: 'terminal-input',
      'aria-label': fill(t.terminalInput, { n: id }),
      autocapitalize: 'off',
      autocomplete: 'off',
      autocorrect: 'off',
      spellcheck: 'false',
      enterkeyhint: 'send',
    })
    this.#found = h('span', { class: 'found', role: 'status' })
    this.#input.value = store.get(this.#draftKey, 'sessionStorage') ?? ''
    this.#scroller = h(
      'div',
      { class: 'screen', tabindex: '0', role: 'region', 'aria-label': fill(t.terminal, { n: id }) },
      this.screen.element,
      h('div', { class: 'terminal-line' }, this.#prompt, this.#input, this.#found),
    )
    const tools = h(
      'div',
      { class: 'terminal-tools' },
      h('button', { type: 'button', title: t.interrupt, onclick: () => this.interrupt() }, 'Ctrl-C'),
      h(
        'button',
        {
          type: 'button',
          onclick: () => {
            this.screen.clear()
            this.focus()
          },
        },
        t.clear,
      ),
      h(
        'button',
        {
          type: 'button',
          onclick: () =>
            navigator.clipboard.writeText(this.screen.text).then(
              () => announce(t.copied, true),
              () => announce(t.copyFailed, true),
            ),
        },
        t.copyOutput,
      ),
    )
    this.element = h('div', { class: 'terminal' }, this.#scroller, tools)

    this.#input.addEventListener('keydown', event => this.#key(event))
    this.#input.addEventListener('input', () => {
      if (this.#search) this.#seek()
      else this.#keep()
    })
    this.#input.addEventListener('blur', () => this.#endSearch())
    this.#input.addEventListener('paste', event => {
      const text = event.clipboardData?.getData('text') ?? ''
      if (!/[\r\n]/.test(text)) return
      event.preventDefault()
      // Each finished line is typed, as in a terminal; the rest waits for Enter.
      const { value, selectionStart, selectionEnd } = this.#input
      const whole = value.slice(0, selectionStart ?? 0) + text + value.slice(selectionEnd ?? value.length)
      const lines = whole.split(/\r\n|\r|\n/)
      this.#input.value = lines.pop() ?? ''
      this.#keep()
      this.#queue.push(...lines)
      this.#drain()
    })
    if (matchMedia(byTouch).matches) void this.#addKeyRow(t).catch(() => {}) // one can type without
    this.#scroller.addEventListener('click', () => {
      if (!getSelection()?.toString()) this.#input.focus({ preventScroll: true })
    })
    this.#scroller.addEventListener('keydown', event => {
      if (
        event.target === this.#scroller &&
        event.ctrlKey &&
        event.key === 'c' &&
        !getSelection()?.toString()
      )
        this.interrupt()
    })
  }

  get busy(): boolean {
    return this.#busy
  }

  focus(): void {
    this.#input.focus({ preventScroll: true })
  }

  /** What came while nobody saw it is above; the end is what counts. */
  shown(): void {
    this.#scroller.scrollTop = this.#scroller.scrollHeight
  }

  write(text: string): void {
    const below = this.#scroller.scrollHeight - this.#scroller.scrollTop - this.#scroller.clientHeight < 80
    this.screen.write(text)
    if (below) this.#scroller.scrollTop = this.#scroller.scrollHeight
  }

  echo(prompt: string, text: string): void {
    this.screen.echo(prompt, text)
    if (prompt) this.#remember(text)
    this.#scroller.scrollTop = this.#scroller.scrollHeight
  }

  clear(): void {
    this.screen.clear()
  }

  /** Something beside the text, below what the last command printed. */
  note(element: HTMLElement): void {
    this.screen.note(element)
    this.#scroller.scrollTop = this.#scroller.scrollHeight
  }

  /** A line that the reader need only send. */
  put(line: string): void {
    this.#endSearch()
    this.#set(line)
    this.focus()
  }

  /** `silent`: what is typed is a password, and not to be seen. */
  setPrompt(prompt: string, busy: boolean, silent = false): void {
    this.#busy = busy
    this.#input.type = silent ? 'password' : 'text'
    this.#text = busy ? '' : prompt
    if (!this.#search) this.#prompt.textContent = this.#text
    this.element.toggleAttribute('data-busy', busy)
    this.#scroller.scrollTop = this.#scroller.scrollHeight
    this.#drain()
  }

  /** As if the reader typed it. */
  type(line: string): void {
    this.#queue.push(line)
    this.#drain()
  }

  complete(id: number, text: string, choices: readonly string[]): void {
    if (id !== this.#completion) return
    const [before, after] = this.#completed
    if (this.#input.value !== before + after) return // typed on in the meantime
    if (choices.length > 1 && text === before) {
      this.screen.echo(this.#text, this.#input.value)
      this.write(`${choices.join('  ')}\n`)
    }
    this.#input.value = text + after
    this.#input.setSelectionRange(text.length, text.length)
    this.#keep()
  }

  interrupt(): void {
    this.#queue = []
    this.#endSearch()
    this.#set('')
    this.#connection.send({ type: 'interrupt', terminal: this.#id })
  }

  /** A key of the row above a phone's keyboard. */
  #press(key: string, ctrlKey: boolean): void {
    const input = this.#input
    const event = { key, ctrlKey, altKey: false, metaKey: false, shiftKey: false }
    if (this.#searchKey(event) || this.#lineKey(event)) return
    const step = { ArrowLeft: -1, ArrowRight: 1 }[key]
    if (!step) return
    const caret = Math.min(input.value.length, Math.max(0, (input.selectionEnd ?? 0) + step))
    input.setSelectionRange(caret, caret)
  }

  async #addKeyRow(t: Strings): Promise<void> {
    const { keyRow } = await import('./key-row.ts')
    const input = this.#input
    const row = keyRow(t, {
      input,
      press: (key, ctrl) => this.#press(key, ctrl),
      insert(text) {
        input.setRangeText(text, input.selectionStart ?? 0, input.selectionEnd ?? 0, 'end')
        input.dispatchEvent(new Event('input'))
      },
    })
    this.element.append(row)
  }

  #drain(): void {
    if (this.#busy) return
    const line = this.#queue.shift()
    if (line === undefined) return
    this.#busy = true // until the worker says that it is idle again
    this.#connection.send({ type: 'input', terminal: this.#id, text: line })
  }

  /** Also commands of the lesson, and after a reload those that are replayed; each once, the latest last. */
  #remember(line: string): void {
    if (!line.trim()) return
    const resting = this.#at === this.#history.length
    this.#history = [...this.#history.filter(each => each !== line), line].slice(-500)
    if (resting) this.#at = this.#history.length
  }

  #send(): void {
    this.#endSearch()
    const line = this.#input.value
    if (!this.#busy) this.#remember(line)
    this.#input.value = ''
    this.#at = this.#history.length
    this.#keep()
    // A running program reads what is typed; else it is a command.
    if (this.#busy) this.#connection.send({ type: 'input', terminal: this.#id, text: line })
    else this.type(line)
  }

  #key(event: KeyboardEvent): void {
    // The Enter that ends a composition is its own; Safari tells of it after the end, by the old code alone.
    if (event.isComposing || event.keyCode === 229) return
    if (this.#searchKey(event) || this.#lineKey(event)) event.preventDefault()
  }

  #lineKey(event: Press): boolean {
    const { key, ctrlKey, altKey, metaKey, shiftKey } = event
    if (metaKey) return false
    const input = this.#input
    const combined = altKey !== ctrlKey
    const named = `${ctrlKey ? 'C' : 'M'}-${key.toLowerCase()}`
    const selected = input.selectionStart !== input.selectionEnd || !!getSelection()?.toString()
    if (key === 'Enter') this.#send()
    else if (key === 'ArrowUp' || (combined && named === 'C-p')) this.#recall(-1)
    else if (key === 'ArrowDown' || (combined && named === 'C-n')) this.#recall(1)
    else if (key === 'Tab' && !shiftKey && input.value.trim() && !this.#busy) this.#complete()
    else if (!combined || shiftKey) return false
    else if (named === 'C-c') {
      if (selected) return false // the browser copies it
      this.interrupt()
    } else if (named === 'C-d' && !input.value)
      this.#connection.send({ type: 'end-of-input', terminal: this.#id })
    else if (named === 'C-l') this.screen.clear()
    else if (named === 'C-r') this.#beginSearch()
    else {
      const edited = this.#keys.apply(named, {
        text: input.value,
        caret: input.selectionEnd ?? input.value.length,
      })
      if (!edited) return false
      this.#set(edited.text, edited.caret)
    }
    return true
  }

  #set(text: string, caret = text.length): void {
    this.#input.value = text
    this.#input.setSelectionRange(caret, caret)
    this.#keep()
  }

  /** An earlier line, or a later one. */
  #recall(step: 1 | -1): void {
    if (this.#at === this.#history.length) this.#draft = this.#input.value
    this.#at = Math.min(this.#history.length, Math.max(0, this.#at + step))
    this.#set(this.#history[this.#at] ?? this.#draft)
  }

  /** An empty line leaves Tab to the browser, so that the keyboard can always move on. */
  #complete(): void {
    const input = this.#input
    this.#completion++
    const caret = input.selectionStart ?? input.value.length
    this.#completed = [input.value.slice(0, caret), input.value.slice(caret)]
    const [text] = this.#completed
    this.#connection.send({ type: 'complete', id: this.#completion, terminal: this.#id, text })
  }

  // ---- Ctrl-R

  #beginSearch(): void {
    this.#before = this.#input.value
    this.#search = new ReverseSearch(this.#history)
    this.#input.value = ''
    this.element.toggleAttribute('data-searching', true)
    this.#showSearch()
  }

  #searchKey({ key, ctrlKey, altKey, metaKey }: Press): boolean {
    const search = this.#search
    if (!search || metaKey || modifiers.has(key)) return false
    const named = ctrlKey && !altKey ? `C-${key.toLowerCase()}` : key
    if (named === 'C-r') {
      search.older(this.#input.value)
      this.#showSearch()
    } else if (named === 'C-g' || named === 'C-c') this.#endSearch(this.#before)
    else if (named === 'Enter') {
      this.#endSearch()
      this.#send()
    } else if (named === 'Escape') this.#endSearch()
    else if (ctrlKey || altKey || /^(?:Arrow|Home|End|Tab)/.test(key)) {
      // Any other key takes what was found and does what it does there.
      this.#endSearch()
      return false
    } else return false
    return true
  }

  #seek(): void {
    this.#search?.search(this.#input.value)
    this.#showSearch()
  }

  #showSearch(): void {
    const { match = '', failed = false } = this.#search ?? {}
    this.#prompt.textContent = `(${failed ? 'failed ' : ''}reverse-i-search)\``
    this.#input.size = Math.max(1, this.#input.value.length)
    this.#found.textContent = `': ${match}`
  }

  /** Back to the line: with what was found, or with `text`. */
  #endSearch(text = this.#search?.match || this.#before): void {
    if (!this.#search) return
    this.#search = undefined
    this.element.toggleAttribute('data-searching', false)
    this.#prompt.textContent = this.#text
    this.#input.removeAttribute('size')
    this.#found.textContent = ''
    this.#set(text)
  }

  #keep(): void {
    const text = this.#input.type === 'password' ? '' : this.#input.value
    store.set(this.#draftKey, text || undefined, 'sessionStorage')
  }
}
