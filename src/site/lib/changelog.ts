// CHANGELOG.md by versions.

export interface Release {
  readonly version: string
  /** `2026-11-29` */
  readonly date: string
  /** HTML of what it says. */
  readonly html: string
}

/** From the HTML of the file; newest first, as it stands there. What is not released yet has no date and is left out. */
export function releases(html: string): Release[] {
  return html.split(/(?=<h2\b)/).flatMap(part => {
    const [heading = '', version, date] =
      /^<h2[^>]*>\s*(\d+\.\d+\.\d+) - (\d{4}-\d\d-\d\d)\s*<\/h2>\s*/.exec(part) ?? []
    return version && date ? [{ version, date, html: part.slice(heading.length).trim() }] : []
  })
}

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

export interface FeedPlace {
  readonly title: string
  /** Whole addresses: of the site, and of the feed itself. */
  readonly home: string
  readonly self: string
}

/** Atom (RFC 4287). A release is told from others by its version. */
export function atom(all: readonly Release[], { title, home, self }: FeedPlace): string {
  const time = (date: string): string => `${date}T00:00:00Z`
  const entry = ({ version, date, html }: Release): string => `<entry>
<id>${home}#${version}</id>
<title>${escapeXml(title)} ${version}</title>
<updated>${time(date)}</updated>
<link href="${home}"/>
<content type="html">${escapeXml(html)}</content>
</entry>`
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<id>${home}</id>
<title>${escapeXml(title)}</title>
<updated>${time(all[0]?.date ?? '1970-01-01')}</updated>
<author><name>${escapeXml(title)}</name></author>
<link href="${home}"/>
<link rel="self" href="${self}"/>
${all.map(entry).join('\n')}
</feed>
`
}
