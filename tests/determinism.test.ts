// state = f(seed, inputs): recorded scenarios, run twice, print the same bytes (a sample; all in `npm run soak`), and a
// replay of a world's inputs ends in the same world.
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { readCases } from '../scripts/conformance/cases.ts'
import { runCase } from '../scripts/conformance/run.ts'
import { servedKinds } from '../src/kinds/index.ts'
import type { Untimed, WorldInput } from '../src/lesson/input.ts'
import { World, type WorldOptions } from '../src/lesson/world.ts'
import { sample } from './sample.ts'
import { webOf } from './web-deployment.ts'

const recordings = fileURLToPath(new URL('./reference/recordings', import.meta.url))

test('prints the same bytes when a scenario is run again', { timeout: 300_000 }, () => {
  const cases = readCases(recordings, 'scenarios/')
  expect(cases.length).toBeGreaterThan(100)
  for (const each of sample(cases, 6)) {
    const first = JSON.stringify([...runCase(each, 1)])
    expect(JSON.stringify([...runCase(each, 1)]) === first, each.name).toBe(true)
  }
})

/** Everything that the API server holds, as text. */
function state(world: World): string {
  const client = world.cluster.client('observer')
  return servedKinds
    .filter(({ resource, conversion }) => !conversion && resource.verbs.includes('watch'))
    .map(({ resource: { plural, group, version } }) =>
      JSON.stringify(client.resource(`${plural}${group && `.${group}`}/${version}`).list()),
    )
    .join('\n')
}

const manifest = webOf("{name: c, image: 'nginx:1.27', resources: {requests: {cpu: 100m}}}", 3)

/** A reader's quarter of an hour: two terminals, the editor, the buttons. */
function live(options: WorldOptions): { world: World; inputs: WorldInput[] } {
  const world = new World(options)
  const inputs: WorldInput[] = []
  const at = (untimed: Untimed<WorldInput>, pause: number) => {
    const input = { ...untimed, at: world.elapsed } as WorldInput
    inputs.push(input)
    world.apply(input)
    world.advance(pause)
  }
  const type = (text: string, pause = 1000, terminal = 1) =>
    at({ type: 'input', terminal, text: `${text}\n` }, pause)
  at({ type: 'write', file: 'web.yaml', text: manifest }, 100)
  type('kubectl apply -f web.yaml')
  type('kubectl get pods -w', 8000, 2)
  type('kubectl expose deployment web --port=80 --type=LoadBalancer')
  at({ type: 'load-balancer', on: true }, 3000)
  at({ type: 'interrupt', terminal: 2 }, 100)
  at({ type: 'add-node' }, 10_000)
  type('kubectl scale deployment web --replicas=6; kubectl rollout status deployment web', 5000)
  at({ type: 'metrics', on: true }, 0)
  at({ type: 'load', load: { pod: 'web', cpu: 300 } }, 20_000)
  type('kubectl autoscale deployment web --min=2 --max=8 --cpu=50%', 60_000)
  at({ type: 'fault', fault: { type: 'node-lost', node: 'k8s-node1' } }, 400_000)
  at({ type: 'fault', fault: { type: 'container-killed', pod: 'web' } }, 2000)
  type('for i in 1 2 3; do echo $RANDOM; kubectl get pods -o wide; sleep 1; done', 5000, 2)
  at({ type: 'fault', fault: { type: 'etcd-down' } }, 500)
  type('kubectl get nodes')
  at({ type: 'repair', fault: { type: 'etcd-down' } }, 5000)
  at({ type: 'repair', fault: { type: 'node-lost', node: 'k8s-node1' } }, 120_000)
  return { world, inputs }
}

function replay(options: WorldOptions, inputs: readonly WorldInput[], until: number): World {
  const world = new World(options)
  for (const input of inputs) world.apply(input)
  world.advance(until - world.elapsed)
  return world
}

describe('a world', () => {
  const options = { seed: 42, workers: 1, files: { 'a.txt': 'a\n' } }
  const { world: first, inputs } = live(options)
  const expected = state(first)

  test('ends as before when its inputs are replayed', () => {
    const again = replay(options, inputs, first.elapsed)
    expect(again.elapsed).toBe(first.elapsed)
    expect(state(again)).toBe(expected)
  })

  test('ends as before when its inputs went through JSON, and time in small steps', () => {
    const again = new World(JSON.parse(JSON.stringify(options)))
    for (const input of JSON.parse(JSON.stringify(inputs)) as WorldInput[]) {
      while (again.elapsed < input.at) again.advance(Math.min(777, input.at - again.elapsed))
      again.apply(input)
    }
    again.advance(first.elapsed - again.elapsed)
    expect(state(again)).toBe(expected)
  })

  test('ends otherwise with another seed or at another time', () => {
    expect(state(replay({ ...options, seed: 43 }, inputs, first.elapsed))).not.toBe(expected)
    expect(state(replay({ ...options, epoch: 1e12 }, inputs, first.elapsed))).not.toBe(expected)
  })
})
