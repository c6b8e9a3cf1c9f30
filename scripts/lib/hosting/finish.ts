// What stands beside the pages for those who serve and find them, made when the pages are.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Place } from '../place.ts'
import { policyIn } from './headers.ts'
import { headersFile } from './hosts.ts'
import { addressed, robots, sitemap } from './sitemap.ts'

/** Writes it into `out`, whose pages are `html`; answers with a line for each thing that whoever builds should know. */
export function finish(out: string, html: readonly string[], { origin, base }: Place): string[] {
  const notes: string[] = []
  const policy = policyIn(readFileSync(join(out, 'index.html'), 'utf8'))
  writeFileSync(join(out, '_headers'), headersFile({ base, policy }))
  // GitHub Pages leaves out folders that begin with _ unless told so.
  writeFileSync(join(out, '.nojekyll'), '')
  const map = origin && `${origin}${base}sitemap.xml`
  writeFileSync(join(out, 'robots.txt'), robots(map))
  if (map) {
    const pages = html.flatMap(name => addressed(readFileSync(join(out, name), 'utf8')) ?? [])
    writeFileSync(join(out, 'sitemap.xml'), sitemap(pages))
    notes.push(`sitemap.xml: ${pages.length} pages`)
    if (base !== '/') notes.push(`robots.txt is read at ${origin}/robots.txt alone: it has to be put there`)
  } else
    notes.push(
      'without SITE=https://… there are no canonical addresses, other languages of a page, sitemap and link previews',
    )
  return notes
}
