// Docker Hub counts the pulls of an address. Who has used them up, and is not logged in, is still told what an image is,
// but does not get it (docs.docker.com/docker-hub/usage/pulls).
import { endpointOf, type FoundImage } from './registry.ts'

/** What the registry says. */
export const tooManyRequests =
  'toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit'

/** What containerd and BuildKit make of it. */
export function limitWords({ digest }: FoundImage): string {
  const [, host = '', path = '', hash = ''] = /^([^/]+)\/(.*)@(.*)$/.exec(digest)!
  return `failed to copy: httpReadSeeker: failed open: unexpected status code https://${endpointOf(host).name}/v2/${path}/manifests/${hash}: 429 Too Many Requests - Server message: ${tooManyRequests}`
}
