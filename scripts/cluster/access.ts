// Who is let in: requests for this server's own names only (against DNS rebinding), none from other sites' pages, and
// nobody without a token or a certificate that this cluster signed.
import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import { certificateUser } from '../../src/api/client-certificate.ts'
import type { ApiRequest, ApiServer } from '../../src/api/types.ts'
import type { World } from './world.ts'

export interface Access {
  /** The administrator's bearer token; absent: everybody is the administrator (tests). */
  readonly token?: string
  /** Names by which clients may call the server, beside addresses and localhost. */
  readonly names?: readonly string[]
}

/** Why a request is not for this server, or from another site; undefined where it may go on. */
export function strange({ headers }: IncomingMessage, { names = [] }: Access): string | undefined {
  const { host, origin } = headers
  if (host === undefined) return 'a Host header is needed'
  const name = hostName(host)
  if (name === undefined || !(isIP(name) || name === 'localhost' || names.includes(name)))
    return `${JSON.stringify(host)} is no name of this server`
  if (origin !== undefined && origin !== `https://${host}` && origin !== `http://${host}`)
    return 'pages of other sites are not answered'
  return undefined
}

function hostName(host: string): string | undefined {
  const [, address, name] = /^(?:\[([0-9a-f:.]+)\]|([^:/@\s]+))(?::\d{1,5})?$/i.exec(host) ?? []
  return (address ?? name)?.toLowerCase()
}

/** What is told to anybody, as where an AuthenticationConfiguration lets nobody else in without a token. */
const health = /^\/(?:livez|readyz|healthz)$/
const anonymous = { name: 'system:anonymous', groups: ['system:unauthenticated'] }

/**
 * The API server as clients see it that say who they are: by a certificate, by the administrator's own token, or by one
 * that the server itself made. A world without secrets of its own signs by keys that everybody knows: there neither
 * certificates nor such tokens count.
 */
export function withIdentities({ engine, api }: World, { token: own }: Access): ApiServer {
  const hasSecrets = engine.secrets !== undefined
  const known = (request: ApiRequest): ApiRequest => {
    const { token, certificate, ...rest } = request
    if (hasSecrets && certificate !== undefined && certificateUser(certificate, engine)) return request
    if (own === undefined || token === own) return rest
    if (token === '' && health.test(request.path)) return { ...rest, user: anonymous }
    // What the server asks itself has none.
    return { ...rest, ...(token !== undefined && { token: hasSecrets ? token : '' }) }
  }
  return {
    handle: request => api.handle(known(request)),
    watch: (request, onEvent, onEnd) => api.watch(known(request), onEvent, onEnd),
    connect: request => api.connect(known(request)),
    get refuses() {
      return api.refuses ?? false
    },
  }
}
