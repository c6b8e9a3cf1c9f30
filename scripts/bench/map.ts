// What a frame costs the page while hundreds of pods start on the map of the playground: CPU of its main thread, from one
// frame that the browser draws to the next, everything in it (messages, drawing, layout, painting, what is thrown away).
// Run as a process of its own: node map.ts FOLDER PODS → one line of JSON, in ms; only frames in which the page drew.
import { launch, openPage } from '../../tests/site/browser.ts'
import { type } from '../../tests/site/lab-page.ts'
import { serve } from '../lib/serve.ts'

interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  /** Begin and duration, µs; CPU of the thread in it. */
  readonly ts: number
  readonly dur?: number
  readonly tdur?: number
}

const [folder = '', pods = ''] = process.argv.slice(2)
const served = await serve(folder, '/', 0)
const browser = await launch()
try {
  const { page } = await openPage(browser)
  page.setDefaultTimeout(120_000)
  await page.goto(`${served.url}en/play/`)
  const workers = page.locator('[data-option="workers"]')
  // A cluster that has room for them.
  for (const count of [3, 4, 5]) {
    await workers.click()
    await page.locator('[data-option="workers"]', { hasText: String(count) }).waitFor()
  }
  await page.locator('.map .idle').first().waitFor()
  await browser.startTracing(page, {
    categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline'],
  })
  await type(page, `kubectl create deployment web --image=leigg/hellok8s:v1 --replicas=${pods}`)
  await page.locator('.map .owner', { hasText: `${pods}/${pods}` }).waitFor()
  const { traceEvents } = JSON.parse(String(await browser.stopTracing())) as { traceEvents: TraceEvent[] }
  console.log(JSON.stringify(frames(traceEvents)))
} finally {
  await browser.close()
  await served.close()
}

function frames(events: readonly TraceEvent[]): { frames: number; mean: number; slow: number } {
  const page = events.find(({ name }) => name === 'FireAnimationFrame')
  if (!page) throw new Error('the page has drawn nothing')
  const own = events.filter(({ pid, tid }) => pid === page.pid && tid === page.tid)
  const ends = own
    .filter(({ name }) => name === 'Commit')
    .map(({ ts, dur = 0 }) => ts + dur)
    .sort((a, b) => a - b)
  const cost = new Map<number, number>()
  const drawn = new Set<number>()
  for (const { name, ts, tdur = 0 } of own) {
    const index = ends.findIndex(end => end > ts)
    if (name === 'RunTask') cost.set(index, (cost.get(index) ?? 0) + tdur / 1000)
    else if (name === 'FireAnimationFrame') drawn.add(index)
  }
  const costs = [...drawn].map(index => cost.get(index) ?? 0).sort((a, b) => a - b)
  return {
    frames: costs.length,
    mean: costs.reduce((sum, each) => sum + each, 0) / costs.length,
    slow: costs[Math.floor(costs.length * 0.95)]!,
  }
}
