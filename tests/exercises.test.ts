// Every exercise is judged as it should be, at every second: its solution reaches it; it is not reached at its start, by
// waiting, nor without the last command of its solution; and of the ways in `ways.ts` beside the lesson, each right one does
// and no wrong one ever does. Beside its solution each exercise is tried on one of these sides, the next on another; in
// `npm run soak` on all.
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checksOf, type Exercise, type ExerciseResult, type Move } from '../src/lesson/exercise.ts'
import { ExerciseJudge } from '../src/lesson/judge.ts'
import { forExercise, type Lesson, lessonWorld } from '../src/lesson/lesson.ts'
import { whole } from './sample.ts'

/** By exercise; a way's name is a sentence that says why it counts or not. */
type Ways = Readonly<Record<string, Record<'right' | 'wrong', Readonly<Record<string, readonly Move[]>>>>>

const root = join(import.meta.dirname, '..')
const ways = 3
const idle = 600
/** A command that has not ended by then is left running. */
const commandSeconds = 180

/** How many exercises were there before. */
let turn = 0

const paths = globSync('content/*/*/lesson.ts', { cwd: root }).sort()
for (const path of paths) {
  const folder = dirname(path).replaceAll('\\', '/')
  const lesson = (await import(join(root, path))).default as Lesson
  const examples = join(root, 'examples', folder.split('/')[1]!)
  const files = Object.fromEntries(
    readdirSync(examples, { withFileTypes: true })
      .filter(each => each.isFile())
      .map(({ name }) => [name, readFileSync(join(examples, name), 'utf8')]),
  )
  const waysFile = join(root, folder, 'ways.ts')
  const known = existsSync(waysFile) ? ((await import(waysFile)).default as Ways) : {}

  /** Goes a way, judging at every second of it; ends where the exercise is reached. */
  const go = (exercise: Exercise, moves: readonly Move[], after?: (move: Move) => void): ExerciseResult => {
    const world = lessonWorld(forExercise(lesson, exercise.name), files)
    const judge = new ExerciseJudge(world, [exercise])
    let result = judge.results()[0]!
    const second = (seconds = 1) => {
      world.advance(seconds * 1000)
      result = judge.results()[0]!
    }
    for (const move of moves) {
      // A night goes by minute by minute.
      const step = typeof move === 'number' && move > 3600 ? 60 : 1
      if (typeof move === 'number') for (let i = 0; i < move; i += step) second(step)
      else {
        const running = world.start(move)
        world.engine.runUntil(() => running.done, 1000)
        result = judge.results()[0]!
        for (let i = 0; i < commandSeconds && !running.done; i++) second()
        running.finish(0)
      }
      result = judge.results()[0]!
      after?.(move)
    }
    return result
  }
  const missing = ({ checks }: ExerciseResult) => checks.filter(each => !each.met).map(each => each.name)

  describe.each(lesson.exercises.map(each => [each.name, each] as const))(
    `${folder} %s`,
    (name, exercise) => {
      const own = turn++
      it('has a solution', () => {
        const result = go(exercise, exercise.solution)
        expect([result.reached, missing(result)]).toEqual([true, []])
        // Who is timed has time to think and to type.
        if (exercise.mark !== undefined) expect(result.took).toBeLessThan((exercise.mark * 60_000) / 4)
      })

      const { right = {}, wrong = {} } = known[name] ?? {}

      it('has right and wrong ways beside it', () => {
        expect(Object.keys(right).length).toBeGreaterThanOrEqual(ways)
        expect(Object.keys(wrong).length).toBeGreaterThanOrEqual(ways)
      })

      const waiting = () =>
        it('is reached neither at its start nor by waiting', () => {
          expect(Object.keys(checksOf(exercise)).length).toBeGreaterThan(0)
          expect(go(exercise, [idle]).reached).toBe(false)
        })

      const unfinished = () =>
        it('is not reached without the last command of its solution', () => {
          const last = exercise.solution.findLastIndex(move => typeof move === 'string')
          expect(go(exercise, [...exercise.solution.slice(0, last), 60]).reached).toBe(false)
        })

      const some = <T>(all: readonly T[]): readonly T[] =>
        whole ? all : all.slice(own % all.length).slice(0, 1)

      const counting = () =>
        it.each(some(Object.entries(right)))('counts: %s', (_, moves) => {
          const result = go(exercise, moves)
          expect([result.reached, missing(result)]).toEqual([true, []])
        })

      const others = () =>
        it.each(some(Object.entries(wrong)))('does not count: %s', (_, moves) => {
          expect(go(exercise, moves).reached).toBe(false)
        })

      const sides = [others, waiting, counting, unfinished]
      for (const side of whole ? sides : [sides[own % sides.length]!]) side()
    },
  )

  it(`${folder}: ways are those of its exercises`, () => {
    expect(Object.keys(known).sort()).toEqual(lesson.exercises.map(each => each.name).sort())
  })
}
