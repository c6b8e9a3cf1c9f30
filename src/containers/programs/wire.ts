// Protocols that are not HTTP, over a network that carries requests: a client names its protocol by the method, and
// what was asked and answered are JSON texts. A server closes the connection on whoever speaks another.
import { byProtocol, type HttpHandler, type NetworkError } from '../../engine/network.ts'
import type { Process } from '../../engine/process.ts'
import type { Task } from '../../engine/task.ts'
import { answer } from '../images/http.ts'

export const speak = <Asked, Answer>(
  protocol: string,
  respond: (asked: Asked) => Answer | Task<Answer>,
): HttpHandler =>
  byProtocol(protocol, function* ({ method, body }) {
    if (method !== protocol) return undefined
    const answered = respond(JSON.parse(body) as Asked)
    const value = isTask(answered) ? yield* answered : answered
    return answer(200, JSON.stringify(value ?? null))
  })

const isTask = <T>(value: T | Task<T>): value is Task<T> =>
  typeof (value as { next?: unknown } | null)?.next === 'function'

export type Spoken<Answer> =
  | { readonly ok: true; readonly value: Answer }
  | { readonly ok: false; readonly error: NetworkError }

/** One question to a server of that protocol. */
export function* ask<Answer>(
  { network }: Process,
  protocol: string,
  to: { readonly host: string; readonly port: number },
  asked: unknown,
): Task<Spoken<Answer>> {
  const result = yield* network.http(
    to,
    { method: protocol, path: '/', headers: {}, body: JSON.stringify(asked) },
    10_000,
  )
  if (!result.ok) return result
  try {
    return { ok: true, value: JSON.parse(result.value.body) as Answer }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return { ok: false, error: { type: 'reset' } }
  }
}
