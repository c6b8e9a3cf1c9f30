// What a host should say with the site's files: the one list that the configuration of every host is written from (hosts.ts).

import { languages } from '../../../src/i18n/strings.ts'

export type Headers = Readonly<Record<string, string>>

export interface HostedSite {
  /** `/`, `/learn/k8s/`: begins and ends with a slash. */
  readonly base: string
  /** The content security policy that the pages bear. */
  readonly policy: string
}

/** Of a built page; throws where it bears none. */
export function policyIn(html: string): string {
  const [, policy] = /<meta http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html) ?? []
  if (!policy) throw new Error('the page bears no content security policy: is it built?')
  return policy.replaceAll('&#39;', "'").replaceAll('&amp;', '&')
}

/** With every file. */
export const everywhere = ({ policy }: HostedSite): Headers => ({
  // Who may frame it can be said in a header alone.
  'Content-Security-Policy': `${policy}; frame-ancestors 'self'`,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
})

/** Pages that other sites may show in a frame (src/site/embed). */
export const framedFolders = languages.map(language => `${language}/embed/`)

/** With those pages. */
export const framed = (site: HostedSite): Headers => ({
  ...everywhere(site),
  'Content-Security-Policy': `${site.policy}; frame-ancestors *`,
})

/** A module that other sites load: more than what is everywhere. */
export const sharedFiles = ['embed.js'] as const
export const shared: Headers = { 'Access-Control-Allow-Origin': '*' }

/** Asked for again each time and answered with 304 while it is the same: a new build is seen at once. */
export const revalidated = 'public, max-age=0, must-revalidate'

/** Of folders whose files bear a hash, or stand below one: the same address is the same file for ever. */
export const immutable = 'public, max-age=31536000, immutable'
export const hashedFolders = ['_astro/'] as const

/** Types that not every server knows by itself; the rest it knows. */
export const types: Readonly<Record<string, readonly string[]>> = {
  'application/json': ['json'],
  'application/manifest+json': ['webmanifest'],
  'application/wasm': ['wasm'],
  'application/yaml': ['yaml', 'yml'],
  'text/javascript': ['js'],
  'text/markdown': ['md'],
  'text/plain': ['txt', 'console'],
}

/** Files of these kinds shrink. */
export const compressible = [
  'console',
  'css',
  'html',
  'js',
  'json',
  'md',
  'svg',
  'txt',
  'wasm',
  'webmanifest',
  'xml',
  'yaml',
  'yml',
] as const
