import { expect, test } from 'vitest'
import { World } from '../../lesson/world.ts'
import { Chance } from './chance.ts'

test('the bases of a build are asked for in any order, from seed to seed', () => {
  const first = new Set<string>()
  for (let seed = 1; seed < 9; seed++) {
    const world = new World({
      seed,
      files: { Dockerfile: 'FROM golang:1.26-alpine AS a\nFROM alpine:3.22\nCOPY --from=a /etc/passwd /x\n' },
    })
    const { stderr } = world.run('docker build .')
    first.add(/#2 \[internal\] load metadata for (\S+)/.exec(stderr)![1]!)
  }
  expect([...first].sort()).toEqual(['docker.io/library/alpine:3.22', 'docker.io/library/golang:1.26-alpine'])
})

test('what a client takes to start is drawn from what was measured, and shifts no other chance', () => {
  const [one, other] = [new Chance(7), new Chance(7)]
  const times = Array.from({ length: 200 }, () => one.clientStart())
  expect(Math.min(...times)).toBeGreaterThanOrEqual(17)
  expect(times.sort((a, b) => a - b)[100]).toBeGreaterThan(40)
  expect(times[100]).toBeLessThan(65)
  const items = [1, 2, 3, 4, 5]
  expect(one.shuffled(items)).toEqual(other.shuffled(items))
})
