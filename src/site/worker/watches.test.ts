// What the lab watches in a world: as much as it shows, however often it shows it, and nothing that the reader would find.
import { expect, test } from 'vitest'
import { Page, run } from '../../../tests/worker-page.ts'
import type { Life } from '../../lesson/life.ts'
import { ClusterMap } from './observers/map.ts'

/** Counts the watches of a world that have begun and not ended; the `breaks`th one cannot begin. */
function counted({ world }: Life, breaks = Number.POSITIVE_INFINITY): { readonly open: number } {
  const { api } = world.cluster
  const watch = api.watch.bind(api)
  const count = { open: 0, begun: 0 }
  api.watch = (...args) => {
    if (++count.begun === breaks) throw new Error('missing')
    const begun = watch(...args)
    if (!('stop' in begun)) return begun
    count.open++
    return {
      stop() {
        count.open--
        begun.stop()
      },
    }
  }
  return count
}

test('who looks at what was and comes back watches no more than before', () => {
  const page = new Page()
  page.session.open('map', stage => new ClusterMap(stage))
  run(page, 'first')
  const { life } = page.session
  const seen = counted(life)
  const open: number[] = []
  for (let i = 0; i < 3; i++) {
    page.session.handle({ type: 'look', at: 500 })
    expect(page.session.life).not.toBe(life)
    page.session.handle({ type: 'look' })
    expect(page.session.life).toBe(life)
    open.push(seen.open)
  }
  expect(open[0]).toBeGreaterThan(20)
  // Those that were there before were not counted as they began.
  expect(open[2]).toBe(open[1])
})

test('a map whose code is not all there leaves no watch behind', () => {
  const page = new Page()
  const seen = counted(page.session.life, 5)
  expect(() => page.session.open('map', stage => new ClusterMap(stage))).toThrow('missing')
  expect(seen.open).toBe(0)
})

test('what the lab watches is not counted among the requests of the API server', () => {
  const page = new Page()
  const { api } = page.session.life.world.cluster
  const answered = () => {
    const { body } = api.handle({ method: 'GET', path: '/metrics', looks: true })
    return String(body).match(/^apiserver_request_total.*resource="pods".*$/gm)
  }
  const before = answered()
  expect(before).not.toBeNull()
  page.session.open('map', stage => new ClusterMap(stage))
  expect(answered()).toEqual(before)
})
