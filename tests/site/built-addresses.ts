// What a built site says of its own addresses, held against its files.
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { addressed } from '../../scripts/lib/hosting/sitemap.ts'

/** One line for each thing that is wrong in `folder`, built for `site` (`https://example.org/learn/k8s/`). */
export function wrongAddresses(folder: string, site: string): string[] {
  const read = (path: string) => readFileSync(join(folder, path), 'utf8')
  const wrong: string[] = []
  const check = (good: boolean, what: string): void => {
    if (!good) wrong.push(what)
  }
  /** Whether a whole address is a file of the site. */
  const there = (address: string): boolean => {
    const path = address.startsWith(site) ? address.slice(site.length) : undefined
    return (
      path !== undefined &&
      existsSync(join(folder, path, path === '' || path.endsWith('/') ? 'index.html' : ''))
    )
  }
  const pages = new Map(
    globSync('**/*.html', { cwd: folder }).map(path => [path.replaceAll('\\', '/'), read(path)] as const),
  )
  const named = new Map<string, string>()
  for (const [path, html] of pages) {
    const page = addressed(html)
    if (/^404\.html$|^\w+\/embed\//.test(path))
      check(!page && html.includes('content="noindex"'), `${path} can be found`)
    else if (page?.address !== `${site}${path.replace(/index\.html$/, '')}`)
      wrong.push(`${path} says that it is ${page?.address}`)
    else {
      named.set(page.address, path)
      const languages = page.alternates.map(([language]) => language)
      check(languages.join() === 'zh-CN,en,x-default', `${path}: languages ${languages}`)
      for (const [language, other] of page.alternates) {
        check(there(other), `${path}: ${language} is ${other}, which is not there`)
        const back = addressed(pages.get(`${other.slice(site.length)}index.html`) ?? '')?.alternates
        check(
          !!back?.some(([, each]) => each === page.address) || path === 'index.html',
          `${other} does not name ${path}`,
        )
      }
    }
    for (const [, picture = ''] of html.matchAll(/property="og:image" content="([^"]*)"/g))
      check(there(picture), `${path}: no picture ${picture}`)
    for (const [, data = ''] of html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)) {
      const { url, encoding } = JSON.parse(data) as { url: string; encoding?: { contentUrl: string } }
      check(url === page?.address, `${path}: its data is of ${url}`)
      check(!encoding || there(encoding.contentUrl), `${path}: no ${encoding?.contentUrl}`)
    }
  }
  const map = [...read('sitemap.xml').matchAll(/<loc>(.*?)<\/loc>/g)].map(([, each]) => each ?? '')
  check(map.length === named.size && map.every(each => named.has(each)), 'the sitemap lists other pages')
  check(read('robots.txt').includes(`Sitemap: ${site}sitemap.xml\n`), 'robots.txt does not name the sitemap')
  for (const [, address = ''] of read('llms.txt').matchAll(/\]\((.*?)\)/g))
    check(there(address), `llms.txt: no ${address}`)
  check(read('feed.xml').includes(`<id>${site}#`), 'the feed has no release')
  return wrong
}
