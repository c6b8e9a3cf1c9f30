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

test('bases are asked for and named in the order of the file, whatever the seed', () => {
  for (let seed = 1; seed < 9; seed++) {
    const world = new World({
      seed,
      files: { Dockerfile: 'FROM golang:1.26-alpine AS a\nFROM alpine:3.22\nCOPY --from=a /etc/passwd /x\n' },
    })
    world.run('docker build .', { limitMs: 180_000 })
    const { stderr } = world.run('docker build .', { limitMs: 180_000 })
    const all = (pattern: RegExp) => [...stderr.matchAll(pattern)].map(match => match[1])
    expect(all(/^#\d+ .* load metadata for docker.io\/library\/(\w+)/gm)).toEqual(['golang', 'alpine'])
    expect(all(/^#\d+ .* FROM docker.io\/library\/(\w+)/gm)).toEqual(['golang', 'alpine'])
  }
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

test('--push brings the image to its registry as a step of the build, and needs a name and a login', () => {
  const { build, world } = builder({ Dockerfile: 'FROM alpine:3.22\nRUN echo one > /one\n' })
  expect(build('docker build . --push')).toBe('ERROR: tag is needed when pushing to registry')
  expect(build('docker build . --push -t learner/x:v1')).toMatch(
    /#\d pushing docker.io\/learner\/x:v1 with docker\n#\d ERROR: denied: requested access to the resource is denied\nERROR: denied: requested access to the resource is denied$/,
  )
  world.run('echo pw | docker login -u learner --password-stdin')
  expect(build('docker build . --push -t learner/x:v1')).toMatch(
    /#\d pushing docker.io\/learner\/x:v1 with docker\n(#\d pushing layer .*\n)+#\d DONE/,
  )
  expect(world.run('docker rmi learner/x:v1; docker pull -q learner/x:v1').stdout).toContain(
    'docker.io/learner/x:v1',
  )
})

test('the package manager of a base of Alpine says that it gets nowhere, also in golang’s', () => {
  const { build } = builder({ Dockerfile: 'FROM golang:1.26-alpine\nRUN apk add --no-cache git\n' })
  expect(build()).toMatch(/WARNING: fetching https:\/\/dl-cdn.alpinelinux.org.*: temporary error/)
})
