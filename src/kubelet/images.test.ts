// What pulls take and say: one after another on a node, by size and by chance (npm run latencies reads both in the recordings).

import { describe, expect, it } from 'vitest'
import { createCluster } from '../cluster/cluster.ts'
import { Registry } from '../containers/registry.ts'
import { Engine } from '../engine/engine.ts'
import { latencies } from '../engine/latencies.ts'
import { Random } from '../engine/random.ts'
import { Fiber } from '../engine/task.ts'
import type { Pod } from '../kinds/schema/types.ts'
import type { SecretLogin } from './image-access.ts'
import { ImageManager, type ImageResult } from './images.ts'

const { api, network } = createCluster()
const registry = new Registry(api, network.dns)

/** A node's images and a clock of its own; how long a pull of one takes, in ms. */
function node(seed: number, disk = { slowness: 1 }) {
  const engine = new Engine({ seed, epoch: 0 })
  const images = new ImageManager(engine, registry, disk, new Random(seed))
  const pull = (image: string, policy = 'IfNotPresent', logins: readonly SecretLogin[] = []) => {
    const events: string[] = []
    const began = engine.now
    let took = Number.NaN
    let result: ImageResult | undefined
    new Fiber(
      engine,
      (function* () {
        const pod = { metadata: { uid: `${image} ${began}` } } as Pod
        result = yield* images.ensure(
          pod,
          { image, imagePullPolicy: policy },
          (_, reason, message) => events.push(`${reason} ${message}`),
          () => logins,
        )
        took = engine.now - began
      })(),
    )
    return { events, took: () => took, result: () => result }
  }
  return { engine, images, pull }
}

const seeds = Array.from({ length: 40 }, (_, i) => i + 1)
const middle = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1]!
const times = (image: string, slowness = 1) =>
  seeds.map(seed => {
    const { engine, pull } = node(seed, { slowness })
    const { took } = pull(image)
    engine.advance(600_000)
    return took()
  })

describe('a pull', () => {
  it('takes what its size makes probable, and another time under another seed', () => {
    const small = times('leigg/hellok8s:v1')
    const large = times('nginx:1.27')
    expect(new Set(small).size).toBeGreaterThan(30)
    // Recorded: 97 to 692 ms, half of them under 126 ms; 0.8 to 3.7 s, half of them under 1.1 s.
    expect(middle(small)).toBeGreaterThan(90)
    expect(middle(small)).toBeLessThan(250)
    expect(middle(large)).toBeGreaterThan(700)
    expect(middle(large)).toBeLessThan(2200)
    expect(middle(times('nginx:1.27', 10))).toBeGreaterThan(7000)
  })

  it('of something many times larger than was measured is nearer to its mean', () => {
    const spread = (numbers: readonly number[]) => Math.max(...numbers) / Math.min(...numbers)
    expect(spread(times('mongo:7'))).toBeLessThan(spread(times('nginx:1.27')))
  })

  it('waits for the ones before it, and then only asks the registry where they brought its image', () => {
    for (const seed of seeds.slice(0, 10)) {
      const { engine, pull } = node(seed)
      const first = pull('nginx:1.27')
      engine.advance(5)
      const second = pull('nginx:1.27')
      const other = pull('busybox:1.28')
      engine.advance(600_000)
      const [, own, all] = /in (\d+)ms \(([\d.]+)m?s including waiting\)/.exec(second.events[1]!) ?? []
      expect(second.events[0]).toBe('Pulling Pulling image "nginx:1.27"')
      expect(Number(own)).toBeLessThanOrEqual(latencies.pullAgain.at(-1)!)
      expect(all).not.toBe(own)
      expect(second.took()).toBeGreaterThan(first.took() - 5)
      expect(other.took()).toBeGreaterThan(second.took())
    }
  })

  it('that is refused ends soon, and lets the next one go on', () => {
    const { engine, pull } = node(1)
    const refused = [pull('nginx:nosuch-tag'), pull('leigg/hellok8s:v99'), pull('nosuch.example.com/a:1')]
    const next = pull('busybox:1.28')
    engine.advance(600_000)
    expect(refused.at(-1)!.result()!.ok).toBe(false)
    expect(refused[1]!.took()).toBeLessThan(1000)
    expect(next.result()!.ok).toBe(true)
  })

  it('is not needed where the image is there, unless the policy asks for it', () => {
    const { engine, pull } = node(1)
    pull('busybox:1.28')
    engine.advance(600_000)
    const present = pull('busybox:1.28')
    engine.advance(1000)
    const always = pull('busybox:1.28', 'Always')
    engine.advance(1000)
    expect(present.events).toEqual([
      'Pulled Container image "busybox:1.28" already present on machine and can be accessed by the pod',
    ])
    expect(present.took()).toBeLessThanOrEqual(latencies.lookUp.at(-1)!)
    expect(always.events[0]).toBe('Pulling Pulling image "busybox:1.28"')
    expect(always.took()).toBeGreaterThanOrEqual(latencies.pullAgain[0]!)
  })
})

describe('an image that was pulled with a secret', () => {
  const image = 'harbor.example.com:5001/hellok8s/hellok8s:v1'
  const developer = { user: 'developer', password: 'Harbor12345', secret: 'default/harbor/1' }
  const events = (logins: readonly (typeof developer)[], policy?: string, before = [developer]) => {
    const { engine, pull } = node(1)
    pull(image, 'IfNotPresent', before)
    engine.advance(60_000)
    const { events, result } = pull(image, policy, logins)
    engine.advance(60_000)
    return [result()!.ok, ...events]
  }
  const present = `Pulled Container image "${image}" already present on machine and can be accessed by the pod`

  it('is there for pods that show the same secret, or one that says the same', () => {
    expect(events([developer])).toEqual([true, present])
    expect(events([{ ...developer, password: 'changed since' }])).toEqual([true, present])
    expect(events([{ ...developer, secret: 'data/harbor/2' }])).toEqual([true, present])
  })

  it('is asked for at its registry by others, who are refused or let in there', () => {
    const [ok, first, failed] = events([])
    expect([ok, first]).toEqual([false, `Pulling Pulling image "${image}"`])
    expect(failed).toContain('no basic auth credentials')
    const robot = {
      user: 'robot$hellok8s+puller',
      password: 'T0kenOfTheRobot',
      secret: 'data/robot/3',
    }
    expect(events([robot])[1]).toBe(`Pulling Pulling image "${image}"`)
    expect(events([robot])[0]).toBe(true)
    expect(events([], 'Never')).toEqual([
      false,
      `ErrImageNeverPull Container image "${image}" is not present with pull policy of Never`,
    ])
  })

  it('is for everybody where it came by another way, and where it is open', () => {
    const { engine, images, pull } = node(1)
    images.put(image, registry.find(image)!)
    const loaded = pull(image)
    pull('busybox:1.28')
    engine.advance(60_000)
    const open = pull('busybox:1.28')
    engine.advance(1000)
    expect(loaded.events).toEqual([present])
    expect(open.events[0]).toContain('already present on machine')
  })
})
