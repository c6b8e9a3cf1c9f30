// The lesson's files, to be changed, and the files that commands want edited (`vi`, `kubectl edit`): those wait until the
// editor is closed. A plain text area until it is first focused, then CodeMirror; problems are marked while typing, with
// the API server's words and a plain explanation. Text that was typed is kept across reloads.
import { fill } from '../../../i18n/fill.ts'
import type { EditorRow, Problem, TerminalId } from '../../worker/protocol.ts'
import { h, store } from '../dom.ts'
import type { CodeEditor, CodeEditorOptions } from './codemirror.ts'
import type { FileTabs } from './file-tabs.ts'
import { languageOf } from './language-of.ts'
import type { Lab, Part, Tab } from './part.ts'
import type { Writing } from './writing.ts'

type Diagnostics = readonly Problem[]

export interface EditorPart extends Part {
  readonly tabs: readonly Tab[]
  /** Opens one of the lesson's files. */
  open(file: string): void
  /** The files are others now (`lab.data.files`). */
  list(): void
  /** Brings a line of the open file to the caret. */
  reveal(line: number): void
  /** Saves a file with this text. */
  mend(file: string, text: string): void
}

export function editor(
  lab: Lab,
  /** The terminal in which a file can be applied now. */
  idleTerminal: () => TerminalId | undefined,
): EditorPart {
  const view = new Editor(lab, idleTerminal)
  return {
    tabs: [{ name: 'editor', title: lab.t.editor, element: view.element, focus: () => view.focus() }],
    open: file => view.open(file),
    list: () => view.list(),
    reveal: line => view.reveal(line),
    mend: (file, text) => view.mend(file, text),
  }
}

/** Languages beside YAML are loaded with the first file that is written in one. */
function language(file: string): ReturnType<CodeEditorOptions['language']> {
  const name = languageOf(file)
  return name && name !== 'yaml' ? import('./languages.ts').then(({ parsers }) => parsers[name]) : name
}

class Editor {
  readonly element: HTMLElement
  readonly #lab: Lab
  readonly #idleTerminal: () => TerminalId | undefined
  readonly #select: HTMLSelectElement
  readonly #waitingFor = h('p', { class: 'editor-waiting' })
  readonly #area: HTMLTextAreaElement
  readonly #host: HTMLElement
  readonly #status: HTMLElement
  readonly #problems: HTMLElement
  #file = ''
  /** The editor that a command waits for, while there is one. */
  #command: EditorRow | undefined
  #code: CodeEditor | undefined
  #loading = false
  #asked = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #writing: Promise<Writing> | undefined
  #tabs: FileTabs | undefined
  #waiting = new Map<number, (diagnostics: Diagnostics) => void>()

  constructor(lab: Lab, idleTerminal: () => TerminalId | undefined) {
    const { connection, data, t } = lab
    this.#lab = lab
    this.#idleTerminal = idleTerminal
    const names = Object.keys(data.files)
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
    const button = (text: string, run: () => void, attributes: Record<string, unknown> = {}) =>
      h('button', { type: 'button', onclick: run, ...attributes }, text)
    this.element = h(
      'div',
      { class: 'editor' },
      h(
        'div',
        { class: 'editor-tools for-files' },
        this.#select,
        button(t.editorSave, () => this.#save(true), { class: 'primary' }),
        button(t.editorSaveOnly, () => this.#save(false), { title: 'Ctrl-S' }),
        button(t.editorUndo, () => this.#restore()),
      ),
      h(
        'div',
        { class: 'editor-tools for-command' },
        this.#waitingFor,
        button(t.editorFinish, () => this.#close(true), { class: 'primary', 'data-editor': 'finish' }),
        button(t.editorCancel, () => this.#close(false), { 'data-editor': 'cancel' }),
      ),
      this.#host,
      h('div', { class: 'editor-foot' }, this.#status, this.#problems),
    )
    this.element.addEventListener('keydown', event => {
      if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey) || event.altKey) return
      event.preventDefault()
      this.#save(false)
    })
    connection.on('diagnostics', ({ id, diagnostics }) => {
      this.#waiting.get(id)?.(diagnostics)
      this.#waiting.delete(id)
      if (id === this.#asked) this.#list(diagnostics)
    })
    connection.on('edit', each => this.#serve(each.editor))
    // The file one was in; at first the one that the page shows first, and where it shows none the chapter's first.
    const shown = document.querySelector<HTMLElement>('[data-edit]')?.dataset.edit
    const first = [store.get(`edit:${data.lesson}`), shown].find(
      name => name && Object.hasOwn(data.files, name),
    )
    this.open(first ?? names[0] ?? '')
  }

  open(file: string): void {
    const { data } = this.#lab
    if (this.#command || !Object.hasOwn(data.files, file)) return
    const before = this.#file
    this.#file = file
    this.#select.value = file
    store.set(`edit:${data.lesson}`, file)
    this.#put(store.get(this.#key) ?? data.files[file] ?? '', file)
    if (this.#tabs) this.#tabs.show(file)
    else if (before && before !== file) void this.#showTabs(before)
  }

  reveal(line: number): void {
    if (this.#code) this.#code.reveal(line, 1)
    else {
      const at =
        this.#area.value
          .split('\n')
          .slice(0, line - 1)
          .join('\n').length + (line > 1 ? 1 : 0)
      this.#area.setSelectionRange(at, at)
      this.#area.focus() // which loads the better editor, and the caret stays
    }
  }

  mend(file: string, text: string): void {
    const { connection, data } = this.#lab
    connection.send({ type: 'write', file, text })
    if (!Object.hasOwn(data.files, file)) return
    store.set(`edit:${data.lesson}:${file}`, text === data.files[file] ? undefined : text)
    if (!this.#command && this.#file === file) this.open(file)
  }

  list(): void {
    const { data } = this.#lab
    const names = Object.keys(data.files).sort()
    this.#select.replaceChildren(...names.map(name => h('option', { value: name }, name)))
    if (this.#command) return
    if (!Object.hasOwn(data.files, this.#file)) {
      this.#file = ''
      if (names[0] === undefined) this.#put('', '')
      else this.open(names[0])
      return
    }
    this.#select.value = this.#file
    this.#tabs?.show(this.#file)
    // What was typed has been saved, or somebody else has changed the file.
    if (store.get(this.#key) === this.#original) store.set(this.#key, undefined)
    if (store.get(this.#key) === null && this.#text !== this.#original) this.open(this.#file)
  }

  focus(): void {
    if (this.#code) this.#code.focus()
    else this.#area.focus()
  }

  diagnose(text: string): Promise<Diagnostics> {
    this.#asked++
    const id = this.#asked
    if (languageOf(this.#command?.name ?? this.#file) !== 'yaml') {
      this.#list([])
      return Promise.resolve([])
    }
    return new Promise(resolve => {
      this.#waiting.set(id, resolve)
      this.#lab.connection.send({ type: 'diagnose', id, text })
    })
  }

  /** Where what is typed is kept until it is saved. */
  get #key(): string {
    const { lesson } = this.#lab.data
    return this.#command ? `edit:${lesson}:for ${this.#command.file}` : `edit:${lesson}:${this.#file}`
  }

  /** What stands in the file, as far as the page knows. */
  get #original(): string | undefined {
    return this.#command ? this.#command.text : this.#lab.data.files[this.#file]
  }

  get #text(): string {
    return this.#code?.text ?? this.#area.value
  }

  /** What is loaded when the editor is used: questions about the text, and the tabs of open files. */
  #written(): Promise<Writing> {
    this.#writing ??= import('./writing.ts').then(each =>
      each.writing(this.#lab, () => this.#command?.name ?? this.#file),
    )
    return this.#writing
  }

  /** `before`: the file that was open before there were tabs. */
  async #showTabs(before?: string): Promise<void> {
    const { tabs } = await this.#written()
    this.#tabs ??= tabs(this.#host, name => this.open(name), before)
    this.#tabs.show(this.#file)
  }

  #put(text: string, name: string): void {
    this.#area.value = text
    this.#area.setAttribute('aria-label', fill(this.#lab.t.editorLabel, { file: name }))
    this.#code?.open(text, this.#area.getAttribute('aria-label') ?? '', name)
    void this.diagnose(text)
  }

  // ---- the lesson's files

  #save(apply: boolean): void {
    const { connection, t } = this.#lab
    const terminal = apply ? this.#idleTerminal() : undefined
    const file = this.#command?.file ?? this.#file
    connection.send({ type: 'write', file, text: this.#text, ...(terminal && { apply: terminal }) })
    const name = this.#command?.name ?? file
    this.#status.textContent = fill(apply && !terminal ? t.editorBusy : t.editorSaved, { file: name })
    if (terminal) this.#lab.show(`terminal-${terminal}`, true)
  }

  #restore(): void {
    store.set(this.#key, undefined)
    this.open(this.#file)
  }

  // ---- a file that a command waits for

  #serve(command: EditorRow | undefined): void {
    if (command?.file === this.#command?.file && command?.text === this.#command?.text) return
    this.#command = command
    this.element.toggleAttribute('data-command', command !== undefined)
    if (!command) {
      this.open(this.#file)
      return
    }
    const { t } = this.#lab
    this.#waitingFor.textContent = fill(t.editorWaiting, { program: command.program, file: command.name })
    this.#put(store.get(this.#key) ?? command.text, command.name)
    this.#lab.show('editor', true)
  }

  /** Ends the command's editor, as `:wq` and `:q!` do. */
  #close(save: boolean): void {
    const command = this.#command
    if (!command) return
    const { connection, data } = this.#lab
    store.set(this.#key, undefined)
    const text = this.#text
    if (save && Object.hasOwn(data.files, command.name))
      store.set(`edit:${data.lesson}:${command.name}`, text === data.files[command.name] ? undefined : text)
    connection.send(
      save ? { type: 'edited', file: command.file, text } : { type: 'edited', file: command.file },
    )
    this.#lab.show('terminal-1', true)
  }

  #changed(text: string): void {
    store.set(this.#key, text === this.#original ? undefined : text)
    this.#area.value = text
    this.#status.textContent = ''
    this.#tabs?.mark()
    if (this.#code) return // it asks by itself
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.diagnose(text), 250)
  }

  async #upgrade(): Promise<void> {
    if (this.#code || this.#loading) return
    this.#loading = true
    try {
      const [{ CodeEditor }, writing] = await Promise.all([import('./codemirror.ts'), this.#written()])
      const caret = this.#area.selectionStart
      this.#code = new CodeEditor({
        text: this.#area.value,
        label: this.#area.getAttribute('aria-label') ?? '',
        file: this.#command?.name ?? this.#file,
        language,
        hint: this.#lab.t.editorLeave,
        writing,
        changed: text => this.#changed(text),
        diagnose: text => this.diagnose(text),
      })
      const hadFocus = document.activeElement === this.#area
      this.#area.hidden = true
      this.#host.append(this.#code.element)
      this.#status.before(this.#code.help)
      void this.#showTabs()
      if (hadFocus) this.#code.focus(caret)
    } catch {
      // Without the better editor the plain one goes on.
    } finally {
      this.#loading = false
    }
  }

  #list(diagnostics: Diagnostics): void {
    const { t } = this.#lab
    const name = this.#command?.name ?? this.#file
    this.#status.textContent = diagnostics.length
      ? fill(t.editorProblems, { n: diagnostics.length })
      : languageOf(name) === 'yaml' && this.#text.trim()
        ? t.editorClean
        : ''
    this.#status.dataset.tone = diagnostics.some(each => each.severity === 'error') ? 'bad' : 'good'
    void this.#draw(diagnostics)
  }

  async #draw(problems: Diagnostics): Promise<void> {
    const asked = this.#asked
    const text = this.#text
    if (!problems.length) return this.#problems.replaceChildren()
    const { rows } = await this.#written()
    if (asked === this.#asked) this.#problems.replaceChildren(...rows(problems, text, this.#code))
  }
}
