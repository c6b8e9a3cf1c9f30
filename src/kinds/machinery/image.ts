// Names of images as the API server and the kubelet read them: pkg/util/parsers and distribution's reference grammar.

export interface ImageName {
  /** With its registry: `docker.io/library/nginx`. */
  readonly repository: string
  /** `latest` where neither tag nor digest is given; '' with a digest alone. */
  readonly tag: string
  readonly digest: string
}

const host = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])'
const domain = `${host}(?:\\.${host})*(?::\\d+)?|\\[[a-fA-F0-9:]+\\](?::\\d+)?`
const part = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*'
const reference = new RegExp(
  `^((?:${domain})/)?(${part}(?:/${part})*)(?::([\\w][\\w.-]{0,127}))?(?:@([A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?$`,
)

/** undefined where the text is no image name. */
export function parseImage(text: string): ImageName | undefined {
  if (/^[a-f0-9]{64}$/.test(text)) return undefined
  const slash = text.indexOf('/')
  const first = slash < 0 ? '' : text.slice(0, slash)
  const hasDomain =
    first !== '' && (/[.:]/.test(first) || first === 'localhost' || first.toLowerCase() !== first)
  const registry = hasDomain ? (first === 'index.docker.io' ? 'docker.io' : first) : 'docker.io'
  let rest = hasDomain ? text.slice(slash + 1) : text
  if (registry === 'docker.io' && !/^[^:@]*\//.test(rest)) rest = `library/${rest}`
  const match = reference.exec(`${registry}/${rest}`)
  if (!match?.[1]) return undefined
  const [, , path, tag, digest] = match
  const repository = `${registry}/${path}`
  if (path!.length > 255) return undefined
  return { repository, tag: tag ?? (digest ? '' : 'latest'), digest: digest ?? '' }
}

/** The tag that decides about the pull policy: '' for what cannot be read. */
export const imageTag = (text: string): string => parseImage(text)?.tag ?? ''
