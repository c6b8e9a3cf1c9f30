// Where the server is that the kubeconfig and the command line name, and what a client meets there when it is not this
// cluster's: the words of Go's net and tls packages.

import type { Node, NodeAddress } from '../kinds/schema/types.ts'
import type { Connection } from './connection.ts'

export interface ServerAddress {
  /** `https://10.0.2.2:6443`, without a slash at its end. */
  readonly url: string
  /** `dial tcp 127.0.0.1:8080: connect: connection refused`; absent where the server answers. */
  readonly failure?: string
  /** How long it takes to find that out, in ms. */
  readonly afterMs?: number
}

/** Where no server is named (clientcmd's default). */
const nowhere = 'http://localhost:8080'
/** The network that the workstation and the nodes share: a machine that is not there does not answer ARP. */
const neighbours = /^10\.0\.2\./
const dialTimeoutMs = 30_000
const noRouteMs = 3_000

const dialOf = (url: string): string => `dial tcp ${url.replace(/^https?:\/\//, '')}:`

/** Addresses of the machines that are there: another port of theirs refuses. */
function machines({ api }: Connection): string[] {
  const { body } = api.handle({ method: 'GET', path: '/api/v1/nodes', userAgent: 'kubectl' })
  return (body?.items ?? []).flatMap((node: Node) =>
    (node.status?.addresses ?? []).map((each: NodeAddress) => each.address),
  )
}

/** rest.DefaultServerURL: a host alone is https where certificates are at hand. */
export function serverUrl(given: string, secure: boolean): string {
  const text = (given || nowhere).replace(/\/+$/, '')
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `${secure ? 'https' : 'http'}://${text}`
}

export function serverAddress(connection: Connection, url: string): ServerAddress {
  if (url === connection.server)
    return connection.api.refuses ? { url, failure: `${dialOf(url)} connect: connection refused` } : { url }
  const m = /^([a-z][a-z0-9+.-]*):\/\/(\[[^\]]*\]|[^:/]*)(?::(\d+))?/i.exec(url)
  const [scheme = '', host = '', given] = [m?.[1]?.toLowerCase(), m?.[2], m?.[3]]
  if (scheme !== 'http' && scheme !== 'https')
    return { url, failure: `unsupported protocol scheme ${JSON.stringify(scheme)}` }
  const port = given ?? (scheme === 'https' ? '443' : '80')
  if (Number(port) > 65_535) return { url, failure: `dial tcp: address ${port}: invalid port` }
  const address = host === 'localhost' ? '127.0.0.1' : host
  if (!/^[\d.]+$/.test(address))
    return { url, failure: `dial tcp: lookup ${host} on 127.0.0.53:53: no such host` }
  const dial = `dial tcp ${address}:${port}:`
  if (address.startsWith('127.') || machines(connection).includes(address))
    return { url, failure: `${dial} connect: connection refused` }
  if (neighbours.test(address))
    return { url, failure: `${dial} connect: no route to host`, afterMs: noRouteMs }
  return { url, failure: `${dial} i/o timeout`, afterMs: dialTimeoutMs }
}
