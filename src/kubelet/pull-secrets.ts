// What a pod's imagePullSecrets say for a registry: docker's configuration files, old and new, as secrets hold them.
// Rules: pkg/credentialprovider. Left out: globs in names of hosts, paths below a host, credential helpers.

import { decodeBase64 } from '../engine/bytes.ts'
import { dictionary } from '../engine/dictionary.ts'
import type { PodObjects } from './environment.ts'
import type { SecretLogin } from './image-access.ts'
import type { Pod } from './types.ts'

const keys: Record<string, string> = dictionary({
  'kubernetes.io/dockerconfigjson': '.dockerconfigjson',
  'kubernetes.io/dockercfg': '.dockercfg',
})

/** `https://index.docker.io/v1/` is docker.io; a scheme and a path are dropped. */
function hostOf(server: string): string {
  const host = server.replace(/^https?:\/\//, '').replace(/\/.*$/, '')
  return /^(index|registry-1|registry|auth)\.docker\.io$/.test(host) ? 'docker.io' : host
}

/** The logins for one host, in the order of the secrets. What is no configuration counts as none. */
export function pullLogins(pod: Pod, objects: PodObjects, host: string): SecretLogin[] {
  const logins: SecretLogin[] = []
  for (const { name = '' } of pod.spec.imagePullSecrets ?? []) {
    const secret = objects.secret(pod.metadata.namespace ?? '', name)
    const text = decodeBase64(secret?.data?.[keys[secret.type ?? ''] ?? ''] ?? '')
    if (!text) continue
    try {
      const value = JSON.parse(text)
      const entries = secret!.type === 'kubernetes.io/dockercfg' ? value : value.auths
      for (const [server, entry] of Object.entries<Record<string, string>>(entries ?? {})) {
        if (hostOf(server) !== host) continue
        const [, user = '', password = ''] =
          /^([^:]*):([\s\S]*)$/.exec(decodeBase64(entry.auth ?? '') ?? '') ?? []
        logins.push({
          user: entry.username ?? user,
          password: entry.password ?? password,
          secret: `${secret!.metadata.namespace}/${name}/${secret!.metadata.uid}`,
        })
      }
    } catch (error) {
      if (!(error instanceof SyntaxError) && !(error instanceof TypeError)) throw error
    }
  }
  return logins
}
