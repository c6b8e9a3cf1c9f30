// The map of the site and robots.txt, from the addresses that the built pages bear themselves.

export interface Addressed {
  readonly address: string
  /** Of the same page: language (or x-default) and address. */
  readonly alternates: readonly (readonly [language: string, address: string])[]
}

const links = (html: string): Record<string, string>[] =>
  [...html.matchAll(/<link\b([^>]*)>/g)].map(([, attributes = '']) =>
    Object.fromEntries(
      [...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
    ),
  )

/** Undefined for a page that is not to be found, or was built without an address. */
export function addressed(html: string): Addressed | undefined {
  const all = links(html)
  const address = all.find(({ rel }) => rel === 'canonical')?.href
  return address === undefined
    ? undefined
    : {
        address,
        alternates: all.flatMap(({ rel, hreflang, href }) =>
          rel === 'alternate' && hreflang && href ? [[hreflang, href] as const] : [],
        ),
      }
}

/** Addresses come from attributes, where they are escaped as XML wants them. */
export const sitemap = (pages: readonly Addressed[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
${[...pages]
  .sort((a, b) => (a.address < b.address ? -1 : 1))
  .map(
    ({ address, alternates }) =>
      `<url><loc>${address}</loc>${alternates.map(([language, href]) => `<xhtml:link rel="alternate" hreflang="${language}" href="${href}"/>`).join('')}</url>`,
  )
  .join('\n')}
</urlset>
`

/** All may be read; where the map is, if there is one. */
export const robots = (map: string | undefined): string =>
  `User-agent: *\nAllow: /\n${map ? `\nSitemap: ${map}\n` : ''}`
