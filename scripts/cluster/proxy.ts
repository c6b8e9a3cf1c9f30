// What the API server passes on to a pod, a service or a node (`…/proxy/…`): any method, with headers and bytes.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { proxied } from '../../src/api/proxied.ts'
import type { ApiRequest } from '../../src/api/types.ts'
import { fromBytes } from '../../src/engine/bytes.ts'
import { Fiber, type Task } from '../../src/engine/task.ts'
import { json } from './answers.ts'
import { bodyOf, headersOf, TooLong, writeResponse } from './proxy-http.ts'
import type { World } from './world.ts'

/** Who asks is known by now; what is passed on does not say it again. */
const isKept = ([name]: [string, string]): boolean =>
  name !== 'authorization' && !name.startsWith('impersonate-')

/** `request`: as the message is understood, without its body, which is read here. */
export function pass(
  { api, engine }: World,
  request: ApiRequest,
  message: IncomingMessage,
  response: ServerResponse,
): void {
  const headers = Object.fromEntries(Object.entries(headersOf(message)).filter(isKept))
  const search = /\?.*/s.exec(message.url ?? '')?.[0]
  const run = function* (body: string): Task {
    const answer = yield* proxied(api, { ...request, body, ...(search && { search }) }, headers)
    writeResponse(response, answer)
  }
  bodyOf(message).then(
    bytes => new Fiber(engine, run(fromBytes(bytes))),
    problem => {
      if (problem instanceof TooLong) json(response, 413, tooLarge)
      else response.destroy()
    },
  )
}

const tooLarge = {
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Failure',
  message: 'a program of the simulated world can hold no body of this size',
  reason: 'RequestEntityTooLarge',
  code: 413,
}
