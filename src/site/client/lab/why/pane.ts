// Question, answer, way out, proof, in this order: one sentence, one command, then the links from the symptom to the
// cause, each with its objects and the command that shows it. What comes from the world is text, never markup.
import { fill } from '../../../../i18n/fill.ts'
import type { WhyWords } from '../../../../i18n/lab/why.en.ts'
import style from '../../../styles/lab/why.css?url'
import type { WhyAnswer } from '../../../worker/protocol.ts'
import { h, loadStyle } from '../../dom.ts'
import type { Lab, Pane } from '../part.ts'

export interface WhyPane extends Pane {
  ask(about: string): void
}

interface Ways {
  /** Into the terminal, not run. */
  put(line: string): void
  /** A file of the reader at a line. */
  open(file: string, line: number): void
}

type Cause = WhyAnswer['causes'][number]
type Link = Cause['links'][number]
type Ref = Link['objects'][number]

/** Only one of them is needed. */
const words = {
  zh: () => import('../../../../i18n/lab/why.zh.ts').then(({ zh }) => zh),
  en: () => import('../../../../i18n/lab/why.en.ts').then(({ en }) => en),
}

export async function whyPane(lab: Lab, ways: Ways): Promise<WhyPane> {
  const [w] = await Promise.all([words[lab.language](), loadStyle(style)])
  const body = h('div', { class: 'why-body' })
  const element = h(
    'div',
    { class: 'why-pane', tabindex: '0', role: 'region', 'aria-label': lab.t.why },
    body,
  )
  let asked = ''
  const ask = (about: string) => {
    asked = about
    element.scrollTop = 0
    lab.connection.send({ type: 'why', about })
  }
  lab.connection.on('why', ({ about, answers }) => {
    if (about !== asked) return
    const kept = keptOpen(body)
    body.replaceChildren(...page(answers))
    reopen(body, kept)
  })
  // A new worker does not know yet what was asked.
  lab.connection.on('ready', () => lab.connection.send({ type: 'why', about: asked }))
  lab.connection.open(`why-${lab.language}`)
  lab.connection.send({ type: 'why', about: asked })

  function page(answers: readonly WhyAnswer[]): Node[] {
    const nodes: Node[] = []
    if (asked !== '')
      nodes.push(h('button', { type: 'button', class: 'link why-all', onclick: () => ask('') }, w.back))
    const [first, ...others] = answers
    if (!first) return [...nodes, h('p', { class: 'answer' }, w.nothing)]
    nodes.push(h('section', {}, h('h3', {}, ...question(first, w)), ...answer(first)))
    if (others.length) nodes.push(h('h4', {}, w.others))
    for (const each of others)
      nodes.push(
        h('details', { 'data-key': each.name }, h('summary', {}, ...question(each, w)), ...answer(each)),
      )
    return nodes
  }

  function answer({ state, about, normal, odd, causes }: WhyAnswer): Node[] {
    const card = about ? [h('p', { class: 'proof' }, object(about))] : []
    if (state === 'normal') return [h('p', { class: 'answer' }, ...sentence(normal ?? [])), ...card]
    if (state === 'unknown')
      return [
        h('p', { class: 'answer' }, w.unknown),
        ...card,
        h('ul', { class: 'odd' }, ...odd.map(each => h('li', {}, h('code', {}, each)))),
      ]
    return causes.flatMap((each, index) => [
      ...(index ? [h('h4', { class: 'also' }, w.alsoCause)] : []),
      ...cause(each),
    ])
  }

  function cause({ says, cure, command: line, back, follows, links }: Cause): Node[] {
    return [
      h('p', { class: 'answer' }, ...sentence(says)),
      h(
        'div',
        { class: 'cure' },
        ...(back === undefined ? [] : [h('b', {}, w.goBack), ...command(back)]),
        h('b', {}, w.cure),
        h('span', { class: 'cure-text' }, ...sentence(cure)),
        ...(line === undefined ? [] : command(line)),
      ),
      ...(follows ? [h('p', { class: 'follows' }, ...sentence(follows))] : []),
      h('h4', {}, w.proof),
      h('ol', { class: 'chain' }, ...links.map((each, index) => link(each, index === links.length - 1))),
    ]
  }

  const command = (line: string) => [
    h('code', {}, line),
    h('button', { type: 'button', class: 'put', onclick: () => ways.put(line) }, w.put),
  ]

  function link({ says, shown, objects, field, place, missing }: Link, isCause: boolean): HTMLElement {
    return h(
      'li',
      { class: isCause ? 'root' : undefined },
      h('p', { class: 'says' }, isCause && h('b', {}, w.cause), ...sentence(says)),
      h(
        'p',
        { class: 'proof' },
        ...objects.slice(0, 4).map(object),
        h('code', { class: 'shown' }, shown),
        h(
          'button',
          {
            type: 'button',
            class: 'link',
            'aria-label': `${w.put}: ${shown}`,
            onclick: () => ways.put(shown),
          },
          w.put,
        ),
        place &&
          h(
            'button',
            {
              type: 'button',
              class: 'ref place',
              title: w.openFile,
              onclick: () => ways.open(place.file, place.line),
            },
            `${place.file}:${place.line}`,
          ),
        field && h('code', { class: 'field' }, field.path),
        missing !== undefined &&
          h('span', { class: 'missing' }, ...marked(fill(w.missing, { name: missing }))),
      ),
    )
  }

  const object = (ref: Ref) =>
    h(
      'button',
      { type: 'button', class: 'ref', onclick: () => lab.inspect(referenceOf(ref)) },
      `${ref.kind.toLowerCase()} ${ref.name}`,
    )

  return { ask, element, focus: () => element.focus({ preventScroll: true }) }
}

const referenceOf = ({ kind, namespace, name }: Ref): string =>
  [kind.toLowerCase(), ...(namespace ? [namespace] : []), name].join('/')

function question({ asked, name, row }: WhyAnswer, w: WhyWords): (Node | string)[] {
  if (asked === 'request') return marked(name ? fill(w.whyRequest, { name }) : w.whyOwnRequest)
  if (asked === 'refusal') return marked(name ? fill(w.whyRefusedOf, { name }) : w.whyRefused)
  return marked(row ? fill(w.whyObject, { name, state: row }) : fill(w.whyName, { name }))
}

/** A sentence comes in pieces of which every second one is code. */
const sentence = (pieces: readonly string[]): (Node | string)[] =>
  pieces.map((piece, index) => (index % 2 ? h('code', {}, piece) : piece))

/** The page's own words, with names between backticks: names of the API have none in them. */
const marked = (text: string): (Node | string)[] => sentence(text.split('`'))

// ---- what the reader has opened and where the keyboard is stay, when the answer is drawn anew

interface Kept {
  readonly open: ReadonlySet<string>
  /** The place of the focused button among all. */
  readonly focused: number
}

const buttonsOf = (body: HTMLElement): HTMLElement[] => [
  ...body.querySelectorAll<HTMLElement>('button, summary'),
]

function keptOpen(body: HTMLElement): Kept {
  const open = [...body.querySelectorAll<HTMLDetailsElement>('details[open]')].map(
    each => each.dataset.key ?? '',
  )
  return { open: new Set(open), focused: buttonsOf(body).indexOf(document.activeElement as HTMLElement) }
}

function reopen(body: HTMLElement, { open, focused }: Kept): void {
  for (const each of body.querySelectorAll<HTMLDetailsElement>('details'))
    each.open = open.has(each.dataset.key ?? '')
  if (focused >= 0) buttonsOf(body)[focused]?.focus({ preventScroll: true })
}
