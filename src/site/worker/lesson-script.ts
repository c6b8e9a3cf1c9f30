// A lesson as the session plays it: its world at the start, its commands in one row, its exercises.
import { ExerciseJudge } from '../../lesson/exercise.ts'
import { type Lesson, lessonWorld } from '../../lesson/lesson.ts'
import { Player, type Stage } from '../../lesson/player.ts'
import { parseTranscript, type TranscriptCommand } from '../../lesson/transcript.ts'
import type { World } from '../../lesson/world.ts'
import type { Start } from './protocol.ts'

export interface LessonScript {
  readonly commands: readonly TranscriptCommand[]
  /** Commands [from, to) of a step; of the whole lesson where no step is named. */
  range(step: string | undefined): { from: number; to: number }
  stepOf(index: number): string
  createWorld(): World
  createPlayer(world: World, stage: Stage): Player
  createJudge(world: World): ExerciseJudge
}

export function createScript(start: Start, lesson: Lesson): LessonScript {
  const { steps } = parseTranscript(start.transcript, lesson.transcript)
  const commands = steps.flatMap(step => step.commands)
  const owners = steps.flatMap(step => step.commands.map(() => step.name))
  return {
    commands,
    range(step) {
      if (step === undefined) return { from: 0, to: commands.length }
      const from = owners.indexOf(step)
      return from < 0 ? { from: 0, to: 0 } : { from, to: owners.lastIndexOf(step) + 1 }
    },
    stepOf: index => owners[index] ?? '',
    createWorld: () => lessonWorld(lesson, start.files),
    createPlayer: (world, stage) => new Player(world, commands, stage),
    createJudge: world => new ExerciseJudge(world, lesson.exercises),
  }
}
