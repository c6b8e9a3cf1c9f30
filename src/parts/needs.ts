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

/** What was asked for while it ran; what it is handed tells what was until then. */
function asked(run: (soFar: () => Needs) => void): Needs {
  for (const table of families) table.asked.clear()
  const soFar = () =>
    Object.fromEntries(
      families.filter(table => table.asked.size).map(table => [table.family, [...table.asked].sort()]),
    )
  run(soFar)
  return soFar()
}

type Played = readonly [
  lesson: Lesson,
  files: Readonly<Record<string, string>>,
  commands: readonly TranscriptCommand[],
]

export const needsOf = (...lesson: Played): LessonNeeds => playedNeeds(...lesson).needs

/** Plays the lesson; everything must be loaded. Gives also what each of its commands prints. */
export function playedNeeds(...[lesson, files, commands]: Played): {
  readonly needs: LessonNeeds
  readonly outputs: readonly string[]
} {
  let outputs: readonly string[] = []
  let beginning: Needs = {}
  let first: Needs = {}
  const all = asked(soFar => {
    const world = lessonWorld(lesson, files)
    world.terminal(1)
    beginning = first = soFar()
    outputs = play(world, commands, position => {
      if (position === 1) first = soFar()
    })
  })
  const rest = Object.entries(all)
    .map(([family, names]) => [family, names.filter(name => !first[family]?.includes(name))] as const)
    .filter(([, names]) => names.length)
  const exercises = lesson.exercises.map(({ name, start, faults }) => [
    name,
    // Many begin as the lesson does.
    start || faults ? asked(() => lessonWorld(forExercise(lesson, name), files).terminal(1)) : beginning,
  ])
  const needs = { first, rest: Object.fromEntries(rest), exercises: Object.fromEntries(exercises) }
  return { needs, outputs }
}
