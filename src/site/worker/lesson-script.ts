// A lesson as the session plays it: its world at the start, its commands in one row, its exercises.
import type { Lesson } from '../../lesson/lesson.ts'
import { parseTranscript, type TranscriptCommand } from '../../lesson/transcript.ts'
import { World } from '../../lesson/world.ts'
import type { Start } from './protocol.ts'
import { texts } from './texts.ts'

export interface LessonScript {
  /** Number of commands. */
  readonly total: number
  readonly commands: readonly TranscriptCommand[]
  /** Commands [from, to) of a step; of the whole lesson where no step is named. */
  range(step: string | undefined): { from: number; to: number }
  command(index: number): { step: string; command: string }
  createWorld(files: Readonly<Record<string, string>>): World
  judge(world: World): Iterable<[name: string, done: boolean]>
}

export function createScript(start: Start, lesson: Lesson): LessonScript {
  const { steps } = parseTranscript(start.transcript, lesson.transcript)
  const commands = steps.flatMap(step => step.commands)
  const owners = steps.flatMap(step => step.commands.map(() => step.name))
  return {
    total: commands.length,
    commands,
    range(step) {
      if (step === undefined) return { from: 0, to: commands.length }
      const from = owners.indexOf(step)
      return from < 0 ? { from: 0, to: 0 } : { from, to: owners.lastIndexOf(step) + 1 }
    },
    command: index => ({ step: owners[index] ?? '', command: commands[index]?.text ?? '' }),
    createWorld: files => new World({ seed: 1, files, texts }),
    judge: () => [],
  }
}
