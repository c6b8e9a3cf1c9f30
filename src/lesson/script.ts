// A lesson as it is lived through: its world at the start, its commands in one row, its exercises, and the header that a
// history of it bears.
import type { Exercise } from './exercise.ts'
import { contentHash, format, type Header } from './history.ts'
import { type Lesson, lessonOptions, lessonWorld } from './lesson.ts'
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
}

export function createScript({ id, lesson, files, transcript, version }: ScriptSource): Script {
  const { steps } = parseTranscript(transcript, lesson.transcript)
  const commands = steps.flatMap(step => step.commands)
  const owners = steps.flatMap(step => step.commands.map(() => step.name))
  const { seed, ...options } = lessonOptions(lesson)
  const { ingressController, faults, start } = lesson
  return {
    header: {
      format,
      lesson: id,
      content: contentHash({ ...files, ...lesson.files, [`transcript ${lesson.transcript}`]: transcript }),
      seed,
      options: JSON.parse(JSON.stringify({ ...options, ingressController, faults, start })),
      version,
    },
    files: { ...files, ...lesson.files },
    commands,
    exercises: lesson.exercises,
    range(step) {
      if (step === undefined) return { from: 0, to: commands.length }
      const from = owners.indexOf(step)
      return from < 0 ? { from: 0, to: 0 } : { from, to: owners.lastIndexOf(step) + 1 }
    },
    stepOf: index => owners[index] ?? '',
    createWorld: () => lessonWorld(lesson, files),
  }
}
