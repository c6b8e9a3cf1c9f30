// Where a page stands, in which languages, and the picture for links to it: whole addresses, for search engines and link previews.
import { htmlLanguage, type Language, languages } from '../../i18n/strings.ts'
import { absolute, inLanguage } from './paths.ts'

export interface Addresses {
  readonly address: string
  /** A home page, or the way in for both languages. */
  readonly home: boolean
  /** As `<link hreflang>` takes them; x-default is for readers of neither language. */
  readonly alternates: readonly (readonly [hreflang: string, address: string])[]
  readonly picture: string
}

/**
 * Of the page at `path`: `/zh/04-deployment/`; `/` is the way in for both languages. `card`: it has a picture of its own
 * (pages/cards). Undefined where the build was not told where the site will stand.
 */
export function addressesOf(path: string, language: Language, card: boolean): Addresses | undefined {
  const address = absolute(path)
  if (!address) return undefined
  const home = path === '/' || path === `/${language}/`
  const pages: (readonly [string, string])[] = languages.map(each => [
    htmlLanguage[each],
    path === '/' ? `/${each}/` : inLanguage(path, each),
  ])
  pages.push(['x-default', home ? '/' : inLanguage(path, 'en')])
  const pictured = card ? path : `/${language}/`
  return {
    address,
    home,
    alternates: pages.map(([hreflang, each]) => [hreflang, absolute(each)!]),
    picture: absolute(`/cards${pictured.slice(0, -1)}.png`)!,
  }
}
