// What a lesson is beside its prose: `content/NN-chapter/NN-lesson/lesson.ts` exports one Lesson, `chapter.ts` one
// Chapter. Order and ids are the folders' names, titles stand in the texts.
import type { Exercise } from './exercise.ts'
import { World } from './world.ts'

export interface Chapter {
  readonly title: { readonly zh: string; readonly en: string }
  readonly summary: { readonly zh: string; readonly en: string }
}

export interface Lesson {
  /** File under examples/NN-chapter: `roll-back.console`. */
  readonly transcript: string
  /** Seed of its world; 1 where absent. */
  readonly seed?: number
  /** Worker nodes of its cluster; 1 where absent. */
  readonly workers?: number
  readonly exercises: readonly Exercise[]
}

/** The world that a lesson begins in: the files of its chapter's examples in the working directory. */
export function lessonWorld(
  { seed = 1, workers }: Partial<Lesson>,
  files: Readonly<Record<string, string>>,
): World {
  return new World({ seed, files, ...(workers && { workers }) })
}
