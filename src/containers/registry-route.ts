// How containerd comes to a registry: by the hosts that /etc/containerd/certs.d/HOST/hosts.toml lists, one after the other,
// then by the registry itself (github.com/containerd/containerd/docs/hosts.md). Left out: client certificates, headers,
// capabilities, paths of their own.
import type { Files } from '../engine/files.ts'
import type { Registry } from './registry.ts'
import { endpointOf } from './registry.ts'
import { privateAddress, privateCertificate, reachOf } from './registry-hosts.ts'

interface HostEntry {
  readonly scheme: string
  readonly host: string
  readonly skipsVerify: boolean
  /** Paths of certificates that are trusted. */
  readonly certificates: readonly string[]
}

const directory = '/etc/containerd/certs.d'

/** `https://harbor.example.com` of a TOML file, as far as it is heeded. */
function parseHosts(text: string): { server: string | undefined; entries: HostEntry[] } {
  const entries: (HostEntry & { skipsVerify: boolean; certificates: readonly string[] })[] = []
  let server: string | undefined
  for (const line of text.split('\n').map(each => each.replace(/^\s+|\s*(#.*)?$/g, ''))) {
    const [, url] = /^\[host\."([^"]+)"\]$/.exec(line) ?? []
    if (url) {
      const [, scheme = 'https', host = ''] = /^(?:(https?):\/\/)?([^/]+)/.exec(url) ?? []
      entries.push({ scheme, host, skipsVerify: false, certificates: [] })
    }
    const [, key, value = ''] = /^(\w+)\s*=\s*(.+)$/.exec(line) ?? []
    const last = entries.at(-1)
    if (key === 'server' && !last) server = value.replace(/"/g, '')
    if (last && key === 'skip_verify')
      entries[entries.length - 1] = { ...last, skipsVerify: value === 'true' }
    if (last && key === 'ca')
      entries[entries.length - 1] = {
        ...last,
        certificates: [...value.matchAll(/"([^"]+)"/g)].map(([, path]) => path!),
      }
  }
  return { server, entries }
}

const hasCertificate = (files: Files, path: string): boolean =>
  files.exists(path) && files.read(path).includes(privateCertificate.trim())

/** Why one host is not reached, in Go's words; undefined where it is. */
function obstacle(files: Files, { scheme, host, skipsVerify, certificates }: HostEntry): string | undefined {
  switch (reachOf(host)) {
    case 'refused':
      return `dial tcp ${privateAddress}:${host.split(':')[1] ?? (scheme === 'http' ? '80' : '443')}: connect: connection refused`
    case 'plain':
      return scheme === 'http' ? undefined : 'http: server gave HTTP response to HTTPS client'
    case 'self-signed':
      return skipsVerify || certificates.some(path => hasCertificate(files, path))
        ? undefined
        : 'tls: failed to verify certificate: x509: certificate signed by unknown authority'
    default:
      return undefined
  }
}

export type Route =
  | 'open'
  /** Another host answers in its place. */
  | 'mirror'
  /** Nobody answers. */
  | 'silent'
  | { readonly why: string; readonly scheme: string }

export function routeTo(registry: Registry, files: Files | undefined, host: string): Route {
  const path = `${directory}/${host}/hosts.toml`
  const { server, entries } = files?.exists(path)
    ? parseHosts(files.read(path))
    : { server: undefined, entries: [] }
  for (const each of entries)
    if (files && each.host && !registry.isDown(each.host) && !obstacle(files, each))
      return each.host === endpointOf(host).name || each.host === host ? 'open' : 'mirror'
  const scheme = server?.startsWith('http://') ? 'http' : 'https'
  if (registry.isDown(host)) return 'silent'
  // The registry that the recorded cluster had answers for every name.
  if (registry.isMirror || !files) return 'open'
  const why = obstacle(files, {
    scheme,
    host,
    skipsVerify: false,
    certificates: [`${directory}/${host}/ca.crt`],
  })
  return why ? { why, scheme } : 'open'
}
