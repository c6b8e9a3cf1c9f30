// What the HTTP servers among the images share.

import { formatTime } from '../../engine/engine.ts'
import type { HttpHandler, HttpRequest, HttpResponse, Listener } from '../../engine/network.ts'
import type { Process } from '../../engine/process.ts'
import { Interrupt, Notifier, type Task, wait } from '../../engine/task.ts'

/** Waits until a signal ends the server; its exit code depends on the program. */
export function* untilSignal(
  exitCode: number,
  listeners: readonly (Listener | undefined)[] = [],
): Task<number> {
  try {
    for (;;) yield* wait(new Notifier())
  } catch (error) {
    if (!(error instanceof Interrupt)) throw error
    return exitCode
  } finally {
    for (const listener of listeners) listener?.close()
  }
}

const days = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `Mon, 23 Nov 2026 09:30:00 GMT` */
export function httpDate(ms: number): string {
  const [date = '', time = ''] = formatTime(ms).replace('Z', '').split('T')
  const [year, month, day] = date.split('-')
  return `${days[Math.floor(ms / 86_400_000) % 7]}, ${day} ${months[Number(month) - 1]} ${year} ${time} GMT`
}

/** `23/Nov/2026:09:30:00 +0000`, for access logs. */
export function logDate(ms: number): string {
  const [date = '', time = ''] = formatTime(ms).replace('Z', '').split('T')
  const [year, month, day] = date.split('-')
  return `${day}/${months[Number(month) - 1]}/${year}:${time} +0000`
}

/** `2026/11/23 09:30:00`: how Go's log begins a line. */
export const logTime = (ms: number): string =>
  formatTime(ms).slice(0, 19).replace('T', ' ').replaceAll('-', '/')

export const answer = (status: number, body: string, headers: Record<string, string> = {}): HttpResponse => ({
  status,
  headers: { ...headers, 'content-length': String(body.length) },
  body,
})

/** Go's runtime starts threads beside the first: so many had a small web server wherever a number after it was recorded. */
export const goThreads = 2

/** Go's net/http: routes by the longest matching pattern, 404 where there is none. */
export function goServer(
  process: Process,
  routes: Record<string, (request: HttpRequest) => HttpResponse>,
): HttpHandler {
  return function* (request) {
    const path = request.path.split('?')[0]!
    const match = Object.keys(routes)
      .filter(pattern => pattern === path || (pattern.endsWith('/') && path.startsWith(pattern)))
      .sort((a, b) => b.length - a.length)[0]
    const date = { date: httpDate(process.engine.now), 'content-type': 'text/plain; charset=utf-8' }
    if (match === undefined)
      return answer(404, '404 page not found\n', { ...date, 'x-content-type-options': 'nosniff' })
    const { status, body, headers } = routes[match]!(request)
    return { status, body, headers: { ...headers, ...date } }
  }
}
