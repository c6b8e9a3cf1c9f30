// The versions of the product as an Atom feed, from CHANGELOG.md. Its entries bear whole addresses: without SITE= there is none.
import type { APIRoute, GetStaticPaths } from 'astro'
import { strings } from '../../i18n/strings.ts'
import { atom, releases } from '../lib/changelog.ts'
import { absolute } from '../lib/paths.ts'

export const getStaticPaths = (() =>
  import.meta.env.SITE ? [{ params: { feed: 'feed' } }] : []) satisfies GetStaticPaths

const file = import.meta.glob<{ compiledContent: () => Promise<string> }>('/CHANGELOG.md', { eager: true })

export const GET: APIRoute = async () => {
  const html = (await file['/CHANGELOG.md']?.compiledContent()) ?? ''
  const all = releases(html)
  if (!all.length) throw new Error('CHANGELOG.md tells of no release')
  const place = { title: strings.en.siteName, home: absolute('/') ?? '', self: absolute('/feed.xml') ?? '' }
  return new Response(atom(all, place), { headers: { 'content-type': 'application/atom+xml' } })
}
