// CodeMirror in a shadow root: there it brings its styles as constructed sheets, which a strict content security policy
// allows. Loaded when an editor is first focused.
import { closeBrackets } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import {
  HighlightStyle,
  indentOnInput,
  StreamLanguage,
  type StreamParser,
  syntaxHighlighting,
} from '@codemirror/language'
import { linter, lintGutter, lintKeymap, type Diagnostic as Mark } from '@codemirror/lint'
import { Compartment, EditorState, Text } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view'
import { tags } from '@lezer/highlight'
import type { Fixing, Problem } from '../../worker/protocol.ts'
import { h, inlineCode } from '../dom.ts'
import { codeHelp, helpButtons } from './code-help.ts'
import type { Writing } from './writing.ts'

export interface CodeEditorOptions {
  readonly text: string
  readonly label: string
  /** Name of the file: how it is coloured. */
  readonly file: string
  /** In what a file is written; undefined: plain text. Asked of the panel, so that this chunk imports nothing of it. */
  readonly language: (file: string) => 'yaml' | Promise<StreamParser<unknown>> | undefined
  /** How the keyboard gets out. */
  readonly hint: string
  readonly writing: Writing
  readonly changed: (text: string) => void
  readonly diagnose: (text: string) => Promise<readonly Problem[]>
}

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName), tags.keyword], color: 'var(--code-key)' },
  { tag: [tags.string, tags.content], color: 'var(--code-string)' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: 'var(--code-number)' },
  { tag: tags.comment, color: 'var(--muted)', fontStyle: 'italic' },
  { tag: [tags.punctuation, tags.separator, tags.meta], color: 'var(--muted)' },
])

const theme = EditorView.theme({
  '&': { height: '100%', fontSize: '0.87rem', color: 'var(--ink)', backgroundColor: 'var(--card)' },
  '&.cm-focused': { outline: 'none' }, // the page draws the focus around the whole editor
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.6' },
  '.cm-gutters': { backgroundColor: 'var(--card)', color: 'var(--muted)', border: 'none' },
  '.cm-activeLine, .cm-activeLineGutter': {
    backgroundColor: 'color-mix(in srgb, var(--tide) 8%, transparent)',
  },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--tide-soft) !important',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--card)',
    border: '1px solid var(--line-strong)',
    borderRadius: '8px',
    maxWidth: '34rem',
    overflow: 'hidden',
  },
  '.problem code': { fontFamily: 'var(--mono)', fontSize: '0.93em' },
  '.problem > code': { fontWeight: '600' },
  '.cm-gutter-lint': { width: '1.1em' },
  '.cm-diagnostic': { padding: '0.4rem 0.7rem', fontFamily: 'var(--sans)', whiteSpace: 'pre-wrap' },
})

export class CodeEditor {
  readonly element: HTMLElement
  /** What can be asked at the caret. */
  readonly help: HTMLElement
  readonly #view: EditorView
  readonly #options: CodeEditorOptions
  readonly #language = new Compartment()
  /** By file. */
  readonly #states = new Map<string, EditorState>()
  #label: string
  #file: string

  constructor(options: CodeEditorOptions) {
    this.#options = options
    this.#label = options.label
    this.#file = options.file
    this.element = h('div', { class: 'editor-code' })
    const shadow = this.element.attachShadow({ mode: 'open' })
    this.#view = new EditorView({ state: this.#state(options.text), parent: shadow, root: shadow })
    this.help = helpButtons(this.#view, options.writing)
    void this.#colour()
  }

  get text(): string {
    return this.#view.state.doc.toString()
  }

  open(text: string, label: string, file: string): void {
    this.#states.set(this.#file, this.#view.state)
    this.#label = label
    this.#file = file
    // As it was left, with what can be undone, where nobody else has changed it.
    const left = this.#states.get(file)
    const same = left?.doc.eq(Text.of(text.split('\n')))
    this.#view.setState(left && same ? left : this.#state(text))
    if (!same) void this.#colour()
  }

  async #colour(): Promise<void> {
    const file = this.#file
    const language = this.#options.language(file)
    if (!language) return
    const extension = language === 'yaml' ? yaml() : StreamLanguage.define(await language)
    if (this.#file === file) this.#view.dispatch({ effects: this.#language.reconfigure(extension) })
  }

  focus(caret?: number): void {
    this.#view.focus()
    if (caret !== undefined)
      this.#view.dispatch({ selection: { anchor: Math.min(caret, this.#view.state.doc.length) } })
  }

  reveal(line: number, column: number): void {
    this.#view.dispatch({ selection: { anchor: this.#offset(line, column) }, scrollIntoView: true })
    this.#view.focus()
  }

  /** Mends the text as it was diagnosed. */
  apply({ edits }: Fixing): void {
    const changes = edits.map(({ line, column, endLine, endColumn, text }) => ({
      from: this.#offset(line, column),
      to: this.#offset(endLine, endColumn),
      insert: text,
    }))
    this.#view.dispatch({ changes, userEvent: 'input.fix' })
  }

  #offset(line: number, column: number): number {
    const { doc } = this.#view.state
    const at = doc.line(Math.min(Math.max(line, 1), doc.lines))
    return Math.min(at.from + Math.max(column - 1, 0), at.to)
  }

  #state(text: string): EditorState {
    const { changed, diagnose } = this.#options
    const marks = async (view: EditorView): Promise<Mark[]> => {
      const diagnostics = await diagnose(view.state.doc.toString())
      return diagnostics.map(each => {
        const from = this.#offset(each.line, each.column)
        const to = Math.max(from, this.#offset(each.endLine, each.endColumn))
        const { explanation } = each
        return {
          from,
          to: to === from ? Math.min(from + 1, view.state.doc.length) : to,
          severity: each.severity,
          actions: each.fixes.map(fix => ({
            name: this.#options.writing.fix(fix),
            apply: () => this.apply(fix),
          })),
          message: explanation ? `${each.message}\n${explanation}` : each.message,
          renderMessage: () =>
            h(
              'div',
              { class: 'problem' },
              h('code', {}, each.message),
              explanation && h('div', {}, ...inlineCode(explanation)),
            ),
        }
      })
    }
    return EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        history(),
        drawSelection(),
        indentOnInput(),
        closeBrackets(),
        codeHelp(this.#options.writing),
        this.#language.of([]),
        syntaxHighlighting(colours),
        theme,
        lintGutter(),
        linter(marks, { delay: 250 }),
        // Escape, then Tab leaves the editor: CodeMirror's own way out for the keyboard.
        keymap.of([...defaultKeymap, ...historyKeymap, ...lintKeymap, indentWithTab]),
        EditorView.contentAttributes.of({
          'aria-label': this.#label,
          'aria-description': this.#options.hint,
          tabindex: '0',
        }),
        EditorView.updateListener.of(update => {
          if (update.docChanged) changed(update.state.doc.toString())
        }),
      ],
    })
  }
}
