// A recording of requests: the first line says what the cluster was made with, each further one is a request that may
// have changed something, with its virtual time and who asked. Played into a cluster that is made the same way it has the
// same effects; what differs is what the server signs by its own keys: tokens, certificates. Streams (exec, attach,
// port-forward) are not part of it.
import type { Server } from '../../src/api/server.ts'
import type { ApiRequest, ApiServer } from '../../src/api/types.ts'
import type { Engine } from '../../src/engine/engine.ts'
import type { Secrets } from '../../src/engine/secrets.ts'
import type { World } from '../../src/lesson/world.ts'
import { applyManifests, freshWorld, type Made } from './make-world.ts'

const mark = 'living-kubernetes requests'

interface Recorded {
  /** Virtual time, ms since 1970. */
  readonly at: number
  readonly request: ApiRequest
}

interface Head {
  readonly recording: typeof mark
  readonly made: Made
  /** Texts by name. */
  readonly manifests: Readonly<Record<string, string>>
}

export const recordingHead = (made: Made, manifests: Head['manifests']): string =>
  `${JSON.stringify({ recording: mark, made, manifests } satisfies Head)}\n`

/**
 * The same server; `note` gets a line for each request that may change something. It says whom a token or a certificate
 * stood for: by themselves they are good on this server only, and are nobody else's business.
 */
export function recording(api: Server, engine: Engine, note: (line: string) => void): ApiServer {
  return {
    handle(request) {
      if (request.method === 'GET') return api.handle(request)
      const at = engine.now
      const { token, certificate, ...asked } = request
      let who: Partial<ApiRequest> = {}
      if (token !== undefined || certificate !== undefined)
        try {
          who = { user: api.whoAsks(request) }
        } catch {
          return api.handle(request) // who is not let in changes nothing
        }
      const { body } = request
      let read: unknown = body
      // What another form says is noted as it was read; what nobody could read has changed nothing.
      const answer = api.handle(
        typeof body === 'function'
          ? { ...request, body: (kind: string, custom: boolean) => (read = body(kind, custom)) }
          : request,
      )
      if (typeof read !== 'function')
        note(`${JSON.stringify({ at, request: { ...asked, ...who, body: read } } satisfies Recorded)}\n`)
      return answer
    },
    watch: (request, onEvent, onEnd) => api.watch(request, onEvent, onEnd),
    connect: request => api.connect(request),
    get refuses() {
      return api.refuses ?? false
    },
  }
}

export const isRecording = (text: string): boolean => text.startsWith(`{"recording":${JSON.stringify(mark)}`)

/** The world after all requests of a recording. Throws, with the line's number, where it cannot be read. */
export function replayed(text: string, secrets?: Secrets): World {
  const [first = '', ...lines] = text.split('\n')
  const { made, manifests } = JSON.parse(first) as Head
  const world = freshWorld(made, secrets)
  applyManifests(world, manifests)
  const { engine, api } = world.cluster
  for (const [i, line] of lines.entries()) {
    if (!line) continue
    let recorded: Recorded
    try {
      recorded = JSON.parse(line) as Recorded
    } catch {
      throw new Error(`line ${i + 2} is no request`)
    }
    world.advance(recorded.at - engine.now)
    api.handle(recorded.request)
  }
  return world
}
