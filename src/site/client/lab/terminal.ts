// One terminal: a screen and a native input line, so that input methods, screen readers and phones work as they do
// everywhere. History, Tab completion, Ctrl-C, Ctrl-D, Ctrl-L as in a shell.
import { fill, type Strings } from '../../../i18n/strings.ts'
import type { TerminalId } from '../../worker/protocol.ts'
import { announce, h, store } from '../dom.ts'
import type { Connection } from './connection.ts'
import { Screen } from './screen.ts'

export class Terminal {
  readonly element: HTMLElement
  readonly screen: Screen
  readonly #id: TerminalId
  readonly #connection: Connection
  readonly #input: HTMLInputElement
  readonly #prompt: HTMLElement
  readonly #scroller: HTMLElement
  readonly #draftKey: string
  #history: string[] = []
  #at = 0
  #draft = ''
  #busy = true
  #queue: string[] = []
  #completion = 0
  /** What stood before and after the caret when completion was asked for. */
  #completed: [before: string, after: string] = ['', '']

  constructor(id: TerminalId, lesson: string, connection: Connection, t: Strings) {
    this.#id = id
    this.#connection = connection
    this.#draftKey = `lab:${lesson}:draft${id}`
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
    this.#input.value = store.get(this.#draftKey, 'sessionStorage') ?? ''
    this.#scroller = h(
      'div',
      { class: 'screen', tabindex: '0', role: 'region', 'aria-label': fill(t.terminal, { n: id }) },
      this.screen.element,
      h('div', { class: 'terminal-line' }, this.#prompt, this.#input),
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
    this.#input.addEventListener('input', () => this.#keep())
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

  setPrompt(prompt: string, busy: boolean): void {
    this.#busy = busy
    this.#prompt.textContent = busy ? '' : prompt
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
      this.screen.echo(this.#prompt.textContent, this.#input.value)
      this.write(`${choices.join('  ')}\n`)
    }
    this.#input.value = text + after
    this.#input.setSelectionRange(text.length, text.length)
    this.#keep()
  }

  interrupt(): void {
    this.#queue = []
    this.#input.value = ''
    this.#keep()
    this.#connection.send({ type: 'interrupt', terminal: this.#id })
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
    if (event.isComposing) return
    const { key, ctrlKey } = event
    const input = this.#input
    if (key === 'Enter') this.#send()
    else if (key === 'ArrowUp' || key === 'ArrowDown') {
      if (this.#at === this.#history.length) this.#draft = input.value
      const at = Math.min(this.#history.length, Math.max(0, this.#at + (key === 'ArrowUp' ? -1 : 1)))
      this.#at = at
      input.value = this.#history[at] ?? this.#draft
      input.setSelectionRange(input.value.length, input.value.length)
    } else if (key === 'Tab' && !event.shiftKey && input.value.trim() && !this.#busy) {
      // An empty line leaves Tab to the browser, so that the keyboard can always move on.
      this.#completion++
      const caret = input.selectionStart ?? input.value.length
      this.#completed = [input.value.slice(0, caret), input.value.slice(caret)]
      const [text] = this.#completed
      this.#connection.send({ type: 'complete', id: this.#completion, terminal: this.#id, text })
    } else if (
      ctrlKey &&
      key === 'c' &&
      input.selectionStart === input.selectionEnd &&
      !getSelection()?.toString()
    )
      this.interrupt()
    else if (ctrlKey && key === 'd' && !input.value)
      this.#connection.send({ type: 'end-of-input', terminal: this.#id })
    else if (ctrlKey && key === 'l') this.screen.clear()
    else if (ctrlKey && key === 'u') {
      input.value = input.value.slice(input.selectionStart ?? 0)
      input.setSelectionRange(0, 0)
    } else return
    event.preventDefault()
  }

  #keep(): void {
    store.set(this.#draftKey, this.#input.value || undefined, 'sessionStorage')
  }
}
