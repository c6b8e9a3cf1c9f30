import { expect, test } from 'vitest'
import { World } from '../lesson/world.ts'

const document = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, labels: {a: b}}\n---\n'

test('a manifest of many documents is read with rests between them', () => {
  const took = (count: number) => {
    const world = new World({ seed: 1, files: { 'm.yaml': document.repeat(count) } })
    const before = world.elapsed
    const { stdout } = world.run('kubectl label --local -f m.yaml c=d -o name | wc -l')
    expect(stdout).toBe(`${count}\n`)
    return world.elapsed - before
  }
  expect(took(10_000)).toBeGreaterThan(took(1) + 3)
})

test('more documents than there is memory for end the program', () => {
  const world = new World({ seed: 1, files: { 'm.yaml': document.repeat(120_000) } })
  for (const flag of ['-f m.yaml', '-f - < m.yaml', '-f .'])
    expect(world.run(`kubectl apply ${flag}`)).toMatchObject({
      stdout: '',
      stderr: 'fatal error: runtime: out of memory\n',
    })
})

test('kubectl events shows nothing where an event says nothing', () => {
  const event =
    'apiVersion: v1\nkind: Event\nmetadata: {name: e}\nreason: R\ninvolvedObject: {kind: Pod, name: a}\n'
  const world = new World({ seed: 1, files: { 'e.yaml': event } })
  expect(world.run('kubectl create -f e.yaml && kubectl events').stdout).toMatch(
    /\n<unknown> +R +Pod\/a +\n$/,
  )
})
