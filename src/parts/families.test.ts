import { expect, test } from 'vitest'
import type { ApiServer } from '../api/types.ts'
import { type Repository, repositories } from '../containers/images/loaders.ts'
import { families } from './families.ts'

test('every part of a table is called what the table calls it', () => {
  for (const table of families)
    for (const name of table.names) {
      const part = table.get(name) as { name?: unknown }
      if (typeof part.name === 'string' && typeof part !== 'function')
        expect(part.name, table.family).toBe(name)
    }
})

test('every repository of the table has images of its name', () => {
  for (const name of repositories.names) {
    const part: Repository = repositories.get(name)
    const images = typeof part === 'function' ? part({} as ApiServer) : part
    expect(images.map(each => each.repository)).toContain(name)
    // What a file has beside it stands in the table too.
    for (const { repository } of images) expect(repositories.has(repository), repository).toBe(true)
  }
})
