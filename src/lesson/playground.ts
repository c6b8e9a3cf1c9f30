// The playground: a cluster without a lesson. What it is made with stands in the header of its history, so that whoever
// opens a link has the same one.
import type { Header } from './history.ts'
import type { Lesson } from './lesson.ts'

/** Where a history of it says that it belongs. */
export const playPlace = 'play'
const mostNodes = 5

export interface PlayOptions {
  readonly seed: number
  /** Nodes beside the control plane, 1 to `mostNodes`. */
  readonly workers: number
  readonly metrics: boolean
  readonly loadBalancer: boolean
  readonly ingressController: boolean
  /** Images that nobody has simulated run as programs that only stay. */
  readonly anyImage: boolean
}

export const plainPlay: PlayOptions = {
  seed: 1,
  workers: 2,
  metrics: false,
  loadBalancer: false,
  ingressController: false,
  anyImage: false,
}

export const playLesson = (options: PlayOptions): Lesson => ({
  ...options,
  transcript: 'play.console',
  exercises: [],
})

/** What such a header says the playground was made with; undefined where that is no playground of today. */
export function playOptionsOf({ lesson, seed, options }: Header): PlayOptions | undefined {
  if (lesson !== playPlace || typeof options !== 'object' || options === null) return undefined
  const { workers, metrics, loadBalancer, ingressController, registry } = options as Record<string, unknown>
  const anyImage = registry !== undefined
  const found = { seed, workers, metrics, loadBalancer, ingressController, anyImage }
  return isPlayOptions(found) ? found : undefined
}

export function isPlayOptions(value: unknown): value is PlayOptions {
  if (typeof value !== 'object' || value === null) return false
  const { seed, workers, metrics, loadBalancer, ingressController, anyImage } = value as Record<
    string,
    unknown
  >
  const isWhole = (each: unknown, least: number, most: number) =>
    Number.isInteger(each) && (each as number) >= least && (each as number) <= most
  return (
    isWhole(seed, 0, 2 ** 31) &&
    isWhole(workers, 1, mostNodes) &&
    [metrics, loadBalancer, ingressController, anyImage].every(each => typeof each === 'boolean')
  )
}
