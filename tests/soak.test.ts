// The short form of `npm run soak`: a few of its sessions, each played twice. Nothing is thrown, no controller is stuck, no
// output speaks JavaScript, and the same inputs show the same bytes.
import { expect, test } from 'vitest'
import { resources } from '../src/kinds/resources.ts'
import { World } from '../src/lesson/world.ts'
import { Choose } from './soak/choose.ts'
import { manifest } from './soak/manifests.ts'
import { play } from './soak/session.ts'

test.each([1, 2, 3])(
  'random session %i does no harm, and replays to equal bytes',
  seed => {
    const { inputs, findings } = play({ seed, length: 20, again: true })
    expect({ findings, inputs: findings.length ? inputs : [] }).toEqual({ findings: [], inputs: [] })
  },
  60_000,
)

test('most of the random manifests are accepted, and the others are refused with words', () => {
  const { api } = new World({ seed: 1 }).cluster
  const choose = new Choose(1)
  const codes: number[] = []
  for (let i = 0; i < 300; i++) {
    const body = { ...manifest(choose), metadata: { name: `n${i}` } }
    const { plural, namespaced, group } = resources.find(
      each =>
        each.kind === body.kind && [each.group, each.version].filter(Boolean).join('/') === body.apiVersion,
    )!
    const root = `${group ? '/apis' : '/api'}/${body.apiVersion}`
    const path = `${root}${namespaced ? '/namespaces/default' : ''}/${plural}`
    const answer = api.handle({ method: 'POST', path, body })
    codes.push(answer.code)
    if (answer.code !== 201)
      expect([answer.code, answer.body.message]).toEqual([
        expect.toBeOneOf([400, 403, 409, 422]),
        expect.any(String),
      ])
  }
  expect(codes.filter(code => code === 201).length).toBeGreaterThan(120)
})
