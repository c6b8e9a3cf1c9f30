import { expect, test } from 'vitest'
import { layOut, spaced } from './layout.ts'

const ring = (at: number) => ({ at, ring: true })
const tick = (at: number) => ({ at, ring: false })

test('moments keep their order, and the end has the last place', () => {
  const marks = [ring(0), tick(500), tick(1000), ring(4000), tick(4100)]
  const { places, placeOf } = layOut(marks, 0, 6000)
  expect([...places].sort((a, b) => a - b)).toEqual(places)
  expect([placeOf(-1), placeOf(6000), placeOf(1e9)]).toEqual([0, 1, 1])
  expect(placeOf(500)).toBe(places[1])
})

test('a quiet hour is folded, and takes no more room than a quiet minute', () => {
  const short = layOut([ring(0), ring(60_000)], 0, 61_000)
  const long = layOut([ring(0), ring(3_600_000)], 0, 3_601_000)
  expect(long.places).toEqual(short.places)
  expect(long.folds).toHaveLength(1)
  expect(long.folds[0]).toBeGreaterThan(long.places[0]!)
  expect(long.folds[0]).toBeLessThan(long.places[1]!)
  expect(layOut([ring(0), ring(7000)], 0, 8000).folds).toEqual([])
})

test('a busy minute leaves room for the commands', () => {
  const busy = Array.from({ length: 200 }, (_, i) => tick(1000 + i * 300))
  const { places } = layOut([ring(0), ...busy, ring(70_000), ring(71_000)], 0, 72_000)
  expect(places[202]! - places[201]!).toBeGreaterThan(0.1)
})

test('a place says its moment, and back', () => {
  const { placeOf, momentAt } = layOut([ring(0), tick(500), ring(4000)], 0, 6000)
  for (const at of [200, 500, 3000, 4000, 5500]) expect(momentAt(placeOf(at))).toBeCloseTo(at, 6)
  expect([momentAt(0), momentAt(1)]).toEqual([0, 6000])
})

test('among thousands of marks, the place of a moment is that of the first mark in it', () => {
  const marks = Array.from({ length: 5000 }, (_, i) => tick(100 * Math.floor(i / 2)))
  const { places, placeOf } = layOut(marks, 0, 300_000)
  for (const { at } of marks) expect(placeOf(at)).toBe(places[marks.findIndex(each => each.at === at)])
})

test('commands of one moment do not lie on each other', () => {
  const { places } = layOut([ring(0), ring(0), ring(0)], 0, 0)
  expect(places[1]! - places[0]!).toBeGreaterThan(0.2)
})

test('numbers that would touch are left out, the latest stay', () => {
  expect(spaced([0.1, 0.12, 0.5, 0.9, 0.95], 0.1)).toEqual([false, true, true, false, true])
  expect(spaced([], 0.1)).toEqual([])
})
