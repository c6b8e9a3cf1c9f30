import { afterEach, expect, test } from 'vitest'
import { lessonWorld } from '../lesson/lesson.ts'
import { play } from '../lesson/player.ts'
import { parseTranscript } from '../lesson/transcript.ts'
import { families } from './families.ts'
import { loadAll, loadForeseen, loadNeeds, withParts } from './load.ts'
import { needsOf } from './needs.ts'

const lesson = { transcript: 'x.console', exercises: [] }
const { steps } = parseTranscript(
  '## step: a\n$ kubectl get nodes -o jsonpath={.items[0].kind}\n\n$ seq 3 | tac\n',
  'x.console',
)
const commands = steps.flatMap(step => step.commands)

afterEach(loadAll)

test('with what a lesson needs loaded, nothing is missing while it is played', async () => {
  const { first, rest } = needsOf(lesson, {}, commands)
  expect(first).toMatchObject({ 'kubectl command': ['get'], template: ['jsonpath'] })
  expect(first.tool).toBeUndefined()
  expect(rest.tool).toEqual(['seq', 'tac'])
  for (const table of families) table.clear()
  await loadNeeds(first)
  const run = () => play(lessonWorld(lesson, {}), commands)
  expect(run).toThrow('tool not loaded')
  let runs = 0
  const counted = () => {
    runs++
    return run()
  }
  // The first run meets what the test above left noted.
  await withParts(counted)
  for (const table of families) table.clear()
  await loadNeeds(first)
  await loadNeeds(rest)
  runs = 0
  await withParts(counted)
  expect(runs).toBe(1)
})

test('the words of a line say what it will likely need', async () => {
  for (const table of families) table.clear()
  await loadForeseen('kubectl get deploy/web -o jsonpath={.x} | grep -c nginx:1.27')
  const loaded = families.flatMap(table => table.names.filter(name => table.isLoaded(name)))
  expect(loaded).toEqual(expect.arrayContaining(['get', 'Deployment', 'jsonpath', 'grep']))
  expect(loaded.length).toBeLessThan(12)
})
