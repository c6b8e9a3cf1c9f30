// The world that is served: a fresh cluster with what it is asked to have, or one that has lived through a history of
// the page or through recorded requests.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Secrets } from '../../src/engine/secrets.ts'
import { type Drill, drillLesson } from '../../src/lesson/drill.ts'
import { readHeader, readHistory } from '../../src/lesson/history-text.ts'
import { installIngressController } from '../../src/lesson/ingress-controller.ts'
import type { Lesson } from '../../src/lesson/lesson.ts'
import { playLesson, playOptionsOf, playPlace } from '../../src/lesson/playground.ts'
import { Replay } from '../../src/lesson/replay.ts'
import { createScript, exerciseOf } from '../../src/lesson/script.ts'
import { World } from '../../src/lesson/world.ts'
import { root } from '../lib/run.ts'

/** What a fresh cluster is made with; a recording of requests begins with it. */
export interface Made {
  readonly seed: number
  /** Virtual time at the start, ms since 1970. */
  readonly epoch: number
  readonly workers: number
  readonly outside: boolean
  readonly addOns: readonly AddOn[]
}

export const addOns = ['metrics', 'load-balancer', 'ingress', 'any-image'] as const
export type AddOn = (typeof addOns)[number]

export function freshWorld({ seed, epoch, workers, outside, addOns }: Made, secrets?: Secrets): World {
  const has = (name: AddOn) => addOns.includes(name)
  const world = new World({
    seed,
    epoch,
    ...(secrets && { secrets }),
    workers,
    outside,
    metrics: has('metrics'),
    loadBalancer: has('load-balancer'),
    registry: { anyImage: has('any-image') },
  })
  if (has('ingress'))
    for (const move of installIngressController) {
      if (typeof move === 'number') world.advance(move * 1000)
      else if (typeof move === 'string') world.run(move)
    }
  return world
}

/** Manifests of a folder: texts by name, in the order of the names. */
export function readManifests(folder: string): Record<string, string> {
  const names = globSync('**/*.{yaml,yml,json}', { cwd: folder }).sort()
  if (!names.length) throw new Error(`${folder} has no manifests (.yaml, .yml or .json)`)
  return Object.fromEntries(names.map(name => [name, readFileSync(join(folder, name), 'utf8')]))
}

/** Applies texts by name, one after the other; returns what kubectl printed. Throws with the file's name. */
export function applyManifests(world: World, manifests: Readonly<Record<string, string>>): string {
  return Object.entries(manifests)
    .map(([name, text], i) => {
      const file = `manifest-${i}.yaml`
      world.write(file, text)
      const { exit, stdout, stderr } = world.run(`kubectl apply -f ${file}`)
      if (exit !== 0) throw new Error(`${name}: ${stderr.replaceAll(file, name).trimEnd()}`)
      return stdout
    })
    .join('')
}

/**
 * The world at the place where one stood in the page when the history was shared or downloaded. With secrets of its own,
 * tokens and certificates are others than they were in the page.
 */
export async function livedWorld(text: string, secrets?: Secrets): Promise<World> {
  const header = readHeader(text)
  const place = header.lesson.split('@')[0]!
  const { lesson, files, transcript } = await sourceOf(place, text)
  const exercise = exerciseOf(header.lesson, place)
  const script = createScript({
    id: place,
    lesson,
    files,
    transcript,
    version: header.version,
    exercise,
    secrets,
  })
  if (place !== playPlace && script.header.content !== header.content)
    throw new Error(`the files of ${place} are others now: its history would do something else`)
  const history = readHistory(text, place === playPlace ? {} : script.files)
  return new Replay(script).finish(history.path(), history.elapsed).world
}

async function sourceOf(
  place: string,
  text: string,
): Promise<{ lesson: Lesson; files: Record<string, string>; transcript: string }> {
  if (place === playPlace) {
    const options = playOptionsOf(readHeader(text))
    if (!options) throw new Error('this is no playground of today')
    return { lesson: playLesson(options), files: {}, transcript: '' }
  }
  // The name comes from a file of somebody's: it must not lead anywhere else.
  if (!/^[\w-]+\/[\w-]+$/.test(place)) throw new Error(`there is no lesson ${place}`)
  const folder = join(root, 'content', place)
  const files = (of: string) =>
    Object.fromEntries(
      globSync('**/*', { cwd: of, withFileTypes: true })
        .filter(entry => entry.isFile() && !/\.console$/.test(entry.name))
        .map(entry => join(entry.parentPath, entry.name))
        .sort()
        .map(path => [path.slice(of.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8')]),
    )
  if (place.startsWith('drills/')) {
    const drill = await imported<Drill>(join(folder, 'drill.ts'), place)
    const manifests = Object.entries(files(folder)).filter(([name]) => name.endsWith('.yaml'))
    return { lesson: drillLesson(drill), files: Object.fromEntries(manifests), transcript: '' }
  }
  const lesson = await imported<Lesson>(join(folder, 'lesson.ts'), place)
  const examples = join(root, 'examples', place.split('/')[0]!)
  return {
    lesson,
    files: files(examples),
    transcript: readFileSync(join(examples, lesson.transcript), 'utf8'),
  }
}

async function imported<T>(path: string, place: string): Promise<T> {
  try {
    return ((await import(pathToFileURL(path).href)) as { default: T }).default
  } catch (error) {
    throw new Error(`the course has no ${place} here: ${error instanceof Error ? error.message : error}`)
  }
}
