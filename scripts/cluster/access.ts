// Who is let in: requests for this server's own names only (against DNS rebinding), none from other sites' pages, and
// nobody without a token or a certificate that this cluster signed.
import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import type { ApiRequest, ApiServer } from '../../src/api/types.ts'
import type { CertificateSigningRequest } from '../../src/kinds/schema/types.ts'

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
 * that the server itself made.
 */
export function withIdentities(api: ApiServer, { token: own }: Access): ApiServer {
  const isIssued = own === undefined ? () => false : issuedBy(api)
  const known = (request: ApiRequest): ApiRequest => {
    const { token, certificate, ...rest } = request
    if (certificate !== undefined && isIssued(certificate)) return request
    if (own === undefined || token === own) return rest
    if (token === '' && health.test(request.path)) return { ...rest, user: anonymous }
    return { ...rest, ...(token !== undefined && { token }) }
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

/**
 * Which certificates (PEM) the cluster's signer has issued, also for requests that are gone by now. The authority's key
 * is the same in every world and no secret: that it signed a certificate says nothing to a server that others can reach.
 */
function issuedBy(api: ApiServer): (pem: string) => boolean {
  const issued = new Set<string>()
  api.watch(
    {
      method: 'GET',
      path: '/apis/certificates.k8s.io/v1/certificatesigningrequests',
      query: { watch: 'true' },
      managedFields: false,
      looks: true,
    },
    ({ object }) => {
      const { certificate } = (object as CertificateSigningRequest).status ?? {}
      if (certificate) issued.add(Buffer.from(String(certificate), 'base64').toString().trim())
    },
  )
  return pem => issued.has(pem.trim())
}
