// Requests, the latest first in front, each with the list of places that it came by.
import { fill } from '../../../../i18n/fill.ts'
import type { RequestWords } from '../../../../i18n/lab/requests.en.ts'
import style from '../../../styles/lab/requests.css?url'
import type { MapRow, RequestRow } from '../../../worker/protocol.ts'
import { h, loadStyle } from '../../dom.ts'
import type { Lab, Pane } from '../part.ts'

/** So many are at hand. */
const most = 20

const words = {
  zh: () => import('../../../../i18n/lab/requests.zh.ts'),
  en: () => import('../../../../i18n/lab/requests.en.ts'),
}

export async function requestsPane(lab: Lab): Promise<Pane> {
  const [{ requestWords }] = await Promise.all([words[lab.language](), loadStyle(style)])
  const view = new RequestsView(lab, requestWords)
  return { element: view.element, focus: () => view.element.focus({ preventScroll: true }) }
}

class RequestsView {
  readonly element: HTMLElement
  readonly #lab: Lab
  readonly #t: RequestWords
  readonly #list = h('div', { class: 'requests-list', role: 'group' })
  readonly #hops = h('ol', { class: 'hops' })
  readonly #why: HTMLButtonElement
  readonly #note = h('p', { class: 'requests-note' })
  readonly #requests = new Map<number, RequestRow>()
  readonly #rows = new Map<string, MapRow>()
  #chosen: number | undefined
  /** Virtual ms since the start, in the world that is shown. */
  #now = Number.POSITIVE_INFINITY

  constructor(lab: Lab, t: RequestWords) {
    this.#lab = lab
    this.#t = t
    this.#why = h(
      'button',
      {
        type: 'button',
        class: 'ask-why',
        onclick: () => this.#shown && lab.why(`request/${this.#shown.id}`),
      },
      lab.t.why,
    )
    this.element = h(
      'div',
      { class: 'requests', tabindex: '0' },
      this.#list,
      this.#hops,
      this.#why,
      this.#note,
    )
    lab.connection.on('place', () => this.#requests.clear())
    lab.connection.on('request', ({ request }) => {
      // Back has led to a world in which fewer have been.
      for (const id of this.#requests.keys()) if (id > request.id) this.#requests.delete(id)
      this.#requests.set(request.id, request)
      for (const id of [...this.#requests.keys()].slice(0, -most)) this.#requests.delete(id)
      this.#chosen = undefined
      this.#draw()
    })
    lab.connection.on('clock', ({ elapsed }) => {
      const before = this.#past.length
      this.#now = elapsed
      if (this.#past.length !== before) this.#draw()
    })
    lab.connection.on('map', ({ reset, changed, deleted }) => {
      if (reset) this.#rows.clear()
      for (const row of changed) this.#rows.set(row.uid, row)
      for (const uid of deleted) this.#rows.delete(uid)
      if (reset) this.#draw()
    })
    lab.connection.open('requests')
    lab.connection.open('map')
    this.#draw()
  }

  /** Without those that were sent later than the moment that is shown: after Back, and while one looks at what was. */
  get #past(): RequestRow[] {
    return [...this.#requests.values()].filter(({ at }) => at <= this.#now)
  }

  get #shown(): RequestRow | undefined {
    const all = this.#past
    return all.find(each => each.id === this.#chosen) ?? all.at(-1)
  }

  #draw(): void {
    const all = this.#past
    const shown = this.#shown
    this.#list.replaceChildren(
      ...all.map(({ id, outcome }) =>
        h(
          'button',
          {
            type: 'button',
            'aria-pressed': String(id === shown?.id),
            class: isBad(outcome) ? 'bad' : undefined,
            onclick: () => {
              this.#chosen = id
              this.#draw()
              this.#list.querySelector<HTMLElement>('[aria-pressed=true]')?.focus()
            },
          },
          `#${id} ${outcome}`,
        ),
      ),
    )
    this.#why.hidden = !shown || !isBad(shown.outcome)
    this.#note.textContent = shown ? this.#unreached(shown) : this.#t.none
    this.#hops.replaceChildren(...(shown ? this.#steps(shown) : []))
  }

  #steps({ hops, method, path, unknown, outcome }: RequestRow): HTMLElement[] {
    const t = this.#t
    const [client, ...others] = hops
    const from = client?.name ? `pod/${client.name.split('/')[1]}` : client?.node || client?.address || ''
    const steps = [this.#step(from, h('code', {}, `${method} ${path}`))]
    for (const { type, name, address, port, node } of others) {
      const at = `${address}${port ? `:${port}` : ''}`
      if (type === 'dns') steps.push(this.#step(t.name, fill(t.resolves, { name }), h('code', {}, address)))
      else if (type === 'service' || type === 'node-port') {
        const row = this.#service(name)
        const short = name.split('/')[1] ?? name
        const said = row
          ? fill(t.behind, { name: short, port: port ?? '', ready: row.ready, total: row.total })
          : fill(t.bare, { name: short, port: port ?? '' })
        const title = type === 'service' ? t.service : t.nodePort
        steps.push(this.#step(title, this.#link(`service/${name}`, short), said))
      } else if (type === 'host-port') steps.push(this.#step(t.hostPort, h('code', {}, at)))
      else {
        const isPod = name.includes('/')
        steps.push(
          this.#step(
            isPod ? t.pod : t.server,
            h('code', {}, at),
            isPod ? this.#link(`pod/${name}`, name.split('/')[1] ?? name) : name,
            isPod ? node : '',
          ),
        )
      }
    }
    if (unknown !== undefined && !hops.some(({ type }) => type === 'dns'))
      steps.push(this.#step(t.name, h('code', {}, unknown)))
    const answer = h('strong', { class: isBad(outcome) ? 'bad' : 'good' }, String(outcome))
    const why = typeof outcome === 'number' ? '' : (t.outcomes[outcome] ?? '')
    steps.push(this.#step(typeof outcome === 'number' ? t.answer : t.noAnswer, answer, why))
    return steps
  }

  #step(title: string, ...content: (Node | string)[]): HTMLElement {
    const parts = content.filter(each => each !== '').flatMap(each => [each, ' '])
    return h('li', {}, h('span', { class: 'hop-title' }, title), h('span', {}, ...parts))
  }

  #link(object: string, text: string): HTMLElement {
    return h('button', { type: 'button', class: 'link', onclick: () => this.#lab.inspect(object) }, text)
  }

  #service(name: string): Extract<MapRow, { row: 'service' }> | undefined {
    for (const row of this.#rows.values())
      if (row.row === 'service' && `${row.namespace}/${row.name}` === name) return row
    return undefined
  }

  /** Who is selected but not asked. */
  #unreached({ hops }: RequestRow): string {
    const hop = hops.find(({ type }) => type === 'service' || type === 'node-port')
    const service = hop && this.#service(hop.name)
    const pod = [...this.#rows.values()].find(
      each => service && each.row === 'pod' && each.plugs?.[service.uid] === false,
    )
    return pod ? fill(this.#t.notReached, { name: pod.name }) : ''
  }
}

const isBad = (outcome: RequestRow['outcome']): boolean => typeof outcome !== 'number' || outcome >= 400
