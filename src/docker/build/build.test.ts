import { expect, test } from 'vitest'
import { mask } from '../../lesson/mask.ts'
import { World } from '../../lesson/world.ts'

function builder(files: Readonly<Record<string, string>>) {
  const world = new World({ seed: 1, files })
  const build = (line = 'docker build . -t x') => mask(world.run(line, { limitMs: 180_000 }).stderr)
  return { world, build }
}

test('a file that the context lacks ends the build before the base is here, and before earlier steps', () => {
  const { build } = builder({ Dockerfile: 'FROM golang:1.24\nRUN sleep 30\nCOPY go.sum .\n' })
  const first = build()
  expect(first).toMatch(/\[3\/3\] COPY go.sum .\n#\d ERROR: .*"\/go.sum": not found/)
  expect(first).toMatch(/\[1\/3\] FROM docker.io\/library\/golang:1.24@[\s\S]*\n#\d CANCELED/)
  expect(first).not.toContain('[2/3] RUN')
  expect(first.match(/ERROR: failed to calculate/g)).toHaveLength(1)
})

test('a base that is here is CACHED where the step upon it is done, and just done where that is cached', () => {
  const { build, world } = builder({ Dockerfile: 'FROM alpine:3.22\nRUN echo one\n' })
  const base = (text: string) => /FROM docker.io\S+\n#\d+ (CACHED|DONE)/.exec(text)?.[1]
  build()
  world.write('Dockerfile', 'FROM alpine:3.22\nRUN echo two\n')
  expect(base(build())).toBe('CACHED')
  expect(base(build())).toBe('DONE')
  expect(base(build('docker build . -t x --no-cache'))).toBe('CACHED')
})

test('the shell of a step is called as the step calls it', () => {
  const { build } = builder({ Dockerfile: 'FROM alpine:3.22\nRUN nosuch\n' })
  expect(build()).toMatch(/ \/bin\/sh: nosuch: not found\n/)
  expect(builder({ Dockerfile: 'FROM debian:12\nRUN nosuch\n' }).build()).toMatch(
    / \/bin\/sh: 1: nosuch: not found\n/,
  )
})
