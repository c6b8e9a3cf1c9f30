import { afterEach, expect, test } from 'vitest'
import { Engine } from './engine.ts'
import { MissingPart, PartTable, takeMissing } from './parts.ts'

const table = () => new PartTable<number>('number', { one: async () => 1, two: async () => 2 })

afterEach(() => void takeMissing())

test('a part is there once it was put, and missing before', () => {
  const numbers = table()
  expect(() => numbers.get('one')).toThrow(MissingPart)
  numbers.put('one', 1)
  expect(numbers.get('one')).toBe(1)
  expect([numbers.has('two'), numbers.has('three')]).toEqual([true, false])
})

test('all of a table that are missing are asked for at once', () => {
  const numbers = table()
  numbers.put('one', 1)
  expect(() => numbers.all()).toThrow('number not loaded: two')
  numbers.put('two', 2)
  expect(numbers.all()).toEqual([1, 2])
})

test('what was missing is noted, also where somebody caught the error', () => {
  const numbers = table()
  try {
    numbers.get('two')
  } catch {}
  expect(takeMissing().map(each => [each.table, each.names])).toEqual([[numbers, ['two']]])
  expect(takeMissing()).toEqual([])
})

test('it comes out of the engine, whoever catches it and whoever learns of errors', () => {
  const numbers = table()
  const learned: unknown[] = []
  const engine = new Engine({ seed: 1, epoch: 0, onError: error => learned.push(error) })
  let after = false
  engine.after(1, () => {
    try {
      numbers.get('one')
    } catch {
      // as a component does that means to go on
    }
  })
  engine.after(2, () => {
    after = true
  })
  expect(() => engine.advance(10)).toThrow(MissingPart)
  expect([after, learned, engine.now]).toEqual([false, [], 1])
  takeMissing()
  engine.after(0, () => numbers.get('two'))
  expect(() => engine.advance(0)).toThrow('number not loaded: two')
  expect(learned).toEqual([])
})
