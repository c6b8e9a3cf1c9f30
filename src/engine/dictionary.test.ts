import { expect, test } from 'vitest'
import { dictionary, ownValue } from './dictionary.ts'

test('a dictionary has what it lists, and nothing that objects have by themselves', () => {
  const units = dictionary({ s: 1000, m: 60_000 })
  expect(units.s).toBe(1000)
  expect(['constructor', '__proto__', 'toString'].map(name => units[name])).toEqual([
    undefined,
    undefined,
    undefined,
  ])
  expect('constructor' in units).toBe(false)
  expect(Object.keys(units)).toEqual(['s', 'm'])
})

test('of a record of somebody’s own making only its own fields count', () => {
  expect(ownValue({ app: 'web' }, 'app')).toBe('web')
  expect(ownValue({ app: 'web' }, 'constructor')).toBeUndefined()
  expect(ownValue({ constructor: 'x' } as Record<string, string>, 'constructor')).toBe('x')
  expect(ownValue(undefined, 'app')).toBeUndefined()
})
