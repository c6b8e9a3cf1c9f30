// Which parts a lesson needs: found out at build time by playing it, sent with the lesson, and loaded before its world
// begins. A list that is out of date costs a replay, nothing else.
import type { Lesson } from '../lesson/lesson.ts'
import { forExercise, lessonWorld } from '../lesson/lesson.ts'
import { play } from '../lesson/player.ts'
import type { TranscriptCommand } from '../lesson/transcript.ts'
import { families } from './families.ts'

/** Names of parts, by their family. */
export type Needs = Readonly<Record<string, readonly string[]>>

export interface LessonNeeds {
  /** Of the world's beginning and the first command. */
  readonly first: Needs
  /** Of the lesson's other commands. */
  readonly rest: Needs
  /** Of the beginning of each exercise's world. */
  readonly exercises?: Readonly<Record<string, Needs>>
}

function asked(run: () => void): Needs {
  for (const table of families) table.asked.clear()
  run()
  return Object.fromEntries(
    families.filter(table => table.asked.size).map(table => [table.family, [...table.asked].sort()]),
  )
}

/** Plays the lesson; everything must be loaded. */
export function needsOf(
  lesson: Lesson,
  files: Readonly<Record<string, string>>,
  commands: readonly TranscriptCommand[],
): LessonNeeds {
  const needed = (some: readonly TranscriptCommand[]) =>
    asked(() => {
      const world = lessonWorld(lesson, files)
      world.terminal(1)
      play(world, some)
    })
  const first = needed(commands.slice(0, 1))
  const all = Object.entries(needed(commands))
  const rest = all.map(([family, names]) => [family, names.filter(name => !first[family]?.includes(name))])
  const exercises = lesson.exercises.map(({ name }) => [
    name,
    asked(() => lessonWorld(forExercise(lesson, name), files).terminal(1)),
  ])
  return {
    first,
    rest: Object.fromEntries(rest.filter(([, names]) => names!.length)),
    exercises: Object.fromEntries(exercises),
  }
}
