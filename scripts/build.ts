// Builds the site: pages (Astro), then the search index (Pagefind) and what hosts and search engines want beside them. SITE=
// says where it will stand (lib/place.ts), LIVING_KUBERNETES_CARD_WIDTH= how wide its link previews are drawn
// (pages/cards). Prints its sizes beside what they should be. Sizes are held against tests/sizes.json: with --hold-sizes
// (as in npm test) one that has grown over its ceiling is a failure. The ceiling is the target, where it has been reached,
// or 3 % over what was committed; --update-sizes commits to today's. --compress puts .br and .gz beside each file. Other
// arguments go to `astro build`.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import * as pagefind from 'pagefind'
import { nameBuild } from './lib/build-name.ts'
import { dataFolder } from './lib/data-folder.ts'
import { firstLoad, workerFile } from './lib/first-load.ts'
import { compressSite } from './lib/hosting/compress.ts'
import { finish } from './lib/hosting/finish.ts'
import { requireNode } from './lib/node-version.ts'
import { gzip, PageWeights } from './lib/page-weight.ts'
import { placeOf } from './lib/place.ts'
import { stage } from './lib/progress.ts'
import { root, run } from './lib/run.ts'

requireNode()
const place = placeOf(process.env)
const out = process.env.LIVING_KUBERNETES_OUT ?? join(root, 'dist')
const sizesFile = join(root, 'tests/sizes.json')
const growth = 1.03

const own = ['--hold-sizes', '--update-sizes', '--compress']
const [holdSizes, updateSizes, compress] = own.map(each => process.argv.includes(each))
const pages = stage('build: pages')
rmSync(out, { recursive: true, force: true })
const astro = await run('astro', ['build', ...process.argv.slice(2).filter(each => !own.includes(each))], {
  env: { ASTRO_TELEMETRY_DISABLED: '1' },
  onLine: line => pages.note(line.trim()),
})
if (astro.code !== 0) {
  console.log(astro.output)
  process.exit(astro.code)
}
const html = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.html'))
pages.end(`${html.length} pages`)

const search = stage('build: search index')
const { index, errors } = await pagefind.createIndex({})
if (!index) throw new Error(errors.join('\n'))
const added = await index.addDirectory({ path: out })
const written = await index.writeFiles({ outputPath: join(out, 'pagefind') })
await pagefind.close()
// Its ready-made dialogs: the site has its own.
for (const name of ['ui', 'modular-ui', 'component-ui', 'highlight'])
  for (const end of ['js', 'css']) rmSync(join(out, 'pagefind', `pagefind-${name}.${end}`), { force: true })
const failures = [...added.errors, ...written.errors]
if (failures.length) throw new Error(failures.join('\n'))
search.end(`${added.page_count} pages indexed`)

// What only the index reads leaves the pages.
for (const name of html) {
  const file = join(out, name)
  const page = readFileSync(file, 'utf8')
  const rest = page
    .replace(
      /<span hidden(?: data-pagefind-ignore)? data-pagefind-(?:meta|filter)="[^"]*">[^<]*<\/span>/g,
      '',
    )
    .replace(/ data-pagefind-(?:body|ignore)(?=[ >])/g, '')
  if (rest !== page) writeFileSync(file, rest)
}

for (const note of finish(out, html, place)) console.log(`  ${note}`)
console.log(`  build ${await nameBuild(out)}`)
if (compress) {
  const compressing = stage('build: compress')
  const { files, from, ...to } = await compressSite(out)
  const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MB`
  compressing.end(
    `${files} files, ${megabytes(from)}: brotli ${megabytes(to.brotli)}, gzip ${megabytes(to.gzip)}`,
  )
}

// ---- sizes
const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KB`
const assets = join(out, '_astro')
const weights = new PageWeights(out)

const scripts = readdirSync(assets).filter(name => name.endsWith('.js'))
const named = (prefix: string): string | undefined =>
  scripts.find(name => name.startsWith(`${prefix}.`) || name.startsWith(`${prefix}-`))

let failed = 0
const { targets, ...committed } = JSON.parse(readFileSync(sizesFile, 'utf8')) as Record<string, number> & {
  targets: Record<string, number>
}
const measured: Record<string, number> = {}
const report = (name: string, what: string, bytes: number, unit = 'gzip'): void => {
  measured[name] = bytes
  const target = targets[name]
  const before = committed[name] ?? Number.POSITIVE_INFINITY
  const ceiling = target && before <= target ? target : before * growth
  const over = !updateSizes && bytes > ceiling
  if (over) failed++
  const notes = [
    target && `target ${kilobytes(target)}`,
    !updateSizes && `ceiling ${kilobytes(ceiling)}`,
    over && 'TOO LARGE: make it smaller, or node scripts/build.ts --update-sizes',
  ]
  console.log(`  ${what}: ${kilobytes(bytes)} ${unit} (${notes.filter(Boolean).join(', ')})`)
}

const panel = scripts.find(
  name => /^lab[.-]/.test(name) && readFileSync(join(assets, name), 'utf8').includes('openLab'),
)
const worker = workerFile(out)
const labs = join(dataFolder(out), 'lab')
const [lesson] = readdirSync(labs, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.json'))
  .map(name =>
    name
      .replace(/\.json$/, '')
      .split('\\')
      .join('/'),
  )
  .sort()
if (panel) report('panel', 'lab panel', weights.sum(weights.closure(panel)))
const load = panel && worker && lesson && (await firstLoad(out, worker, lesson))
if (load) {
  const style = readdirSync(assets).filter(name => /^lab\..*\.css$/.test(name))
  // It waits for its words, too: those of one language.
  const words = scripts.filter(name => /^zh[.-]/.test(name))
  if (words.length !== 1) throw new Error(`words of the lab: ${words.join(', ') || 'none'}`)
  const own = [...weights.closure(panel), ...style, ...words].map(name => join(assets, name))
  const all = [...own, ...load.files, join(labs, `${lesson}.json`)].map(file => readFileSync(file))
  const total = (size: (data: Buffer) => number) => all.reduce((bytes, data) => bytes + size(data), 0)
  const what = `lab, from the click to the first output (${lesson}, ${all.length} files)`
  report('lab', what, total(gzip))
  report(
    'lab-brotli',
    what,
    total(data => brotliCompressSync(data).length),
    'brotli',
  )
  console.log(`  … and ${load.cpuMs.toFixed(0)} ms of the worker's CPU`)
} else console.log('  lab: not measured, this Node cannot tell which modules it loads')
const editor = named('codemirror')
if (editor) report('editor', 'editor', weights.sum(weights.closure(editor)))

// Every page is held; of each kind the heaviest is named.
const weighed = html.map(name => weights.of(name)).sort((a, b) => b.overText - a.overText)
const [heaviest] = weighed
if (heaviest) {
  report('page', `heaviest page over its text (${heaviest.name})`, heaviest.overText)
  for (const [kind, [page]] of Map.groupBy(weighed, each => each.kind))
    if (page) console.log(`    ${kind}: ${page.overText} bytes (${page.name})`)
  const most = weighed.reduce((a, b) => (b.requests > a.requests ? b : a))
  console.log(`  requests: at most ${most.requests} (${most.name})`)
  if (most.requests > 4) failed++
  const begun = [...weights.filesOf(heaviest.name)].filter(name => name.endsWith('.js'))
  const [rest] = begun.flatMap(name => /import\(`\.\/([\w.-]+)`\)/.exec(weights.script(name))?.[1] ?? [])
  if (!rest) throw new Error(`${begun.join(', ')} loads nothing`)
  report('page-rest', 'what a page loads at the first sign of its reader', weights.sum(weights.closure(rest)))
}
if (updateSizes)
  writeFileSync(sizesFile, `${JSON.stringify({ targets, ...committed, ...measured }, null, 2)}\n`)
const parts = Object.keys(measured).length
console.log(`${html.length + parts - failed} passed, ${failed} failed`)
process.exit(holdSizes && failed ? 1 : 0)
