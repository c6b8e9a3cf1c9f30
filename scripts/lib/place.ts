// Where the site will stand. SITE=https://example.org/learn/k8s says it whole: the pages then bear absolute addresses for
// search engines and link previews, and its path is the base. LIVING_KUBERNETES_BASE=/learn/k8s says the base alone.

export interface Place {
  /** `https://example.org`; without it nothing absolute is written. */
  readonly origin?: string
  /** `/`, `/learn/k8s/`: begins and ends with a slash. */
  readonly base: string
}

const asBase = (path: string): string => `/${path}/`.replace(/\/+/g, '/')

/** Throws, in words for whoever set them, where the variables say nothing that a site could stand at. */
export function placeOf({ SITE, LIVING_KUBERNETES_BASE }: NodeJS.ProcessEnv): Place {
  const base = LIVING_KUBERNETES_BASE === undefined ? undefined : asBase(LIVING_KUBERNETES_BASE)
  if (!SITE) return { base: base ?? '/' }
  const url = URL.canParse(SITE) ? new URL(SITE) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash || url.username)
    throw new Error(`SITE=${SITE} is no address of a site: it is meant as https://example.org/path`)
  const path = asBase(url.pathname)
  if (base !== undefined && base !== path)
    throw new Error(`SITE has the path ${path} and LIVING_KUBERNETES_BASE is ${base}: SITE alone says both`)
  return { origin: url.origin, base: path }
}
