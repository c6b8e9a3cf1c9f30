import { expect, test } from 'vitest'
import { families as imageFamilies } from '../containers/catalog/index.ts'
import { makers } from '../containers/images/loaders.ts'
import { families } from './families.ts'

test('every part of a table is called what the table calls it', () => {
  for (const table of families)
    for (const name of table.names) {
      const part = table.get(name) as { name?: unknown }
      if (typeof part.name === 'string' && typeof part !== 'function')
        expect(part.name, table.family).toBe(name)
    }
})

test('every family of images has a maker, and every maker a family or a use', () => {
  const used = new Set(['opaque', 'stand-in'])
  for (const { names, program } of imageFamilies()) {
    expect(makers.has(program), names).toBe(true)
    used.add(program)
  }
  expect(makers.names.filter(name => !used.has(name))).toEqual([])
})

test('a family has a name of its own', () => {
  const names = families.map(table => table.family)
  expect(new Set(names).size).toBe(names.length)
})
