import { expect, test } from 'vitest'
import { countAny } from './explicit-any.ts'

const count = (files: Record<string, string>) => countAny(new Map(Object.entries(files)))

test('counts the keyword wherever a type stands, and nowhere else', () => {
  const text = 'const any = 1 // any\nexport const f = (a: any, b: any[]): "any" => a as any\n'
  expect(count({ 'src/a.ts': text })).toEqual({ written: 3, aliased: 0 })
})

test('a type with it somewhere within stands for more than that', () => {
  const text = 'export type Task<T> = Generator<unknown, T, any>\nexport const f = (a: Task<number>) => a\n'
  expect(count({ 'src/a.ts': text })).toEqual({ written: 1, aliased: 0 })
})

test('counts the uses of a name for it, also under another name and in another module', () => {
  expect(
    count({
      'src/kinds/object.ts': 'export type Loose = Record<string, any>\nexport const empty: Loose = {}\n',
      'src/api/b.ts': [
        "import type { Loose as Body } from '../kinds/object.ts'",
        "import type { Loose } from './other.ts'",
        'export type Pod = Body',
        'export const read = (body: Body, other: Loose): Pod[] => [body]',
      ].join('\n'),
    }),
  ).toEqual({ written: 1, aliased: 4 })
})
