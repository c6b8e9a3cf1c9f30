// Gives a build its name, by what it consists of. The name stands in its pages and in its service worker, and above what
// is not named by its content: a page of one build never comes by the data of another.
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { build } from 'vite'
import { languages } from '../../src/i18n/strings.ts'
import { dataPath } from '../../src/site/offline/data-path.ts'
import type { Lists } from '../../src/site/offline/rules.ts'
import { root } from './run.ts'

/** What pages and the lab fetch by names that say nothing of their content. */
const data = ['lab', 'search', 'pagefind']

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(each => each.isFile())
    .map(each => relative(folder, join(each.parentPath, each.name)).split(sep).join('/'))
    .sort()

/** Names the build in `out`, moves its data below that name, and writes its service worker. Answers with the name. */
export async function nameBuild(out: string): Promise<string> {
  const hash = createHash('sha256')
  const files = filesOf(out)
  for (const file of files) hash.update(`${file}\n`).update(readFileSync(join(out, file)))
  const name = hash.digest('hex').slice(0, 12)

  for (const file of files.filter(each => each.endsWith('.html'))) {
    const page = readFileSync(join(out, file), 'utf8')
    writeFileSync(join(out, file), page.replace(/<html\b/, `<html data-build="${name}"`))
  }
  const folder = join(out, dataPath('', name, ''))
  mkdirSync(folder)
  for (const each of data) renameSync(join(out, each), join(folder, each))
  writeFileSync(join(folder, 'offline.json'), JSON.stringify(listsOf(out, name)))
  writeFileSync(join(out, 'sw.js'), await serviceWorker(name))
  return name
}

/** What is fetched for readers without a network, once they have used it. */
function listsOf(out: string, name: string): Lists {
  // Those of the lab's worker stand in a folder (worker-files.ts).
  const code = filesOf(join(out, '_astro')).filter(each => /^(?:lab-[^/]*\/)?[^/]+\.(?:js|css)$/.test(each))
  const found = filesOf(join(out, dataPath('', name, ''))).filter(each => /^(?:search|pagefind)\//.test(each))
  // Those of one language begin with its name: `zh.json`, `index/zh-cn_….pf_index`, `pagefind.zh-cn_….pf_meta`.
  const languageOf = (file: string) =>
    languages.find(each => new RegExp(String.raw`(?:/|/pagefind\.)${each}(?:-\w+)?[_.][^/]*$`).test(file))
  const search = languages.map(language => {
    const own = found.filter(each => (languageOf(each) ?? language) === language)
    return [`search:${language}`, own.map(each => dataPath('', name, each))] as const
  })
  const lab = [...code.map(each => `_astro/${each}`), dataPath('', name, 'lab/named.json')]
  return { lab, ...Object.fromEntries(search) }
}

/** In one script, as all browsers take it. */
async function serviceWorker(name: string): Promise<string> {
  const entry = join(root, 'src/site/offline/worker.ts')
  const built = await build({
    configFile: false,
    root,
    logLevel: 'error',
    define: { __BUILD__: JSON.stringify(name) },
    build: { write: false, lib: { entry, formats: ['iife'], name: 'offline' } },
  })
  const [first] = [built].flat()
  if (!first || !('output' in first)) throw new Error('no service worker was built')
  return first.output[0].code
}
