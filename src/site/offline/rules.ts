// What is kept for readers without a network, and what belongs together: decisions of the service worker (worker.ts),
// without a browser. A build has a name of its own, which stands in its pages (`<html data-build>`); what is kept of it
// stands in a cache of its own. Whatever is below `_astro/` has an address that changes with its bytes, so that no page
// can come by what belongs to another build.

import { dataPath } from './data-path.ts'

/** What a page says to the service worker. */
export type FromPage =
  /** Which build are you? The answer goes to the port that comes with it. */
  | { readonly type: 'build' }
  /** To a build that waits: the one before it may be at rest by now. */
  | { readonly type: 'take-over' }
  /** A page is there, and at rest. */
  | {
      readonly type: 'here'
      readonly build: string
      /** Paths of what it consists of. */
      readonly paths: readonly string[]
      /** Names of lists: what the reader uses, and will want to use without a network. */
      readonly uses: readonly string[]
      /** Nothing is to be fetched only for later. */
      readonly sparing: boolean
    }

/** What a part of the site consists of, by its name; paths within the site. Written by the build, kept beside its data. */
export type Lists = Readonly<Record<string, readonly string[]>>

const site = 'living-kubernetes'

/** `scope`: path of the site, since others may stand at the same origin. */
export const cacheName = (scope: string, build: string): string => `${site} ${scope} ${build}`

/** Builds of this site that have a cache. */
export const buildsIn = (caches: readonly string[], scope: string): string[] =>
  caches.flatMap(name => {
    const [first, at, build] = name.split(' ')
    return first === site && at === scope && build ? [build] : []
  })

/** What a path leads to: a page, what never changes at its address, or what is not kept. */
export function kindOf(path: string, scope: string): 'page' | 'fixed' | undefined {
  if (!path.startsWith(scope)) return undefined
  const within = path.slice(scope.length)
  if (within.startsWith('_astro/')) return 'fixed'
  return within === '' || /(?:\/|\.html)$/.test(within) ? 'page' : undefined
}

/** Of which build a page is. */
export const buildOfPage = (html: string): string | undefined =>
  /<html\b[^>]*? data-build="(\w+)"/.exec(html)?.[1]

/** What was kept of an older build and has its like in this one: pages, and what their labs begin with. */
export function visited(paths: readonly string[], scope: string, older: string, build: string): string[] {
  const labs = dataPath(scope, older, 'lab/')
  return paths.flatMap(path => {
    if (path.startsWith(labs)) return [dataPath(scope, build, 'lab/') + path.slice(labs.length)]
    return kindOf(path, scope) === 'page' ? [path] : []
  })
}

/** Builds that no page is of any more. A page that does not answer (undefined) may be of any. */
export const abandoned = (builds: readonly string[], open: readonly (string | undefined)[]): string[] =>
  open.includes(undefined) ? [] : builds.filter(each => !open.includes(each))
