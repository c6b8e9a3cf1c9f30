// What the lab does never depends on what of the cut code is loaded. A worker that begins with none of it, and loses some
// before every message, shows what one shows that has everything: in a lesson with its commands and one's own, editors,
// faults, ways back, a reload, a link and an exercise. Tried on the last lessons of a sample of chapters; of all in
// `npm run soak`.
import { afterEach, expect, test, vi } from 'vitest'
import type { Fault } from '../../src/cluster/fault.ts'
import { words } from '../../src/i18n/lab/share.en.ts'
import { sample } from '../sample.ts'
import { lessonIds, lessonOf, WorkerPage } from './worker.ts'

afterEach(() => vi.unstubAllGlobals())

const manifest = `apiVersion: v1
kind: ConfigMap
metadata:
  name: own
data:
  colour: blue
`
const spoilt = manifest.replace('data:', 'daten:')
const fault: Fault = { type: 'registry-down', host: 'docker.io' }

/** Everything that one does in a lab, and what it shows after each deed. */
async function session(
  id: string,
  starving: boolean,
  first = 0,
): Promise<{ seen: unknown[]; misses: number }> {
  const { lesson, start } = await lessonOf(id)
  const page = await WorkerPage.create(start, starving, first)
  const seen: unknown[] = [page.view]
  const look = () => seen.push(page.view)

  await page.do({ type: 'next', instant: true })
  look()
  await page.do({ type: 'next', instant: false })
  for (let i = 0; i < 10; i++) await page.tick()
  await page.do({ type: 'run', instant: true })
  look()
  expect(page.last('guide')).toMatchObject({ running: false, diverged: false })
  expect(page.last('guide')!.same).not.toContain(false)

  await page.type('kubectl get pods,nodes -o wide; kubectl describe node | tail -5')
  look()
  await page.do(
    { type: 'complete', id: 1, terminal: 1, text: 'kubectl get po' },
    { type: 'details', object: 'node/k8s-master' },
    { type: 'diagnose', id: 2, text: spoilt },
    { type: 'fault', fault },
    { type: 'next-event' },
    { type: 'pass', ms: 30_000 },
    { type: 'repair', fault },
  )
  look()
  await page.do({ type: 'write', file: 'own.yaml', text: manifest, apply: 1 })
  await page.type('vi own.yaml')
  expect(page.last('edit')!.editor).toMatchObject({ name: 'own.yaml' })
  await page.do({ type: 'edited', file: page.last('edit')!.editor!.file, text: spoilt })
  await page.type('kubectl edit configmap own')
  expect(page.last('edit')!.editor).toBeDefined()
  const { file, text } = page.last('edit')!.editor!
  await page.do({ type: 'edited', file, text: text.replace('blue', 'red') })
  await page.type('kubectl get configmap own -o jsonpath={.data}; kubectl apply -f own.yaml')
  expect(JSON.stringify(page.view)).toContain('red')
  look()
  await page.do({ type: 'back' })
  look()
  await page.do({ type: 'reset' })
  look()
  await page.do({ type: 'reset', sure: true })
  look()
  await page.do({ type: 'undo' })
  look()

  await page.settled()
  const saved = page.last('saved')!.history
  // What is left for others and what comes from them, whichever room is missing.
  await page.do({ type: 'export', words: words.script })
  for (let i = 0; i < page.rooms; i++) await page.do({ type: 'peek', words: words.script, text: saved })
  expect(page.last('foreign')).toMatchObject({ summary: { place: id } })
  look()
  for (const more of [{ saved }, { saved, foreign: true }]) {
    const again = await WorkerPage.create({ ...start, ...more }, starving, first)
    seen.push(again.view)
    expect(again.last('set-aside')).toBeUndefined()
    page.misses += again.misses
  }
  for (const { name, solution } of lesson.exercises.slice(0, 1)) {
    const own = await WorkerPage.create({ ...start, exercise: name }, starving, first)
    for (const move of solution) {
      if (typeof move === 'number') await own.do({ type: 'pass', ms: move * 1000 })
      else await own.type(move)
    }
    seen.push(own.view)
    expect(JSON.stringify(own.view)).toContain('"reached":true')
    page.misses += own.misses
  }
  return { seen, misses: page.misses }
}

/** The last lesson of each chapter. */
const last = [...new Map(lessonIds.map(id => [id.split('/')[0], id])).values()]

for (const [i, id] of sample(last, 6).entries()) {
  test(`${id}: the same with rare code missing again and again`, async () => {
    const full = await session(id, false)
    const starved = await session(id, true, i)
    expect(starved.seen.length).toBe(full.seen.length)
    for (const [at, view] of starved.seen.entries()) expect(view, `look ${at}`).toEqual(full.seen[at])
    // It was missing, or this shows nothing.
    expect(starved.misses).toBeGreaterThan(10)
  })
}
