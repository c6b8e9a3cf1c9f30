import { expect, test } from 'vitest'
import { type SentFile, transferred } from './transfer.ts'

const file = (path: string, size: number, modified = 1): SentFile => ({
  path,
  size,
  modified,
  mode: 0o644,
  isDirectory: false,
})
const known = (...files: SentFile[]) => new Map(files.map(each => [each.path, each]))

// Each of these sums stands in a recording of docker build.
test('a Dockerfile: its name and time, its content in a message of its own, the ends', () => {
  expect(transferred([])).toBe(2)
  expect(transferred([file('Dockerfile', 0)])).toBe(31)
  expect(transferred([file('Dockerfile', 24)])).toBe(61)
  expect(transferred([file('Dockerfile', 264)])).toBe(303)
})

test('a context: what the builder has already is only named', () => {
  const context = [file('go.mod', 25), file('main.go', 339)]
  expect(transferred(context)).toBe(435)
  expect(transferred(context, known(...context))).toBe(54)
  expect(transferred([file('go.mod', 25), file('main.go', 339, 2)], known(...context))).toBe(404)
})
