// Every drill is judged as it should be, under three seeds: what is to be seen at its beginning is seen; doing nothing does not
// solve it, its solution and each right way in `ways.ts` beside it does, and no wrong way ever does. Both texts have the
// same parts.
import { globSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Drill, type DrillText, type DrillWays, drillLesson } from '../src/lesson/drill.ts'
import type { ExerciseResult, Move } from '../src/lesson/exercise.ts'
import { ExerciseJudge } from '../src/lesson/judge.ts'
import { lessonWorld } from '../src/lesson/lesson.ts'
import { changesIn } from '../src/lesson/own-commands.ts'
import { troubles } from '../src/lesson/why/why.ts'
import type { World } from '../src/lesson/world.ts'
import { sample, whole } from './sample.ts'

const root = join(import.meta.dirname, '..')
const folders = globSync('content/drills/*/drill.ts', { cwd: root })
  .map(path => path.split(/[\\/]/).slice(0, -1).join('/'))
  .sort()
const seeds = whole ? [1, 7, 42] : [1]
const idle = 300
const limit = 400
/** What is lost for good is looked at once more so many seconds later. */
const after = 60
/** A command that has not ended by then is left running. */
const commandSeconds = 180

it('there are drills of each level', async () => {
  expect(folders.length).toBeGreaterThanOrEqual(24)
  const all = await Promise.all(
    folders.map(async each => (await import(join(root, each, 'drill.ts'))).default),
  )
  expect(new Set(all.map(({ level }) => level))).toEqual(new Set([1, 2, 3]))
})

it('CONTRIBUTING names whatever a check can be made of', () => {
  const recipe = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8')
  for (const file of globSync('src/lesson/drill-checks/*.ts', { cwd: root }))
    for (const [, name] of readFileSync(join(root, file), 'utf8').matchAll(
      /^export (?:const|function) (\w+)/gm,
    ))
      expect(recipe).toContain(`\`${name}\``)
})

for (const folder of sample(folders, 4)) {
  const drill = (await import(join(root, folder, 'drill.ts'))).default as Drill
  const ways = (await import(join(root, folder, 'ways.ts'))).default as DrillWays
  const text = (await import(join(root, folder, 'text.ts'))).default as DrillText
  const files = Object.fromEntries(
    readdirSync(join(root, folder))
      .filter(name => name.endsWith('.yaml'))
      .map(name => [name, readFileSync(join(root, folder, name), 'utf8')]),
  )

  describe.each(seeds)(`${folder}, seed %i`, seed => {
    const begin = () => {
      const lesson = { ...drillLesson(drill), seed }
      const world = lessonWorld(lesson, files)
      return { world, judge: new ExerciseJudge(world, lesson.exercises) }
    }

    /**
     * Goes a way and waits for what comes of it: until the drill is solved, a goal is lost for good (which stays so), or it
     * is too late.
     */
    const go = (moves: readonly Move[], then?: (world: World) => void): ExerciseResult => {
      const { world, judge } = begin()
      const result = () => judge.results()[0]!
      for (const move of moves) {
        if (typeof move === 'number') world.advance(move * 1000)
        else {
          judge.typed(move)
          world.run(move, { limitMs: commandSeconds * 1000 })
        }
      }
      // Its course goes on.
      const lost = () =>
        result()
          .checks.filter(({ met, forGood }) => !met && forGood)
          .map(({ course: _, ...each }) => each)
      const seconds = ways.limit ?? limit
      for (let i = 0; i < seconds && !result().reached && !lost().length; i += 10) world.advance(10_000)
      const before = lost()
      if (before.length) world.advance(after * 1000)
      for (const each of before) expect(lost()).toContainEqual(each)
      then?.(world)
      return result()
    }
    const missing = ({ checks }: ExerciseResult) =>
      checks.filter(each => !each.met).map(each => `${each.name} ${JSON.stringify(each)}`)

    it('shows what is wrong, and is not solved by waiting', () => {
      const { world, judge } = begin()
      for (const [command, prints] of ways.seen) {
        const { stdout, stderr } = world.run(command)
        expect(stdout + stderr, command).toMatch(prints)
      }
      world.advance(idle * 1000)
      expect(judge.results()[0]!.reached).toBe(false)
    })

    it('has a solution, after which Why? names no old trouble', () => {
      const result = go(drill.solution, world => {
        const causes = troubles(world).flatMap(each => each.causes.map(({ links }) => links.at(-1)!.text))
        expect(causes).toEqual(ways.still ?? [])
      })
      expect([result.reached, missing(result)]).toEqual([true, []])
      expect(result.took).toBeLessThan(drill.minutes * 60_000)
      expect(result.commands).toBeGreaterThan(0)
    })

    it.each(Object.entries(ways.right))('solved: %s', (_, moves) => {
      const result = go(moves)
      expect([result.reached, missing(result)]).toEqual([true, []])
    })

    it.each(Object.entries(ways.wrong))('not solved: %s', (_, moves) => {
      expect(go(moves).reached).toBe(false)
    })
  })

  it(`${folder}: texts, goals and ways belong together`, () => {
    for (const { goals, hints } of Object.values(text)) {
      expect(Object.keys(goals)).toEqual(Object.keys(drill.checks))
      expect(hints.length).toBe(text.zh.hints.length)
      expect(hints.length).toBeGreaterThanOrEqual(3)
    }
    expect(ways.seen.length).toBeGreaterThan(0)
    expect(Object.keys(ways.right).length).toBeGreaterThanOrEqual(2)
    expect(Object.keys(ways.wrong).length).toBeGreaterThanOrEqual(3)
    expect(drill.solution.some(move => typeof move === 'string' && changesIn(move) > 0)).toBe(true)
  })
}
