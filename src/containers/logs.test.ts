import { expect, test } from 'vitest'
import { Engine } from '../engine/engine.ts'
import { ContainerLog } from './logs.ts'

const newLog = () => new ContainerLog(new Engine({ seed: 1, epoch: 0 }))

test('a log holds some 10 MiB, the newest; who follows it goes on where it was', () => {
  const log = newLog()
  for (let i = 0; i < 3000; i++) log.write(`${i} ${'x'.repeat(10_000)}\n`)
  const text = log.text({})
  expect(text.length).toBeGreaterThan(10 * 2 ** 20 - 20_000)
  expect(text.length).toBeLessThan(14 * 2 ** 20)
  expect(text.slice(-10_006, -9_999)).toBe('2999 xx')
  const end = log.end
  log.write('last\n')
  expect(log.from(end, {})).toBe('last\n')
})

test('a long line, and one that never ends, come out as they were written', () => {
  const log = newLog()
  const line = 'abc'.repeat(20_000)
  log.write(`${line}\n`)
  log.write(line)
  log.write('end')
  expect(log.text({})).toBe(`${line}\n${line}end`)
})
