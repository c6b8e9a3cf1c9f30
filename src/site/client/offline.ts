// A page's side of the service worker: tells it what the page consists of and what its reader uses, and says so when a new
// version has taken over meanwhile. In one file with its style: once that is so, no other file of this build may be there.
import { offlineStrings } from '../../i18n/offline.ts'
import type { Language } from '../../i18n/strings.ts'
import { type FromPage, kindOf } from '../offline/rules.ts'
import style from '../styles/offline.css?inline'
import { all, announce, h, ofBuild, store } from './dom.ts'

const { serviceWorker } = navigator
const { dataset } = document.documentElement
const { base = '/', build = '' } = dataset

/** What the reader has used, in this browser. */
const usesKey = 'uses'
const uses = new Set(store.get(usesKey)?.split(' ').filter(Boolean))

/** Marks that the lab and search leave on the page. */
const marks: readonly [name: string, attribute: string, isSet: () => boolean][] = [
  ['lab', 'data-lab-shown', () => dataset.labShown !== undefined],
  [`search:${dataset.language}`, 'data-searched', () => dataset.searched !== undefined],
]

/** `registration`: of a worker that is there, of whichever build. */
export function keepOffline(registration: ServiceWorkerRegistration): void {
  serviceWorker.addEventListener('message', ({ data, ports }) => {
    if (data === 'build') ports[0]?.postMessage(build)
  })
  // While a successor waits for the present worker to rest, nobody wakes that one.
  const greet = async () => {
    if (!serviceWorker.controller || hasSuccessor(registration)) return
    if ((await controllerBuild()) === build) say()
    else tell()
  }
  serviceWorker.addEventListener('controllerchange', greet)
  void greet()
  registration.addEventListener('updatefound', () => hurry(registration))
  hurry(registration)
  const observer = new MutationObserver(say)
  observer.observe(document.documentElement, { attributeFilter: marks.map(([, attribute]) => attribute) })
  // Who comes back to a page that was long open learns of a new version.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') registration.update().catch(() => {})
  })
}

const hasSuccessor = ({ installing, waiting }: ServiceWorkerRegistration): boolean =>
  installing !== null || waiting !== null

/** Between two requests to take over, ms. */
const hurryMs = 2000

/**
 * A successor takes over once the present worker is at rest; what wakes that one meanwhile (a page that is opened) makes
 * Chromium wait for half a minute more, unless the successor asks again.
 */
function hurry(registration: ServiceWorkerRegistration): void {
  if (!hasSuccessor(registration)) return
  registration.waiting?.postMessage({ type: 'take-over' } satisfies FromPage)
  setTimeout(() => hurry(registration), hurryMs)
}

const send = (message: FromPage, ports: MessagePort[] = []): void =>
  serviceWorker.controller?.postMessage(message, ports)

function controllerBuild(): Promise<unknown> {
  return new Promise(resolve => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = ({ data }) => resolve(data)
    send({ type: 'build' }, [port2])
  })
}

function say(): void {
  for (const [name, , isSet] of marks) if (isSet()) uses.add(name)
  store.set(usesKey, [...uses].join(' '))
  const loaded = performance.getEntriesByType('resource').map(({ name }) => new URL(name))
  const parts = loaded.filter(each => each.origin === location.origin).map(each => each.pathname)
  const labs = all('[data-lab]').map(each => ofBuild(each.dataset.lab ?? ''))
  send({
    type: 'here',
    build,
    paths: [location.pathname, ...parts.filter(each => kindOf(each, base) === 'fixed'), ...labs],
    uses: [...uses],
    sparing: isSparing(),
  })
}

/** The reader pays for each byte, or waits for it. */
function isSparing(): boolean {
  const { connection } = navigator as { connection?: { saveData?: boolean; effectiveType?: string } }
  return connection?.saveData === true || connection?.effectiveType?.endsWith('2g') === true
}

function tell(): void {
  if (document.querySelector('.new-version')) return
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(style)
  document.adoptedStyleSheets.push(sheet)
  const words = offlineStrings[dataset.language as Language]
  const notice = h(
    'aside',
    { class: 'new-version' },
    h('span', {}, words.newVersion),
    h('button', { type: 'button', onclick: () => location.reload() }, words.reload),
    h('button', { type: 'button', onclick: () => notice.remove() }, words.later),
  )
  document.body.append(notice)
  announce(words.newVersion)
}
