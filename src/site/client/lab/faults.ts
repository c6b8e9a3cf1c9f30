// What is broken by hand. Buttons of the text break something, and while it is broken repair it; others let time pass.
// The tab bears the number of what is broken; what is in it is loaded when it is first opened.
import type { FromWorker } from '../../worker/protocol.ts'
import { all } from '../dom.ts'
import type { Lab, Part } from './part.ts'

export interface FaultsPart extends Part {
  toggle(button: HTMLElement): void
  pass(button: HTMLElement): void
}

/** What it says on a button, without the order in which a fault's parts were put together. */
const keyOf = (fault: object): string => JSON.stringify(Object.entries(fault).sort())

export function faults(lab: Lab): FaultsPart {
  const { connection, notices, t } = lab
  /** For the tab, which opens later. */
  let last: Extract<FromWorker, { type: 'faults' }> | undefined
  connection.on('faults', message => {
    last = message
    const { faults, failed } = message
    lab.badge('faults', faults.length ? `${faults.length}` : '')
    const active = new Set(faults.map(keyOf))
    for (const button of all('[data-fault]')) {
      const on = active.has(keyOf(JSON.parse(button.dataset.fault ?? '{}')))
      const words = button.lastElementChild
      if (!words || (button.getAttribute('aria-pressed') === 'true') === on) continue
      button.setAttribute('aria-pressed', String(on))
      button.dataset.words ??= words.textContent ?? ''
      words.textContent = (on ? button.dataset.repair : button.dataset.words) ?? ''
    }
    const failure = failed.at(-1)
    if (failure !== undefined)
      notices.show('component', { tone: 'bad', text: `${t.componentFailed}${failure}`, settled: true })
    else notices.hide('component')
    notices.hide('fault')
    const broken = all('[data-fault][aria-pressed="true"]').map(each => each.dataset.words ?? '')
    if (broken.length)
      notices.show('fault', { tone: 'wait', text: `${t.broken}${broken.join(', ')}`, settled: true })
  })
  return {
    tabs: [
      {
        name: 'faults',
        title: t.faultsTab,
        explains: true,
        load: () => import('./faults-pane.ts').then(({ faultsPane }) => faultsPane(lab, () => last)),
      },
    ],
    toggle(button) {
      const fault = JSON.parse(button.dataset.fault ?? '{}')
      const type = button.getAttribute('aria-pressed') === 'true' ? 'repair' : 'fault'
      connection.send({ type, fault })
    },
    pass(button) {
      connection.send({ type: 'pass', ms: Number(button.dataset.pass) })
      button.setAttribute('aria-pressed', 'true')
    },
  }
}
