import { expect, test } from 'vitest'
import { runAtOnce } from './at-once.ts'
import { Engine } from './engine.ts'
import { anyOf, sleep, type Task } from './task.ts'

const engine = new Engine({ seed: 1, epoch: 0 })
function* slow(ms: number): Task<string> {
  yield* sleep(ms)
  yield* sleep(1)
  return 'done'
}

test('time passes for the task alone', () => {
  expect(runAtOnce(slow(500), engine, 1000)).toEqual({ value: 'done', ms: 501 })
  expect(engine.now).toBe(0)
})

test('what takes too long, or waits for something else, gets no answer', () => {
  expect(runAtOnce(slow(1000), engine, 1000)).toBeUndefined()
  const never = { start: () => () => {} }
  function* forever(): Task<number> {
    yield anyOf(never)
    return 1
  }
  expect(runAtOnce(forever(), engine, 1000)).toBeUndefined()
})
