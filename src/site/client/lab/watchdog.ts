// Watches over the worker: one that hangs, dies or cannot be loaded is replaced, and its history is lived through again;
// without the command that hung, where the reader says so or where the page was left while it hung.
import { fill } from '../../../i18n/fill.ts'
import { store } from '../dom.ts'
import type { Lab, Part } from './part.ts'

const pingMs = 250
/** Without an answer for so many pings it hangs, … */
const hangs = 8
/** … where it has answered before; one that never has may still be on its way through the network, … */
const arrives = 120
/** … and for so many it is silent: a page that is left then comes back without what was running. */
const silent = 2

export interface Watchdog extends Part {
  /** A worker is being started. */
  begins(replays: boolean): void
  /** Whether the last page was left while its worker hung; asked once. */
  hung(): boolean
}

export function watchdog(lab: Lab): Watchdog {
  const { connection, notices, t } = lab
  const key = lab.key('hung')
  let waiting = 0
  let starting = false
  let heard = false

  const failed = (text: string, skipRunning: boolean): void => {
    notices.hide('loading')
    const element = notices.show('failed', {
      tone: 'bad',
      text,
      actions: [
        { text: t.labRestart, run: () => lab.restart({ skipRunning }) },
        { text: t.labNewWorld, run: () => lab.restart({ fresh: true }) },
      ],
      settled: true,
    })
    element.classList.add('lab-failure')
  }
  connection.on('failed', ({ error }) => {
    waiting = 0
    connection.stop()
    // A command may be why it died; that it could not be loaded is no command's fault.
    failed(error ? fill(t.labFailed, { error }) : t.labUnreachable, error !== '')
  })
  connection.on('pong', () => {
    waiting = 0
    heard = true
    notices.hide('hangs')
    store.set(key, undefined, 'sessionStorage')
  })
  connection.on('ready', () => {
    starting = false
    notices.hide('loading')
  })

  setInterval(() => {
    if (document.visibilityState === 'hidden' || !connection.running) return
    if (waiting === 0 || waiting < hangs) connection.send({ type: 'ping' })
    waiting++
    if (waiting < (heard ? hangs : arrives) || notices.has('hangs')) return
    store.set(key, '1', 'sessionStorage')
    const element = notices.show('hangs', {
      tone: 'bad',
      text: starting ? t.labHangsStarting : t.labHangs,
      actions: [{ text: t.labStop, run: () => lab.restart({ skipRunning: true }) }],
      settled: true,
    })
    element.classList.add('lab-hangs')
  }, pingMs)
  addEventListener('pagehide', () => {
    if (heard && waiting > silent && connection.running) store.set(key, '1', 'sessionStorage')
  })

  return {
    begins(replays) {
      waiting = 0
      starting = true
      heard = false
      for (const each of ['failed', 'hangs']) notices.hide(each)
      const element = notices.show('loading', {
        tone: 'wait',
        text: replays ? t.labReplay : t.labLoading,
        settled: true,
      })
      element.classList.add('lab-loading')
    },
    hung() {
      const hung = store.get(key, 'sessionStorage') !== null
      store.set(key, undefined, 'sessionStorage')
      return hung
    },
  }
}
