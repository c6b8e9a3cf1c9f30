// The daemon's way to registries: whether one is reached, by which mirrors, and what it answers. Words: docker 28 and the
// registries' own (distribution, Harbor).

import { endpointOf, type FoundImage, type ImageName } from '../../containers/registry.ts'
import type { Login } from '../../containers/registry-accounts.ts'
import { isHarbor } from '../../containers/registry-accounts.ts'
import { privateAddress, privateCertificate, reachOf } from '../../containers/registry-hosts.ts'
import { tooManyRequests } from '../../containers/registry-limit.ts'
import { sleep, type Task } from '../../engine/task.ts'
import type { Daemon } from '../daemon/daemon.ts'
import { DaemonError } from '../errors.ts'
import { tagOfDigest, withMeasuredDigest } from './catalog-content.ts'
import { familiarName, familiarReference, repositoryOf } from './reference.ts'

/** /etc/docker/daemon.json, as far as it is heeded. */
export interface DaemonSettings {
  readonly mirrors: readonly string[]
  readonly insecure: readonly string[]
}

const settingsFile = '/etc/docker/daemon.json'
/**
 * A request to a registry. A recorded pull that is refused takes 32 ms where a command that asks nobody takes 14
 * (recordings/docker/pull).
 */
const askMs = 12
/** Until the daemon gives up to wait for one that does not answer (moby registry/auth.go). */
const patienceMs = 15_000

/** Without the file: what docker does by itself. A file that is no JSON counts as none. */
export function daemonSettings({ machine }: Daemon): DaemonSettings {
  const { files } = machine
  try {
    const value = files.exists(settingsFile) ? JSON.parse(files.read(settingsFile)) : {}
    return { mirrors: value['registry-mirrors'] ?? [], insecure: value['insecure-registries'] ?? [] }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return { mirrors: [], insecure: [] }
  }
}

const hostOf = (url: string): string => url.replace(/^https?:\/\//, '').replace(/\/.*$/, '')
const bare = (host: string): string => host.replace(/:\d+$/, '')

/** Why a registry is not reached, in Go's words; undefined where it is. */
function* unreachable(daemon: Daemon, host: string): Task<{ url: string; why: string } | undefined> {
  const { machine } = daemon
  const { insecure } = daemonSettings(daemon)
  const isInsecure = insecure.includes(host) || insecure.includes(bare(host))
  const url = `https://${endpointOf(host).name}/v2/`
  if (machine.registry.isDown(host)) {
    yield* sleep(patienceMs)
    return {
      url,
      why: 'net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
    }
  }
  yield* sleep(askMs)
  const trusted = [host, bare(host)]
    .map(each => `/etc/docker/certs.d/${each}/ca.crt`)
    .some(path => machine.files.exists(path) && machine.files.read(path).includes(privateCertificate.trim()))
  switch (reachOf(host)) {
    case 'unknown':
      return { url, why: `dial tcp: lookup ${bare(host)} on 127.0.0.1:53: no such host` }
    case 'refused': {
      const port = host.split(':')[1] ?? '443'
      return { url, why: `dial tcp ${privateAddress}:${port}: connect: connection refused` }
    }
    case 'plain':
      return isInsecure || isLoopback(host)
        ? undefined
        : { url, why: 'http: server gave HTTP response to HTTPS client' }
    case 'self-signed':
      return isInsecure || trusted
        ? undefined
        : { url, why: 'tls: failed to verify certificate: x509: certificate signed by unknown authority' }
    case 'ok':
      return undefined
  }
}

const isLoopback = (host: string): boolean => /^(localhost|127\.)/.test(host)

/** The scheme that docker speaks to it, as its messages show. */
const schemeOf = (host: string): string => (reachOf(host) === 'plain' ? 'http' : 'https')

/** Goes to a registry; throws why it is not reached. */
export function* reach(daemon: Daemon, host: string): Task {
  const failure = yield* unreachable(daemon, host)
  if (failure) throw new DaemonError(`Get "${failure.url}": ${failure.why}`)
}

/** A login as `docker login` checks it; throws what the registry says. */
export function* signIn(daemon: Daemon, host: string, login: Login): Task {
  yield* reach(daemon, host)
  if (daemon.machine.registry.accounts.signIn(host, login)) return
  if (host === 'docker.io')
    throw new DaemonError(
      'Get "https://registry-1.docker.io/v2/": unauthorized: incorrect username or password',
    )
  throw new DaemonError(
    `login attempt to ${schemeOf(host)}://${host}/v2/ failed with status: 401 Unauthorized`,
  )
}

/**
 * What can be pulled under a name; throws in the words of the registry. Docker Hub is asked by way of its mirrors first:
 * one that does not answer is passed over.
 */
export function* resolve(daemon: Daemon, name: ImageName, login: Login | undefined): Task<FoundImage> {
  const { registry } = daemon.machine
  const { host, path, tag, digest } = name
  const isMirrored = host === 'docker.io' && (yield* byMirror(daemon))
  if (!isMirrored) yield* reach(daemon, host)
  const accounts = registry.accounts
  const url = `${schemeOf(host)}://${endpointOf(host).name}/v2/${path}/manifests/${digest ?? tag}`
  if (!accounts.isOpen(host, path)) {
    if (!login) throw new DaemonError(`Head "${url}": no basic auth credentials`)
    if (!accounts.mayPull(host, path, login))
      throw new DaemonError(
        isHarbor(host) && accounts.signIn(host, login)
          ? `unauthorized: unauthorized to access repository: ${path}, action: pull: unauthorized to access repository: ${path}, action: pull`
          : `Head "${url}": unauthorized: authentication required`,
      )
  }
  const found = digest ? byDigest(daemon, name, digest) : registry.find(`${repositoryOf(name)}:${tag}`)
  if (found && !isMirrored && registry.isLimited(host, login ? [login] : []))
    throw new DaemonError(tooManyRequests)
  if (found) return withMeasuredDigest(found, registry.isMirror)
  const own = login !== undefined && path.startsWith(`${login.user}/`)
  if (host === 'docker.io' && !own && !registry.hasRepository(repositoryOf(name)))
    throw new DaemonError(
      `pull access denied for ${familiarName(repositoryOf(name))}, repository does not exist or may require 'docker login': denied: requested access to the resource is denied`,
    )
  throw new DaemonError(
    `manifest for ${familiarReference(name)} not found: manifest unknown: manifest unknown`,
  )
}

/** Is there a mirror of Docker Hub that answers? */
function* byMirror(daemon: Daemon): Task<boolean> {
  for (const url of daemonSettings(daemon).mirrors) {
    const host = hostOf(url)
    const isPlain = url.startsWith('http://') && reachOf(host) === 'plain'
    if (isPlain ? !daemon.machine.registry.isDown(host) : !(yield* unreachable(daemon, host))) {
      yield* sleep(askMs)
      return true
    }
  }
  return false
}

/** A digest that is known here already, or that something was pushed under. */
function byDigest(daemon: Daemon, name: ImageName, digest: string): FoundImage | undefined {
  const { registry } = daemon.machine
  const repository = repositoryOf(name)
  const pushed = registry.pushed(`${repository}@${digest}`)
  if (pushed) return pushed
  const tag = registry.isMirror ? tagOfDigest(repository, digest) : undefined
  if (tag) return registry.find(`${repository}:${tag}`)
  for (const stored of daemon.images.all)
    for (const tag of stored.tags)
      if (stored.digests.has(`${repository}@${digest}`) && tag.startsWith(`${repository}:`)) {
        const found = registry.find(tag)
        if (found) return found
      }
  return undefined
}
