// What has changed in one object: its YAML with − and +, who owns each line, and below it who wrote what in which order.
// Since the last command, or between two moments. Loaded when it is first opened.
import { fill } from '../../../../i18n/fill.ts'
import style from '../../../styles/lab/changes.css?url'
import type { FromWorker, Ring } from '../../../worker/protocol.ts'
import { clockText } from '../../clock-text.ts'
import { h, loadStyle } from '../../dom.ts'
import type { Lab } from '../part.ts'
import type { HistoryWords } from './sentences.ts'

type Changes = Extract<FromWorker, { type: 'changes' }>

const words = {
  zh: () => import('../../../../i18n/lab/history.zh.ts').then(each => each.historyZh),
  en: () => import('../../../../i18n/lab/history.en.ts').then(each => each.historyEn),
}
/** Unchanged lines that stay in sight around a change. */
const around = 2
/** While the object changes, the view follows no more often than this, in ms. */
const followMs = 500

export async function changesPane(lab: Lab): Promise<ChangesPane> {
  const [w] = await Promise.all([words[lab.language](), loadStyle(style)])
  return new ChangesPane(lab, w)
}

export class ChangesPane {
  readonly element = h('div', { class: 'changes' })
  readonly #lab: Lab
  readonly #w: HistoryWords
  readonly #result = h('div')
  readonly #from: HTMLSelectElement
  readonly #to: HTMLSelectElement
  readonly #moments: HTMLElement
  #object = ''
  #between = false
  #isWhole = false
  #latest: Changes | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #rings: readonly Ring[] = []

  constructor(lab: Lab, w: HistoryWords) {
    this.#lab = lab
    this.#w = w
    const ask = () => this.#ask()
    this.#from = h('select', { 'aria-label': w.fromMoment, onchange: ask })
    this.#to = h('select', { 'aria-label': w.toMoment, onchange: ask })
    this.#moments = h('span', { class: 'moments', hidden: true }, this.#from, ' → ', this.#to)
    const choice = (text: string, isPressed: () => boolean, press: () => void) => {
      const button = h(
        'button',
        {
          type: 'button',
          onclick: () => {
            press()
            mark()
          },
        },
        text,
      )
      pressed.set(button, isPressed)
      return button
    }
    const pressed = new Map<HTMLElement, () => boolean>()
    const mark = () => {
      for (const [button, is] of pressed) button.setAttribute('aria-pressed', String(is()))
    }
    const choices = [
      choice(
        w.since,
        () => !this.#between,
        () => {
          this.#between = false
          this.#moments.hidden = true
          this.#ask()
        },
      ),
      choice(
        w.between,
        () => this.#between,
        () => {
          this.#between = true
          this.#moments.hidden = false
          this.#ask()
        },
      ),
      choice(
        w.wholeYaml,
        () => this.#isWhole,
        () => {
          this.#isWhole = !this.#isWhole
          this.#draw()
        },
      ),
    ]
    mark()
    this.element.append(h('div', { class: 'filters' }, ...choices, this.#moments), this.#result)
    lab.connection.on('changes', message => {
      if (message.object !== this.#object) return
      this.#latest = message
      this.#draw()
    })
    lab.connection.on('track', ({ rings }) => {
      this.#rings = rings
      this.#offer()
    })
    lab.connection.on('details', ({ details }) => {
      if (details.object !== this.#object || this.#timer !== undefined || !this.element.offsetParent) return
      this.#timer = setTimeout(() => {
        this.#timer = undefined
        this.#ask()
      }, followMs)
    })
    // The line of time is told anew to who has just come.
    lab.connection.open('time')
  }

  open(object: string): void {
    this.#object = object
    this.#latest = undefined
    this.#result.replaceChildren()
    this.#ask()
  }

  #offer(): void {
    const option = (value: string, text: string, selected: boolean) => h('option', { value, selected }, text)
    const rings = this.#rings.map(
      each => [String(each.at), `${clockText(each.at)} ${each.number} ${each.text.slice(0, 30)}`] as const,
    )
    const { value: from } = this.#from
    const { value: to } = this.#to
    this.#from.replaceChildren(
      option('0', '00:00', from === ''),
      ...rings.map(([value, text]) => option(value, text, value === from)),
    )
    this.#to.replaceChildren(
      ...rings.map(([value, text]) => option(value, text, value === to)),
      option('', this.#w.now, to === ''),
    )
  }

  #ask(): void {
    if (!this.#object) return
    const from = this.#between ? { from: Number(this.#from.value) } : {}
    const to = this.#between && this.#to.value ? { to: Number(this.#to.value) } : {}
    this.#lab.connection.send({ type: 'changes', object: this.#object, ...from, ...to })
  }

  #draw(): void {
    const latest = this.#latest
    if (!latest) return
    const w = this.#w
    const isChanged = latest.lines.some(each => each.sign !== ' ')
    if (!latest.found) {
      this.#result.replaceChildren(h('p', { class: 'muted' }, w.notThen))
      return
    }
    this.#result.replaceChildren(
      ...(isChanged ? [] : [h('p', { class: 'muted' }, w.noChange)]),
      ...(isChanged || this.#isWhole ? [this.#yaml(latest)] : []),
      ...(latest.writes.length ? [h('h4', {}, w.who), this.#writes(latest)] : []),
    )
  }

  #yaml({ lines }: Changes): HTMLElement {
    const near = lines.map(
      (_, index) =>
        this.#isWhole ||
        lines.slice(Math.max(0, index - around), index + around + 1).some(each => each.sign !== ' '),
    )
    const rows: HTMLElement[] = []
    for (let i = 0; i < lines.length; i++) {
      if (near[i]) {
        rows.push(this.#line(lines[i]!))
        continue
      }
      let end = i
      while (end < lines.length && !near[end]) end++
      rows.push(h('div', { class: 'fold' }, fill(this.#w.unchanged, { n: end - i })))
      i = end - 1
    }
    return h('div', { class: 'diff', role: 'figure', tabindex: '0', 'aria-label': this.#w.changes }, ...rows)
  }

  #line({ sign, text, owner }: Changes['lines'][number]): HTMLElement {
    const w = this.#w
    const look = { '+': 'add', '-': 'del', ' ': '' }[sign]
    const said = { '+': w.added, '-': w.removed, ' ': '' }[sign]
    return h(
      'div',
      { class: look },
      h(
        'span',
        { class: `who ${owner ?? ''}`, title: owner && w[`title-${owner}`] },
        owner ? w[`owner-${owner}`] : '',
      ),
      h(
        'span',
        { class: 'sign' },
        sign === '-' ? '−' : sign,
        said && h('span', { class: 'visually-hidden' }, said),
      ),
      h('code', {}, text),
    )
  }

  #writes({ writes }: Changes): HTMLElement {
    const w = this.#w
    return h(
      'ol',
      { class: 'writes' },
      ...writes.map(({ at, type, manager, fields, more }) =>
        h(
          'li',
          {},
          h('time', {}, clockText(at)),
          h('span', { class: 'by' }, /^kubectl/.test(manager) ? `${w.you} · ${manager}` : manager),
          h(
            'span',
            { class: 'tx' },
            ...(type === 'MODIFIED'
              ? fields.map(each => h('code', {}, each))
              : [type === 'ADDED' ? w.ADDED : w.DELETED]),
            more > 0 && fill(w.more, { n: more }),
          ),
        ),
      ),
    )
  }
}
