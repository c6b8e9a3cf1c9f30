// A lesson as it is lived through: its world at the start, its commands in one row, and the header that a history of it
// bears. An exercise is lived through in a world of its own, without the lesson's commands; so is a drill.
import type { Secrets } from '../engine/secrets.ts'
import type { Exercise } from './exercise.ts'
import { contentHash, format, type Header } from './history.ts'
import { forExercise, type Lesson, lessonOptions, lessonWorld } from './lesson.ts'
import { parseTranscript, type TranscriptCommand } from './transcript.ts'
import type { World } from './world.ts'

export interface Script {
  readonly header: Header
  readonly files: Readonly<Record<string, string>>
  readonly commands: readonly TranscriptCommand[]
  readonly exercises: readonly Exercise[]
  /** Commands [from, to) of a step; of the whole lesson where no step is named. */
  range(step: string | undefined): { from: number; to: number }
  stepOf(index: number): string
  createWorld(): World
}

export interface ScriptSource {
  /** `04-deployment/04-roll-back` */
  readonly id: string
  readonly lesson: Lesson
  readonly files: Readonly<Record<string, string>>
  /** Text of its transcript. */
  readonly transcript: string
  /** Of the program. */
  readonly version: string
  /** Name of an exercise: its world, not the lesson's. */
  readonly exercise?: string | undefined
  /** Of its world, where others can reach that. */
  readonly secrets?: Secrets | undefined
}

/** How a history names where it belongs: a lesson, or one of its exercises. */
const placeOf = (lesson: string, exercise: string | undefined): string =>
  exercise === undefined ? lesson : `${lesson}@${exercise}`

/** The exercise of a lesson that such a name means; undefined for the lesson itself or another one. */
export const exerciseOf = (place: string, lesson: string): string | undefined =>
  place.startsWith(`${lesson}@`) ? place.slice(lesson.length + 1) : undefined

export function createScript(source: ScriptSource): Script {
  const { id, files, transcript, version, exercise, secrets } = source
  const lesson = exercise === undefined ? source.lesson : forExercise(source.lesson, exercise)
  const judged = exercise !== undefined || lesson.drill === true
  const steps = judged ? [] : parseTranscript(transcript, lesson.transcript).steps
  const commands = steps.flatMap(step => step.commands)
  const owners = steps.flatMap(step => step.commands.map(() => step.name))
  const { seed, ...options } = lessonOptions(lesson)
  const { ingressController, faults, start } = lesson
  return {
    header: {
      format,
      lesson: placeOf(id, exercise),
      content: contentHash({ ...files, ...lesson.files, [`transcript ${lesson.transcript}`]: transcript }),
      seed,
      options: JSON.parse(JSON.stringify({ ...options, ingressController, faults, start })),
      version,
    },
    files: { ...files, ...lesson.files },
    commands,
    exercises: judged ? lesson.exercises : [],
    range(step) {
      if (step === undefined) return { from: 0, to: commands.length }
      const from = owners.indexOf(step)
      return from < 0 ? { from: 0, to: 0 } : { from, to: owners.lastIndexOf(step) + 1 }
    },
    stepOf: index => owners[index] ?? '',
    createWorld: () => lessonWorld(lesson, files, secrets && { secrets }),
  }
}
