// Every exercise can be solved as its lesson says, is not solved before it is, and not by the lesson's own commands alone.
import { globSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ExerciseJudge } from '../src/lesson/exercise.ts'
import { type Lesson, lessonWorld } from '../src/lesson/lesson.ts'
import { play } from '../src/lesson/player.ts'
import { parseTranscript } from '../src/lesson/transcript.ts'

const root = join(import.meta.dirname, '..')

for (const path of globSync('content/*/*/lesson.ts', { cwd: root }).sort()) {
  const lesson = (await import(join(root, path))).default as Lesson
  const folder = join(root, 'examples', path.split(/[\\/]/)[1]!)
  const files = Object.fromEntries(
    readdirSync(folder).map(name => [name, readFileSync(join(folder, name), 'utf8')]),
  )
  const begin = () => {
    const world = lessonWorld(lesson, files)
    return { world, judge: new ExerciseJudge(world, lesson.exercises) }
  }

  describe(path, () => {
    it('does not solve its own exercises', () => {
      const { world, judge } = begin()
      const transcript = parseTranscript(files[lesson.transcript]!, lesson.transcript)
      expect([...judge.results()].filter(([, done]) => done)).toEqual([])
      play(
        world,
        transcript.steps.flatMap(step => step.commands),
      )
      expect([...judge.results()].filter(([, done]) => done)).toEqual([])
    })

    it.each(lesson.exercises.map(each => [each.name, each.solution] as const))(
      'has a solution of %s',
      (name, solution) => {
        const { world, judge } = begin()
        for (const move of solution) {
          if (typeof move === 'number') {
            world.advance(move * 1000)
            continue
          }
          expect(new Map(judge.results()).get(name), `solved before ${move}`).toBe(false)
          expect(world.run(move)).toMatchObject({ exit: 0 })
        }
        expect(new Map(judge.results()).get(name)).toBe(true)
      },
    )
  })
}
