// What is called, as V8 counts it. A process of its own, because it must count from the first module on:
//   profile.ts lessons   plays every lesson twice from its start to its first output, as the worker does, and prints a
//                        Profile (tiers.ts)
//   profile.ts loading   loads every part and prints the functions that are called while modules begin
// Its input is the modules that are asked about, by path, each with the parts of functions that could stand elsewhere
// (blocks.ts): these count as functions. They are found out before, because counting V8 runs long work slowly.
// Node leaves places as they are where it strips types, so they are those of the source.
import { globSync, readdirSync, readFileSync } from 'node:fs'
import { Session as Inspector } from 'node:inspector/promises'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import type { Script } from '../../../src/lesson/script.ts'
import type { BlockPlace } from './blocks.ts'
import type { Places, Profile } from './tiers.ts'

const root = join(import.meta.dirname, '../../..')
const modules: Record<string, readonly BlockPlace[]> = JSON.parse(readFileSync(0, 'utf8'))
const inspector = new Inspector()
inspector.connect()
await inspector.post('Profiler.enable')
await inspector.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })

const { createScript } = await import('../../../src/lesson/script.ts')
const { loadAll, withParts } = await import('../../../src/parts/load.ts')
const { Session } = await import('../../../src/site/worker/session.ts')
const lessons = new Map<string, Lesson>()
for (const path of globSync('content/*/*/lesson.ts', { cwd: root }).sort())
  lessons.set(dirname(path), (await import(join(root, path))).default)

type Ranges = readonly { readonly startOffset: number; readonly endOffset: number; readonly count: number }[]

const lengthOf = (range: Ranges[number] | undefined): number =>
  range ? range.endOffset - range.startOffset : Number.POSITIVE_INFINITY

/** Functions, and parts of them, since the last call, by their places: whether they were called. */
async function taken(): Promise<Record<string, Record<string, boolean>>> {
  const { result } = await inspector.post('Profiler.takePreciseCoverage')
  const found: Record<string, Record<string, boolean>> = {}
  for (const { url, functions } of result) {
    if (!url.startsWith('file:')) continue
    const path = relative(root, fileURLToPath(url)).replaceAll('\\', '/')
    const blocks = modules[path]
    if (!blocks) continue
    found[path] = {}
    for (const { ranges } of functions) {
      const [{ startOffset, endOffset, count }] = ranges as [(typeof ranges)[0]]
      if (startOffset === 0) continue // the module
      const place = `${startOffset} ${endOffset}`
      found[path][place] ||= count > 0
    }
    const byEnd = Map.groupBy(
      functions.map(each => each.ranges),
      ([whole]) => whole!.endOffset,
    )
    for (const { place, at, end, body } of blocks) {
      // The function that it stands in is the last to begin of those that end there: `a => b => { … }`.
      let around: Ranges = []
      for (const each of byEnd.get(end) ?? [])
        if (each[0]!.startOffset <= body && each[0]!.startOffset >= (around[0]?.startOffset ?? 0))
          around = each
      let inner: Ranges[number] | undefined
      for (const each of around)
        if (each.startOffset <= at && at < each.endOffset && lengthOf(each) < lengthOf(inner)) inner = each
      found[path][place] ||= (inner?.count ?? 0) > 0
    }
  }
  return found
}

const called = (all: Record<string, Record<string, boolean>>): Places =>
  Object.fromEntries(
    Object.entries(all).map(([path, places]) => [path, Object.keys(places).filter(each => places[each])]),
  )

function scriptOf(id: string, lesson: Lesson): Script {
  const folder = join(root, 'examples', basename(dirname(id)))
  const files = Object.fromEntries(
    readdirSync(folder, { withFileTypes: true })
      .filter(each => each.isFile())
      .map(({ name }) => [name, readFileSync(join(folder, name), 'utf8')]),
  )
  return createScript({ id, lesson, files, transcript: files[lesson.transcript] ?? '', version: '' })
}

const play = (script: Script): Promise<void> =>
  withParts(() => {
    let printed = false
    const session = new Session(script, 'en', message => {
      printed ||= message.type === 'output'
    })
    session.load({})
    session.catchUp()
    session.handle({ type: 'next', instant: false })
    for (let i = 0; i < 200 && !printed; i++) session.tick(50)
  })

/** The more a lesson's beginning is like others', the earlier it is played: what it alone computes would be put to those after it. */
const oddness = ({ start, faults }: Lesson, { commands }: Script): number =>
  (start || faults ? 2 : 0) + (/^(kk|kubectl) /.test(commands[0]?.text ?? '') ? 0 : 1)

async function profile(): Promise<Profile> {
  const functions: Record<string, Set<string>> = {}
  const once: Record<string, Record<string, string[]>> = {}
  const byLesson: Record<string, Places> = {}
  const scripts = [...lessons].map(([id, lesson]) => ({ id, lesson, script: scriptOf(id, lesson) }))
  scripts.sort((a, b) => oddness(a.lesson, a.script) - oddness(b.lesson, b.script))
  for (const { id, script } of scripts) {
    const name = id.replace('content/', '')
    await play(script)
    const first = await taken()
    await play(script)
    const second = await taken()
    byLesson[name] = called(second)
    const own: Record<string, string[]> = (once[name] = {})
    for (const [path, places] of Object.entries(first))
      for (const [place, was] of Object.entries(places)) {
        ;(functions[path] ??= new Set()).add(place)
        if (was && !second[path]?.[place]) (own[path] ??= []).push(place)
      }
  }
  const all = Object.entries(functions).map(([path, places]) => [path, [...places]])
  return { functions: Object.fromEntries(all), lessons: byLesson, once }
}

async function loading(): Promise<Places> {
  await loadAll()
  return called(await taken())
}

process.stdout.write(JSON.stringify(process.argv[2] === 'loading' ? await loading() : await profile()))
