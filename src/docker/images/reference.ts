// Names of images as docker's client reads and shows them (github.com/distribution/reference).
import { canonicalName, fullName, type ImageName } from '../../containers/registry.ts'
import { DockerError } from '../errors.ts'

const hubAliases = /^(index\.docker\.io|registry-1\.docker\.io)$/

/** `docker.io/library/nginx:1.26`; throws what is wrong with the text. */
export function parseReference(text: string): ImageName {
  const wrong = whatIsWrong(text)
  if (wrong) throw new DockerError(wrong)
  const name = canonicalName(text)!
  return hubAliases.test(name.host) ? { ...name, host: 'docker.io' } : name
}

/** Why a text is no name of an image; undefined where it is one. */
export function whatIsWrong(text: string): string | undefined {
  const [withTag = '', digest, more] = text.split('@')
  if (more !== undefined || (digest !== undefined && !/^[a-z0-9]+:[0-9a-f]{32,}$/.test(digest)))
    return 'invalid reference format'
  if (digest?.startsWith('sha256:') && digest.length !== 71)
    return digest.length < 71 + 0 ? 'invalid reference format' : 'invalid checksum digest length'
  if (/^[0-9a-f]{64}$/.test(text))
    return `invalid repository name (${text}), cannot specify 64-byte hexadecimal strings`
  if (canonicalName(text))
    return withTag.length > 255 + 128 ? 'repository name must not be more than 255 characters' : undefined
  // A name that would be right in lower case is told so.
  const colon = withTag.lastIndexOf(':')
  const bare = colon > withTag.lastIndexOf('/') ? withTag.slice(0, colon) : withTag
  const tag = colon > withTag.lastIndexOf('/') ? withTag.slice(colon + 1) : 'latest'
  if (!/^\w[\w.-]{0,127}$/.test(tag)) return 'invalid reference format'
  const path = remainder(bare)
  if (
    path !== path.toLowerCase() &&
    canonicalName(`${bare.slice(0, bare.length - path.length)}${path.toLowerCase()}`)
  )
    return `invalid reference format: repository name (${hasHost(bare) ? path : bare.includes('/') ? path : `library/${path}`}) must be lowercase`
  return 'invalid reference format'
}

/** The first part of a name is a host where it has a dot, a colon or a capital letter, or is `localhost`. */
const hasHost = (name: string): boolean => {
  const first = name.split('/')[0]!
  return name.includes('/') && (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase())
}
const remainder = (name: string): string => (hasHost(name) ? name.slice(name.indexOf('/') + 1) : name)

/** As docker shows it: without `docker.io/` and `library/`. */
export const familiarName = (repository: string): string =>
  repository.replace(/^docker\.io\//, '').replace(/^library\/(?=[^/]+$)/, '')

export const repositoryOf = ({ host, path }: ImageName): string => `${host}/${path}`

/** `nginx:1.26`, `leigg/hellok8s@sha256:…` */
export const familiarReference = (name: ImageName): string => familiarName(fullName(name))
