// What a lesson is beside its prose: `content/NN-chapter/NN-lesson/lesson.ts` exports one Lesson, `chapter.ts` one
// Chapter. Order and ids are the folders' names, titles stand in the texts.
import type { Fault } from '../cluster/fault.ts'
import type { Exercise, Setup } from './exercise.ts'
import { installIngressController } from './ingress-controller.ts'
import { World, type WorldOptions } from './world.ts'

export interface Chapter {
  readonly title: { readonly zh: string; readonly en: string }
  readonly summary: { readonly zh: string; readonly en: string }
}

export interface Lesson {
  /** File under examples/NN-chapter: `roll-back.console`. */
  readonly transcript: string
  /** Minutes that a reader spends with it. */
  readonly minutes?: number
  /** How hard it is. */
  readonly level?: 1 | 2 | 3
  /** Numbers of the lessons that it builds upon: `3.3`. */
  readonly needs?: readonly string[]
  /** Seed of its world; 1 where absent. */
  readonly seed?: number
  /** Worker nodes of its cluster; 1 where absent. */
  readonly workers?: number
  /** A provider gives services of type LoadBalancer their addresses. */
  readonly loadBalancer?: boolean
  /** A metrics server is installed. */
  readonly metrics?: boolean
  /** Pods and nodes reach a small made-up world outside (src/network/outside.ts); the recorded cluster has no way out. */
  readonly outside?: boolean
  /** ingress-nginx is installed and routes what comes to the nodes' ports 30080 and 30443. */
  readonly ingressController?: boolean
  /** Images that the registry does not know run as stand-ins. */
  readonly anyImage?: boolean
  /** Files of the working directory beside (or instead of) those of the chapter's examples. */
  readonly files?: Readonly<Record<string, string>>
  /**
   * What the lesson finds done: commands, each run to its end, and waits in seconds. They leave no trace in the
   * terminals, and the clock begins behind them. One that fails is an error of the lesson.
   */
  readonly start?: readonly Setup[]
  /** What is broken when it begins, after `start`. */
  readonly faults?: readonly Fault[]
  readonly exercises: readonly Exercise[]
  /** It is a drill (drill.ts): its world is that of its one exercise, and it has no commands of its own. */
  readonly drill?: boolean
}

/** The options of a lesson's world that are data. */
export function lessonOptions({
  seed = 1,
  workers,
  loadBalancer,
  metrics,
  outside,
  anyImage,
}: Partial<Lesson>) {
  return {
    seed,
    ...(workers !== undefined && { workers }),
    ...(loadBalancer !== undefined && { loadBalancer }),
    ...(metrics !== undefined && { metrics }),
    ...(outside !== undefined && { outside }),
    ...(anyImage && { registry: { anyImage } }),
  }
}

/** The lesson as an exercise of it begins: what the lesson finds done, then what the exercise does. */
export function forExercise(lesson: Lesson, name: string): Lesson {
  const exercise = lesson.exercises.find(each => each.name === name)
  if (!exercise) throw new Error(`there is no exercise ${name}`)
  return {
    ...lesson,
    start: [...(lesson.start ?? []), ...(exercise.start ?? [])],
    faults: [...(lesson.faults ?? []), ...(exercise.faults ?? [])],
    exercises: [exercise],
  }
}

/** The world that a lesson begins in: the files of its chapter's examples in the working directory. */
export function lessonWorld(
  lesson: Partial<Lesson>,
  files: Readonly<Record<string, string>>,
  options: Pick<WorldOptions, 'instead' | 'secrets'> = {},
): World {
  const world = new World({ ...lessonOptions(lesson), ...options, files: { ...files, ...lesson.files } })
  for (const move of [
    ...(lesson.ingressController ? installIngressController : []),
    ...(lesson.start ?? []),
  ]) {
    if (typeof move === 'number') world.advance(move * 1000)
    else if (typeof move !== 'string') world.apply({ ...move, at: 0 })
    else {
      const { exit, stderr } = world.run(move)
      if (exit !== 0) throw new Error(`the lesson's start fails: ${move}\n${stderr}`)
    }
  }
  for (const fault of lesson.faults ?? []) world.inject(fault)
  if (lesson.drill) world.cluster.faults.seal()
  world.begin()
  return world
}
