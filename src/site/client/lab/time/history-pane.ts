// What happened, as a list: the reader's commands as headings, what components did between them, what is still to come
// where one looks at the past. Above it the paths that there are: to go to, to name, to compare.
import { fill } from '../../../../i18n/fill.ts'
import style from '../../../styles/lab/history.css?url'
import type { BranchRow, FromWorker, Happening, Ring } from '../../../worker/protocol.ts'
import { clockText } from '../../clock-text.ts'
import { h, loadStyle } from '../../dom.ts'
import type { Lab, Pane } from '../part.ts'
import { type HistoryWords, sentenceOf } from './sentences.ts'

const words = {
  zh: () => import('../../../../i18n/lab/history.zh.ts').then(each => each.historyZh),
  en: () => import('../../../../i18n/lab/history.en.ts').then(each => each.historyEn),
}

/** So many are shown: the latest, or those around the moment that one looks at. */
const most = 300
/** Whoever is so near to the end, in px, follows what comes. */
const nearEnd = 40

export async function historyPane(lab: Lab): Promise<Pane> {
  const [w] = await Promise.all([words[lab.language](), loadStyle(style)])
  return new HistoryPane(lab, w)
}

type Entry = { readonly at: number } & ({ readonly ring: Ring } | { readonly happening: Happening })

const isSame = (a: Entry, b: Entry): boolean =>
  'ring' in a ? 'ring' in b && a.ring.id === b.ring.id : 'happening' in b && a.happening === b.happening

class HistoryPane implements Pane {
  readonly element: HTMLElement
  readonly #lab: Lab
  readonly #w: HistoryWords
  readonly #paths = h('div', { class: 'paths' })
  readonly #comparison = h('section', { class: 'comparison', hidden: true, tabindex: '-1' })
  readonly #list = h('ol', { class: 'log' })
  readonly #objects: HTMLSelectElement
  readonly #warnings: HTMLButtonElement
  #rings: readonly Ring[] = []
  #branches: readonly BranchRow[] = []
  #happenings: Happening[] = []
  #here = 0
  #isPast = false
  #wasPast = false
  #onlyWarnings = false
  /** What the list shows, and which objects can be chosen. */
  #shown: readonly Entry[] = []
  #offered = ''
  #asked = false

  constructor(lab: Lab, w: HistoryWords) {
    this.#lab = lab
    this.#w = w
    this.#warnings = h(
      'button',
      {
        type: 'button',
        'aria-pressed': 'false',
        onclick: () => {
          this.#onlyWarnings = !this.#onlyWarnings
          this.#warnings.setAttribute('aria-pressed', String(this.#onlyWarnings))
          this.#draw()
        },
      },
      w.onlyWarnings,
    )
    this.#objects = h('select', { 'aria-label': w.ofObject, onchange: () => this.#draw() })
    this.element = h(
      'div',
      { class: 'history', tabindex: '0', role: 'region', 'aria-label': lab.t.history },
      this.#paths,
      this.#comparison,
      h('div', { class: 'filters' }, this.#warnings, this.#objects),
      this.#list,
    )
    const { connection } = lab
    connection.on('track', ({ rings, branches }) => {
      this.#rings = rings
      this.#branches = branches
      this.#drawPaths()
      this.#draw()
    })
    connection.on('happened', ({ reset, happenings }) => {
      if (reset) this.#happenings = []
      this.#happenings = [...this.#happenings, ...happenings].slice(-5 * most)
      this.#draw()
    })
    connection.on('clock', ({ elapsed, present }) => {
      const isPast = present !== undefined
      if (!isPast && !this.#isPast) return
      this.#here = elapsed
      this.#isPast = isPast
      this.#draw()
    })
    connection.on('compared', message => this.#drawComparison(message))
    connection.open('history')
    connection.open('time')
    this.#draw()
  }

  focus(): void {
    this.element.focus({ preventScroll: true })
  }

  shown(): void {
    this.#draw()
  }

  // ---- the list

  #draw(): void {
    if (this.#asked) return
    this.#asked = true
    requestAnimationFrame(() => {
      this.#asked = false
      if (this.element.offsetParent || !this.#list.hasChildNodes()) this.#drawNow()
    })
  }

  #drawNow(): void {
    this.#offerObjects()
    const chosen = this.#objects.value
    const wanted = this.#happenings.filter(
      each => (!this.#onlyWarnings || each.warning) && (!chosen || each.object === chosen),
    )
    const entries: Entry[] = [
      ...this.#rings.map(ring => ({ at: ring.at, ring })),
      ...wanted.map(happening => ({ at: happening.at, happening })),
    ].sort((a, b) => a.at - b.at || Number('ring' in b) - Number('ring' in a))
    const before = this.#isPast ? entries.findLastIndex(each => this.#isBefore(each)) + 1 : entries.length
    const end = Math.min(entries.length, this.#isPast ? before + most / 2 : before)
    const start = Math.max(0, end - most)
    const shown = entries.slice(start, end)
    const here = this.#isPast ? before - 1 - start : -1
    const held =
      this.#shown[[...this.#list.children].findIndex(each => each.contains(document.activeElement))]
    const { scrollTop, clientHeight, scrollHeight } = this.element
    const follows = this.#wasPast || scrollTop + clientHeight > scrollHeight - nearEnd
    this.#wasPast = this.#isPast
    this.#shown = shown
    this.#list.replaceChildren(
      ...(shown.length
        ? shown.map((each, index) => this.#row(each, this.#isPast && index > here, index === here))
        : [h('li', { class: 'none' }, this.#w.empty)]),
    )
    // Who went to a moment by the keyboard stays there.
    const again = held ? shown.findIndex(each => isSame(each, held)) : -1
    this.#list.children[again]?.querySelector('button')?.focus({ preventScroll: true })
    if (here >= 0) this.#list.children[here]?.scrollIntoView({ block: 'nearest' })
    else if (!this.#isPast && follows) this.element.scrollTop = this.element.scrollHeight
  }

  #offerObjects(): void {
    const names = [...new Set(this.#happenings.map(each => each.object))].sort()
    if (names.join() === this.#offered) return
    this.#offered = names.join()
    const { value } = this.#objects
    this.#objects.replaceChildren(
      h('option', { value: '' }, this.#w.allObjects),
      ...names.map(each => h('option', { value: each, selected: each === value }, each)),
    )
  }

  /** What is done in a moment comes after it, what happens in it before. */
  #isBefore(entry: Entry): boolean {
    return 'ring' in entry ? entry.at < this.#here - 1 : entry.at <= this.#here
  }

  #row(entry: Entry, isLater: boolean, isHere: boolean): HTMLElement {
    const time = clockText(entry.at)
    const moment = h(
      'button',
      {
        type: 'button',
        class: 'link',
        'aria-label': fill(this.#w.look, { time }),
        onclick: () =>
          this.#lab.connection.send({ type: 'look', at: 'ring' in entry ? entry.at : entry.at + 2 }),
      },
      time,
    )
    const [who, what, look] =
      'ring' in entry
        ? [`${this.#w.you} · ${entry.ring.number}`, h('code', {}, entry.ring.text), 'cmd']
        : [
            entry.happening.who.replace(/-controller$|^default-/, ''),
            h('span', {}, sentenceOf(entry.happening, this.#w)),
            entry.happening.warning ? 'warning' : '',
          ]
    return h(
      'li',
      { class: `${look} ${isLater ? 'later' : ''} ${isHere ? 'at' : ''}` },
      moment,
      h('span', { class: 'by' }, who),
      h('span', { class: 'tx' }, what, isHere && h('b', { class: 'here' }, ` ${this.#w.here}`)),
    )
  }

  // ---- the paths

  #name({ name, isLesson, after }: BranchRow): string {
    return name ?? (isLesson ? this.#w.lesson : fill(this.#w.after, { command: after }))
  }

  #drawPaths(): void {
    const w = this.#w
    const { connection } = this.#lab
    if (this.#paths.contains(document.activeElement) && document.activeElement?.tagName === 'INPUT') return
    const branches = this.#branches
    const [fork] = branches.filter(each => !each.current).map(each => each.forkAt)
    const count = branches.length === 2 ? w['paths-2'] : w.paths
    const current = branches.find(each => each.current)
    const buttons = () => [...this.#paths.querySelectorAll('button')]
    const held = buttons().indexOf(document.activeElement as HTMLButtonElement)
    this.#paths.hidden = !branches.length
    this.#paths.replaceChildren(
      h('span', { class: 'muted' }, fill(count, { n: branches.length, time: clockText(fork ?? 0) })),
      ...branches.map(each =>
        h(
          'button',
          {
            type: 'button',
            'aria-current': each.current ? 'true' : undefined,
            'data-branch': each.id,
            onclick: () => each.current || connection.send({ type: 'switch', branch: each.id }),
          },
          this.#name(each),
        ),
      ),
      ...(current
        ? [h('button', { type: 'button', class: 'link', onclick: () => this.#rename(current) }, w.rename)]
        : []),
      ...branches
        .filter(each => !each.current)
        .map(each =>
          h(
            'button',
            {
              type: 'button',
              class: 'link',
              'aria-label': fill(w.compareWith, { name: this.#name(each) }),
              onclick: () => this.#compare(each),
            },
            branches.length === 2 ? w.compare : fill(w.compareWith, { name: this.#name(each) }),
          ),
        ),
    )
    buttons()[held]?.focus({ preventScroll: true })
  }

  #rename(branch: BranchRow): void {
    const field = h('input', {
      type: 'text',
      maxlength: '60',
      value: this.#name(branch),
      'aria-label': this.#w.renameTo,
    })
    const form = h(
      'form',
      {
        onsubmit: (event: Event) => {
          event.preventDefault()
          field.blur()
          this.#lab.connection.send({ type: 'rename', branch: branch.id, name: field.value })
          this.#drawPaths()
          this.focus()
        },
      },
      field,
      h('button', { type: 'submit' }, this.#w.save),
    )
    this.#paths.replaceChildren(form)
    field.select()
  }

  #compare(branch: BranchRow): void {
    this.#comparison.hidden = false
    this.#comparison.replaceChildren(h('p', { role: 'status' }, this.#w.comparing))
    this.#lab.connection.send({ type: 'compare', branch: branch.id })
  }

  #drawComparison({
    branch,
    onlyFirst,
    onlySecond,
    differing,
    same,
  }: Extract<FromWorker, { type: 'compared' }>): void {
    const w = this.#w
    const other = this.#branches.find(each => each.id === branch)
    const name = other ? this.#name(other) : ''
    const object = (text: string) =>
      h(
        'button',
        { type: 'button', class: 'link', onclick: () => this.#lab.inspect(text) },
        h('code', {}, text),
      )
    const list = (title: string, items: readonly HTMLElement[]) => [
      h('h3', {}, title),
      items.length ? h('ul', {}, ...items) : h('p', { class: 'muted' }, w.nothing),
    ]
    this.#comparison.replaceChildren(
      h(
        'button',
        {
          type: 'button',
          class: 'close-comparison',
          onclick: () => {
            this.#comparison.hidden = true
            this.focus()
          },
        },
        w.close,
      ),
      ...list(
        w.onlyFirst,
        onlyFirst.map(each => h('li', {}, object(each))),
      ),
      ...list(
        fill(w.onlySecond, { name }),
        onlySecond.map(each => h('li', {}, h('code', {}, each))),
      ),
      ...list(
        w.differing,
        differing.map(each =>
          h(
            'li',
            {},
            object(each.object),
            h('ul', {}, ...each.fields.map(field => h('li', {}, h('code', {}, field)))),
          ),
        ),
      ),
      h('p', { class: 'muted' }, fill(w.alike, { n: same })),
    )
    this.#comparison.hidden = false
    this.#comparison.focus({ preventScroll: true })
  }
}
