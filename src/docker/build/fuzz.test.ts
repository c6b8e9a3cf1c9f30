// Whatever stands in a Dockerfile: it is read or complained about, and a build of it comes to an end. `DOCKERFILES=10000
// npx vitest run src/docker/build/fuzz.test.ts` reads and builds so many.
import { expect, test } from 'vitest'
import { Random } from '../../engine/random.ts'
import { World } from '../../lesson/world.ts'
import { DockerfileError, parseDockerfile } from './dockerfile.ts'
import { parseStages } from './instructions.ts'
import { lint } from './lint.ts'
import { randomDockerfile } from './random-dockerfile.ts'

const asked = Number(
  (globalThis as { process?: { env: Record<string, string> } }).process?.env.DOCKERFILES ?? 0,
)
const limitMs = 120_000

test('any text is read, or refused with words', () => {
  const random = new Random(1).fork('dockerfiles')
  for (let i = 0; i < (asked || 2000); i++) {
    const text = randomDockerfile(random)
    try {
      const parsed = parseDockerfile(text)
      const { stages } = parseStages(parsed)
      lint(parsed, stages)
    } catch (error) {
      if (!(error instanceof DockerfileError)) throw new Error(JSON.stringify(text), { cause: error })
      expect(error.message).not.toMatch(/undefined|\[object/)
    }
  }
})

test('every build comes to an end, with an image or with an error', { timeout: 1_800_000 }, () => {
  const random = new Random(2).fork('dockerfiles')
  const world = new World({
    seed: 1,
    files: { 'main.go': 'package main\n\nfunc main() {}\n', 'go.mod': 'module m\n' },
  })
  for (let i = 0; i < (asked || 60); i++) {
    const text = randomDockerfile(random)
    world.write('Dockerfile', text)
    const { stdout, stderr, exit } = world.run('docker build -q .', { limitMs })
    expect([0, 1], JSON.stringify(text)).toContain(exit)
    if (exit === 0) expect(stdout, JSON.stringify(text)).toMatch(/^sha256:[0-9a-f]{64}\n$/)
    else expect(stderr, JSON.stringify(text)).toMatch(/^ERROR: |\nERROR: /)
  }
})
