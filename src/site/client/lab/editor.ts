// The lesson's files, to be changed. A plain text area until it is first focused, then CodeMirror; problems are marked
// while typing, with the API server's words and a plain explanation. Text that was typed is kept across reloads.
import { fill, type Strings } from '../../../i18n/strings.ts'
import type { Problem, TerminalId } from '../../worker/protocol.ts'
import { h, inlineCode, store } from '../dom.ts'
import type { CodeEditor } from './codemirror.ts'
import type { Connection } from './connection.ts'

type Diagnostics = readonly Problem[]

export class Editor {
  readonly element: HTMLElement
  readonly #lesson: string
  readonly #connection: Connection
  readonly #t: Strings
  readonly #files: Readonly<Record<string, string>>
  readonly #select: HTMLSelectElement
  readonly #area: HTMLTextAreaElement
  readonly #host: HTMLElement
  readonly #status: HTMLElement
  readonly #problems: HTMLElement
  #file = ''
  #code: CodeEditor | undefined
  #loading = false
  #asked = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #waiting = new Map<number, (diagnostics: Diagnostics) => void>()

  constructor(
    lesson: string,
    files: Readonly<Record<string, string>>,
    connection: Connection,
    t: Strings,
    /** The terminal in which a file can be applied now. */
    idleTerminal: () => TerminalId | undefined,
    applied: (terminal: TerminalId) => void,
  ) {
    this.#lesson = lesson
    this.#files = files
    this.#connection = connection
    this.#t = t
    const names = Object.keys(files)
    this.#select = h(
      'select',
      { 'aria-label': t.editorFile },
      ...names.map(name => h('option', { value: name }, name)),
    )
    this.#select.addEventListener('change', () => this.open(this.#select.value))
    this.#area = h('textarea', {
      class: 'editor-area',
      spellcheck: 'false',
      autocapitalize: 'off',
      wrap: 'off',
    })
    this.#area.addEventListener('focus', () => void this.#upgrade())
    this.#area.addEventListener('input', () => this.#changed(this.#area.value))
    this.#host = h('div', { class: 'editor-host' }, this.#area)
    this.#status = h('p', { class: 'editor-status', role: 'status' })
    this.#problems = h('ol', { class: 'problems' })
    const save = (apply: boolean) => {
      const terminal = apply ? idleTerminal() : undefined
      connection.send({
        type: 'write',
        file: this.#file,
        text: this.#text,
        ...(terminal && { apply: terminal }),
      })
      this.#status.textContent = fill(apply && !terminal ? t.editorBusy : t.editorSaved, { file: this.#file })
      if (terminal) applied(terminal)
    }
    this.element = h(
      'div',
      { class: 'editor' },
      h(
        'div',
        { class: 'editor-tools' },
        this.#select,
        h('button', { type: 'button', class: 'primary', onclick: () => save(true) }, t.editorSave),
        h('button', { type: 'button', onclick: () => save(false) }, t.editorSaveOnly),
        h('button', { type: 'button', onclick: () => this.#restore() }, t.editorUndo),
      ),
      this.#host,
      h('div', { class: 'editor-foot' }, this.#status, this.#problems),
    )
    connection.on('diagnostics', ({ id, diagnostics }) => {
      this.#waiting.get(id)?.(diagnostics)
      this.#waiting.delete(id)
      if (id === this.#asked) this.#list(diagnostics)
    })
    const last = store.get(`edit:${lesson}`) ?? ''
    this.open(last in files ? last : (names[0] ?? ''))
  }

  open(file: string): void {
    if (!(file in this.#files)) return
    this.#file = file
    this.#select.value = file
    store.set(`edit:${this.#lesson}`, file)
    const text = store.get(this.#key) ?? this.#files[file] ?? ''
    this.#area.value = text
    this.#area.setAttribute('aria-label', fill(this.#t.editorLabel, { file }))
    this.#code?.open(text, this.#area.getAttribute('aria-label') ?? '')
    void this.diagnose(text)
  }

  focus(): void {
    if (this.#code) this.#code.focus()
    else this.#area.focus()
  }

  diagnose(text: string): Promise<Diagnostics> {
    this.#asked++
    const id = this.#asked
    return new Promise(resolve => {
      this.#waiting.set(id, resolve)
      this.#connection.send({ type: 'diagnose', id, text })
    })
  }

  get #key(): string {
    return `edit:${this.#lesson}:${this.#file}`
  }

  get #text(): string {
    return this.#code?.text ?? this.#area.value
  }

  #changed(text: string): void {
    store.set(this.#key, text === this.#files[this.#file] ? undefined : text)
    this.#area.value = text
    this.#status.textContent = ''
    if (this.#code) return // it asks by itself
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.diagnose(text), 250)
  }

  #restore(): void {
    store.set(this.#key, undefined)
    this.open(this.#file)
  }

  async #upgrade(): Promise<void> {
    if (this.#code || this.#loading) return
    this.#loading = true
    try {
      const { CodeEditor } = await import('./codemirror.ts')
      const caret = this.#area.selectionStart
      this.#code = new CodeEditor({
        text: this.#area.value,
        label: this.#area.getAttribute('aria-label') ?? '',
        hint: this.#t.editorLeave,
        changed: text => this.#changed(text),
        diagnose: text => this.diagnose(text),
      })
      const hadFocus = document.activeElement === this.#area
      this.#area.hidden = true
      this.#host.append(this.#code.element)
      if (hadFocus) this.#code.focus(caret)
    } catch {
      // Without the better editor the plain one goes on.
    } finally {
      this.#loading = false
    }
  }

  #list(diagnostics: Diagnostics): void {
    const t = this.#t
    this.#status.textContent = diagnostics.length
      ? fill(t.editorProblems, { n: diagnostics.length })
      : /\.ya?ml$|\.json$/.test(this.#file) && this.#text.trim()
        ? t.editorClean
        : ''
    this.#status.dataset.tone = diagnostics.some(each => each.severity === 'error') ? 'bad' : 'good'
    this.#problems.replaceChildren(
      ...diagnostics
        .slice(0, 20)
        .map(each =>
          h(
            'li',
            { class: each.severity },
            h(
              'button',
              { type: 'button', onclick: () => this.#code?.reveal(each.line, each.column) },
              `${each.line}:${each.column}`,
            ),
            h(
              'span',
              {},
              h('code', {}, each.message),
              each.explanation &&
                h('span', { class: 'problem-explanation' }, ...inlineCode(each.explanation)),
            ),
          ),
        ),
    )
  }
}
