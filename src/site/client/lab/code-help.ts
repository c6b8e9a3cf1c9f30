// Completion and the documentation of fields in CodeMirror: while one types, by hovering, and by keys. On a touch screen
// nothing opens by itself.
import { autocompletion, type Completion as Option, startCompletion } from '@codemirror/autocomplete'
import { type Extension, StateEffect, StateField } from '@codemirror/state'
import { EditorView, hoverTooltip, keymap, type Panel, showPanel } from '@codemirror/view'
import { fill } from '../../../i18n/fill.ts'
import type { Completion, FieldAbout } from '../../worker/protocol.ts'
import { h } from '../dom.ts'
import type { Writing } from './writing.ts'

type Candidate = Completion['candidates'][number]

interface Ordered extends Option {
  readonly order: number
}

const symbols = { key: 'property', value: 'enum', reference: 'variable' } as const

/** Behind these something is proposed without being asked for. */
const begun = /[\w/.]$|[^\s:]: $|^\s*- $/

const touches = (): boolean => matchMedia('(pointer: coarse)').matches

function option(
  { words }: Writing,
  { label, insert, sort, type, required, text, origin }: Candidate,
  order: number,
): Ordered {
  const where = origin === undefined ? words.ofText : origin || words.ofCluster
  const detail = sort === 'reference' ? where : [type, required && words.required].filter(Boolean).join(' · ')
  return {
    label,
    apply: insert,
    type: symbols[sort],
    detail,
    order,
    ...(text && !touches() && { info: () => h('p', { lang: 'en' }, text) }),
  }
}

const completion = (writing: Writing): Extension =>
  autocompletion({
    activateOnTyping: !touches(),
    // Where a value comes next, it is proposed at once.
    activateOnCompletion: ({ apply }) => typeof apply === 'string' && apply.endsWith(': ') && !touches(),
    icons: false,
    compareCompletions: (a, b) => (a as Ordered).order - (b as Ordered).order,
    override: [
      async context => {
        const { state, pos, explicit } = context
        const line = state.doc.lineAt(pos)
        if (!explicit && !begun.test(line.text.slice(0, pos - line.from))) return null
        const found = await writing.propose(state.doc.toString(), pos)
        if (!found || context.aborted) return null
        const options = found.candidates.map((each, order) => option(writing, each, order))
        return { from: found.from, to: found.to, options, validFor: /^[\w./-]*$/ }
      },
    ],
  })

function about(
  { words }: Writing,
  { field, type, required, values, default: value, text }: FieldAbout,
): HTMLElement {
  return h(
    'div',
    { class: 'field-about' },
    h('p', {}, h('code', {}, field), ` <${type}>`, required && ` · ${words.required}`),
    values.length > 0 && h('p', {}, fill(words.values, { values: values.join(', ') })),
    value !== undefined && h('p', {}, fill(words.default, { value: String(value) })),
    text !== '' && h('p', { lang: 'en' }, text),
  )
}

const hovering = (writing: Writing): Extension =>
  hoverTooltip(
    async (view, pos) => {
      const found = await writing.describe(view.state.doc.toString(), pos)
      return found
        ? { pos: found.from, end: found.to, above: true, create: () => ({ dom: about(writing, found) }) }
        : null
    },
    { hoverTime: 400, hideOnChange: true },
  )

const shows = StateEffect.define<HTMLElement | undefined>()

/** What was asked for by key or button: below the text, until it is closed or the text is changed. */
const shown = StateField.define<HTMLElement | undefined>({
  create: () => undefined,
  update(now, { effects, docChanged }) {
    for (const each of effects) if (each.is(shows)) return each.value
    return docChanged ? undefined : now
  },
  provide: field => showPanel.from(field, dom => (dom ? (): Panel => ({ dom }) : null)),
})

function hide(view: EditorView): boolean {
  if (!view.state.field(shown, false)) return false
  view.dispatch({ effects: shows.of(undefined) })
  view.focus()
  return true
}

/** Asked once more, the focus goes there: what is long can be scrolled. */
function describe(view: EditorView, writing: Writing): boolean {
  const there = view.state.field(shown, false)
  if (there) {
    there.focus()
    return true
  }
  const { doc, selection } = view.state
  void writing.describe(doc.toString(), selection.main.head).then(found => {
    if (view.state.doc !== doc) return
    const dom = h(
      'section',
      { class: 'field-panel', tabindex: '0', role: 'status', 'aria-label': writing.words.describe },
      found ? about(writing, found) : h('p', {}, writing.words.nothing),
      h('button', { type: 'button', 'aria-label': writing.words.close, onclick: () => hide(view) }, '×'),
    )
    dom.addEventListener('keydown', event => {
      if (event.key === 'Escape') hide(view)
    })
    view.dispatch({ effects: [shows.of(dom), EditorView.scrollIntoView(view.state.selection.main)] })
  })
  return true
}

/** The two things that can be asked at the caret, as buttons: a touch screen has no other way. */
export function helpButtons(view: EditorView, writing: Writing): HTMLElement {
  const { words } = writing
  const button = (text: string, keys: string, run: () => void) =>
    h('button', { type: 'button', title: keys, onclick: run }, text)
  return h(
    'div',
    { class: 'editor-help' },
    button(words.propose, words.proposeKeys, () => {
      view.focus()
      startCompletion(view)
    }),
    button(words.describe, words.describeKeys, () => {
      view.focus()
      hide(view)
      describe(view, writing)
    }),
  )
}

const theme = EditorView.theme({
  '.cm-tooltip.cm-tooltip-autocomplete': { overflow: 'visible' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    borderRadius: '8px',
    fontFamily: 'var(--mono)',
    maxHeight: '14em',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '0.1rem 0.6rem' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--tide-soft)',
    color: 'var(--ink)',
  },
  '.cm-completionDetail': { fontStyle: 'normal', color: 'var(--muted)', fontFamily: 'var(--sans)' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-completionInfo': { padding: '0.4rem 0.7rem', fontFamily: 'var(--sans)', maxWidth: '22rem' },
  '.cm-completionInfo p, .field-about p': { margin: '0.15rem 0' },
  '.field-about': { padding: '0.4rem 0.7rem', fontFamily: 'var(--sans)', whiteSpace: 'pre-wrap' },
  '.field-about code': { fontFamily: 'var(--mono)', fontWeight: '600' },
  '.cm-panels': { backgroundColor: 'var(--sunken)', color: 'var(--ink)', borderColor: 'var(--line)' },
  '.field-panel': {
    display: 'flex',
    alignItems: 'start',
    maxHeight: '9.5rem',
    overflow: 'auto',
    fontSize: '0.95em',
  },
  '.field-panel > :first-child': { flex: '1' },
  '.field-panel > p': { margin: '0', padding: '0.4rem 0.7rem', fontFamily: 'var(--sans)' },
  '.field-panel > button': {
    minWidth: '2.2rem',
    minHeight: '2.2rem',
    border: '0',
    background: 'none',
    color: 'inherit',
    font: 'inherit',
    cursor: 'pointer',
  },
  '@media (pointer: coarse)': {
    '.cm-tooltip.cm-tooltip-autocomplete > ul': { maxHeight: '9em' },
    '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '0.6rem', minHeight: '44px' },
    '.field-panel': { maxHeight: '5rem' },
    '.field-panel > button': { minWidth: '44px', minHeight: '44px' },
  },
})

/** The list scrolls: whoever walks by keys without the arrows may stop there too. */
const listStop = EditorView.updateListener.of(({ view }) =>
  view.dom.querySelector('.cm-tooltip.cm-tooltip-autocomplete > ul')?.setAttribute('tabindex', '0'),
)

export const codeHelp = (writing: Writing): Extension => [
  completion(writing),
  listStop,
  hovering(writing),
  shown,
  theme,
  keymap.of([
    { key: 'F1', run: view => describe(view, writing), preventDefault: true },
    { key: 'Mod-k Mod-i', run: view => describe(view, writing) },
    { key: 'Escape', run: hide },
  ]),
]
