// The service worker: what was visited works without a network. It is as old as its build, and keeps only what is of that
// build. Pages come from the network where there is one; what is below `_astro/` never changes at its address, so it is
// fetched once. A new build takes over at once: pages of an older one find what is theirs as long as they are open.

import { dataPath } from './data-path.ts'
import {
  abandoned,
  buildOfPage,
  buildsIn,
  cacheName,
  type FromPage,
  kindOf,
  type Lists,
  visited,
} from './rules.ts'
import type { FetchEvent, OpenPage, ServiceWorkerScope } from './scope.ts'

declare const __BUILD__: string
const worker = self as unknown as ServiceWorkerScope
const build = __BUILD__
const scope = new URL(worker.registration.scope).pathname
/** So many are fetched at a time, for later. */
const lanes = 4
/** A page that is not frozen answers sooner. */
const answerMs = 2000

const openOwn = (): Promise<Cache> => caches.open(cacheName(scope, build))

worker.addEventListener('install', () => void worker.skipWaiting())
worker.addEventListener('activate', event => event.waitUntil(worker.clients.claim()))

worker.addEventListener('fetch', event => {
  const { method, url } = event.request
  const { origin, pathname } = new URL(url)
  const kind = method === 'GET' && origin === worker.location.origin ? kindOf(pathname, scope) : undefined
  if (kind === 'fixed') event.respondWith(fixed(event, pathname))
  if (kind === 'page') event.respondWith(page(event, pathname))
})

/** Of whichever build: at this address are the same bytes. */
const keptAnywhere = (path: string): Promise<Response | undefined> => caches.match(path, { ignoreVary: true })

async function fixed(event: FetchEvent, path: string): Promise<Response> {
  const kept = await keptAnywhere(path).catch(() => undefined)
  if (kept) return kept
  const answer = await fetch(event.request)
  event.waitUntil(put(path, answer.clone()))
  return answer
}

async function page(event: FetchEvent, path: string): Promise<Response> {
  try {
    const answer = await fetch(event.request)
    if (answer.status < 500) {
      event.waitUntil(put(path, answer.clone()))
      return answer
    }
    return (await keptPage(path)) ?? answer
  } catch (error) {
    const kept = await keptPage(path)
    if (kept) return kept
    throw error
  }
}

/** An older build's page is better than none: what it consists of is kept beside it. */
const keptPage = async (path: string): Promise<Response | undefined> =>
  (await (await openOwn()).match(path, { ignoreVary: true })) ?? keptAnywhere(path)

/** A storage that is full or forbidden is no failure: the network is there. */
async function put(path: string, answer: Response): Promise<void> {
  if (!answer.ok || answer.redirected) return
  try {
    const its = kindOf(path, scope) === 'page' ? buildOfPage(await answer.clone().text()) : build
    if (its === build) await (await openOwn()).put(path, answer)
    else if (its) await worker.registration.update() // a page of a newer build tells of it
  } catch {}
}

/** What pages asked to be kept, one after the other: two pages of a lesson consist of the same. */
let settled: Promise<void> = Promise.resolve()

worker.addEventListener('message', event => {
  const message = event.data as FromPage
  if (message.type === 'build') event.ports[0]?.postMessage(build)
  else if (message.type === 'take-over') event.waitUntil(worker.skipWaiting())
  else if (message.build === build) {
    settled = settled.then(() => settle(message, untilSuccessor())).catch(() => {})
    event.waitUntil(settled)
  }
})

/**
 * Aborted when a newer build comes. That one may not take over before this one has nothing to do (in Chromium for up to
 * five minutes, although it skips its waiting), and will fetch its own: what is fetched here only for later is dropped.
 */
function untilSuccessor(): AbortSignal {
  const { registration } = worker
  const controller = new AbortController()
  if (registration.installing || registration.waiting) controller.abort()
  registration.addEventListener('updatefound', () => controller.abort(), { once: true })
  return controller.signal
}

type Here = Extract<FromPage, { type: 'here' }>

/** Keeps what a page consists of, what its reader uses, and what was visited of older builds; those then go. */
async function settle({ paths, uses, sparing }: Here, signal: AbortSignal): Promise<void> {
  const older = buildsIn(await caches.keys(), scope).filter(each => each !== build)
  await keepAll(paths, signal)
  if (!sparing) {
    for (const each of older) await keepAll(visited(await pathsOf(each), scope, each, build), signal)
    if (uses.length) await keepUsed(uses, signal)
  }
  if (older.length && !signal.aborted)
    for (const each of abandoned(older, await openBuilds())) await caches.delete(cacheName(scope, each))
}

async function keepUsed(uses: readonly string[], signal: AbortSignal): Promise<void> {
  const path = dataPath(scope, build, 'offline.json')
  await keepAll([path], signal)
  const lists = (await (await keptAnywhere(path))?.json()) as Lists | undefined
  await keepAll(
    uses.flatMap(each => lists?.[each] ?? []).map(each => scope + each),
    signal,
  )
}

async function keepAll(paths: readonly string[], signal: AbortSignal): Promise<void> {
  const kept = new Set(await pathsOf(build))
  const missing = [...new Set(paths)].filter(path => kindOf(path, scope) && !kept.has(path))
  const lane = async (): Promise<void> => {
    while (missing.length && !signal.aborted) await keep(missing.pop()!, signal)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}

async function keep(path: string, signal: AbortSignal): Promise<void> {
  try {
    const known = kindOf(path, scope) === 'fixed' ? await keptAnywhere(path) : undefined
    await put(path, known ?? (await fetch(path, { priority: 'low', signal })))
  } catch {} // another page will ask again
}

async function pathsOf(each: string): Promise<string[]> {
  const cache = await caches.open(cacheName(scope, each))
  return (await cache.keys()).map(request => new URL(request.url).pathname)
}

/** The builds of all open pages; undefined for one that did not answer. */
async function openBuilds(): Promise<(string | undefined)[]> {
  const pages = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const ask = (client: OpenPage): Promise<string | undefined> =>
    new Promise(resolve => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = ({ data }) => resolve(data)
      setTimeout(resolve, answerMs)
      client.postMessage('build', [port2])
    })
  return Promise.all(pages.filter(each => new URL(each.url).pathname.startsWith(scope)).map(ask))
}
