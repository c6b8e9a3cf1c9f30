// The tab of faults: what is broken now on top, with since when and its repair; below, what can be broken, each with what
// to expect. Loaded when it is first opened.
import { fill } from '../../../i18n/fill.ts'
import style from '../../styles/lab/faults.css?url'
import type { Fault, FromWorker } from '../../worker/protocol.ts'
import { clockText } from '../clock-text.ts'
import { h, inlineCode, loadStyle } from '../dom.ts'
import type { Lab, Pane } from './part.ts'

type Told<T extends FromWorker['type']> = Extract<FromWorker, { type: T }>

const words = {
  zh: () => import('../../../i18n/lab/faults.zh.ts').then(({ faultsZh }) => faultsZh),
  en: () => import('../../../i18n/lab/faults.en.ts').then(({ faultsEn }) => faultsEn),
}

/** `last`: what was told of faults before the tab was opened. */
export async function faultsPane(
  { connection, language }: Lab,
  last: () => Told<'faults'> | undefined,
): Promise<Pane> {
  const [t] = await Promise.all([words[language](), loadStyle(style)])
  const now = h('div', { class: 'faults-now' })
  const rows = h('div', { class: 'faults-rows' }, h('p', {}, t.loading))
  const element = h(
    'div',
    { class: 'faults', tabindex: '0' },
    now,
    h('p', { class: 'faults-lead' }, t.lead),
    rows,
  )
  let elapsed = 0
  /** Of each thing that is broken, the words that tell since when. */
  let clocks: { readonly at: number; readonly element: HTMLElement }[] = []

  const ask = () => connection.send({ type: 'fault-choices' })
  const targetOf = (fault: Fault): string => {
    const { node, host, how, namespace = 'default', pod } = fault as Partial<Record<string, string>>
    return (pod && namespace !== 'default' ? `${namespace}/${pod}` : pod) ?? node ?? host ?? how ?? t.anywhere
  }
  const tick = () => {
    for (const { at, element } of clocks)
      element.textContent = fill(t.since, {
        time: clockText(at),
        seconds: Math.max(0, Math.floor((elapsed - at) / 1000)),
      })
  }

  const drawNow = ({ faults, since }: Told<'faults'>) => {
    clocks = []
    const boxes = faults.map((fault, i) => {
      const { at, text } = since[i]!
      const clock = h('span')
      clocks.push({ at, element: clock })
      const what = fill(t.kinds[fault.type].broken, { target: targetOf(fault) })
      return h(
        'section',
        { class: 'fault-now' },
        h(
          'div',
          {},
          h('b', {}, fill(t.now, { what })),
          h('p', {}, clock, ' · ', h('code', {}, `fault ${text}`)),
        ),
        h(
          'button',
          {
            type: 'button',
            class: 'primary',
            'aria-label': `${t.repair}: ${what}`,
            onclick: () => {
              connection.send({ type: 'repair', fault })
              element.focus({ preventScroll: true }) // the button goes
            },
          },
          t.repair,
        ),
      )
    })
    now.replaceChildren(...(boxes.length ? boxes : [h('p', { class: 'faults-none' }, t.none)]))
    tick()
  }

  const drawRows = ({ kinds }: Told<'fault-choices'>) => {
    rows.replaceChildren(
      ...kinds.map(({ type, choices }) => {
        const { name, expect } = t.kinds[type]
        const select = h(
          'select',
          { 'aria-label': fill(t.target, { name }) },
          ...choices.map(({ text }) => h('option', {}, text || t.anywhere)),
        )
        const button = h(
          'button',
          {
            type: 'button',
            disabled: !choices.length,
            'aria-label': `${t.break}: ${name}`,
            onclick: () => {
              const chosen = choices[select.selectedIndex] ?? choices[0]
              if (chosen) connection.send({ type: 'fault', fault: chosen.fault })
            },
          },
          t.break,
        )
        return h(
          'section',
          { class: 'fault-row', 'data-kind': type },
          h('h3', {}, name),
          h('p', {}, ...inlineCode(fill(t.first, { what: expect }))),
          h(
            'span',
            { class: 'fault-do' },
            choices.length > 1 && select,
            choices.length === 1 && !!choices[0]!.text && h('code', {}, choices[0]!.text),
            !choices.length && h('span', { class: 'faults-none' }, t.nothing),
            button,
          ),
        )
      }),
    )
  }

  connection.on('faults', drawNow)
  connection.on('fault-choices', drawRows)
  connection.on('clock', message => {
    elapsed = message.elapsed
    tick()
  })
  // Another world has other nodes and pods.
  connection.on('ready', ask)
  drawNow(last() ?? { type: 'faults', faults: [], since: [], failed: [] })
  return { element, focus: () => element.focus({ preventScroll: true }), shown: ask }
}
