import { expect, test } from 'vitest'
import type { OwnerRow, PodRow } from '../../../worker/protocol.ts'
import { hasSlots, MapRows, slotsOf } from './plan.ts'

const pod = (name: string, more: Partial<PodRow> = {}): PodRow => ({
  row: 'pod',
  uid: name,
  namespace: 'default',
  name,
  state: 'ready',
  word: 'Running',
  ready: '1/1',
  node: 'node1',
  owner: 'web',
  revision: 'new',
  version: 'v1',
  address: '',
  made: false,
  ...more,
})
const node = (name: string) =>
  ({ row: 'node', uid: name, namespace: '', name, word: 'Ready', lost: false }) as const
const owner = (more: Partial<OwnerRow> = {}): OwnerRow => ({
  row: 'owner',
  uid: 'web',
  namespace: 'default',
  name: 'web',
  kind: 'Deployment',
  ready: 3,
  wanted: 3,
  surge: 1,
  hue: 0,
  current: 'new',
  ...more,
})
const pods = (n: number, more: Partial<PodRow> = {}) =>
  Array.from({ length: n }, (_, i) => pod(`web-1-${i}`, more))

test('a pod keeps its place, a new one comes at the end, and so does one that gets a node', () => {
  const rows = new MapRows()
  rows.update(true, [node('node1'), pod('a'), pod('b', { node: '' }), pod('c')], [])
  const names = () => rows.plan().nodes.flatMap(each => each.pods.map(({ name }) => name))
  expect(names()).toEqual(['a', 'c'])
  expect(rows.plan().tray.map(each => each.name)).toEqual(['b'])
  rows.update(false, [pod('a', { state: 'failing' }), pod('b'), pod('d')], [])
  expect(names()).toEqual(['a', 'c', 'b', 'd'])
  rows.update(false, [], ['a'])
  expect(names()).toEqual(['c', 'b', 'd'])
})

test.each([
  [24, 'cards'],
  [25, 'chips'],
  [120, 'chips'],
  [121, 'squares'],
])('%i pods are drawn as %s', (n, size) => {
  const rows = new MapRows()
  rows.update(true, [node('node1'), ...pods(n)], [])
  expect(rows.plan().size).toBe(size)
})

test('of many pods those that fail are listed once more, five at most', () => {
  const rows = new MapRows()
  const failing = Array.from({ length: 8 }, (_, i) => pod(`bad-${i}`, { state: 'failing' }))
  rows.update(true, [node('node1'), ...pods(30), ...failing], [])
  const { look, lookMore } = rows.plan()
  expect([look.length, lookMore]).toEqual([5, 3])
})

test('among chips those that fail are cards, unless there are too many of them', () => {
  const enlarges = (well: number, bad: number): boolean => {
    const rows = new MapRows()
    const failing = Array.from({ length: bad }, (_, i) => pod(`bad-${i}`, { state: 'failing' }))
    rows.update(true, [node('node1'), ...pods(well), ...failing], [])
    return rows.plan().enlarges
  }
  expect([enlarges(30, 24), enlarges(30, 25), enlarges(10, 5), enlarges(130, 5)]).toEqual([
    true,
    false,
    false,
    false,
  ])
})

test('slots: never fewer dots before the bar than are available, new from the left, what leaves has none', () => {
  const rolling = [
    pod('old1', { revision: 'old' }),
    pod('old2', { revision: 'old' }),
    pod('old3', { revision: 'old', state: 'leaving' }),
    pod('new1'),
    pod('new2', { state: 'starting' }),
  ]
  const { slots, mark } = slotsOf(owner(), rolling)
  expect(slots.map(each => each?.name)).toEqual(['new1', 'old1', 'old2', 'new2'])
  expect(mark).toBe(3)
  expect(slotsOf(owner(), pods(3))).toEqual({ slots: pods(3) })
  expect(slotsOf(owner(), pods(1)).slots).toEqual([...pods(1), undefined, undefined])
})

test('slots of a StatefulSet stand in the order in which it makes its pods; a DaemonSet has one for each node', () => {
  const set = owner({ kind: 'StatefulSet', surge: undefined })
  const updating = [
    pod('db-2', { state: 'starting' }),
    pod('db-0', { revision: 'old' }),
    pod('db-10'),
    pod('db-1', { revision: 'old', state: 'not-ready' }),
  ]
  expect(slotsOf(set, updating)).toEqual({ slots: [updating[1], updating[3], updating[0], updating[2]] })
  expect(slotsOf(set, updating.slice(1, 2)).slots).toEqual([updating[1], undefined, undefined])
  const agents = owner({ kind: 'DaemonSet', surge: undefined, wanted: 2 })
  const replaced = [pod('a', { revision: 'old' }), pod('b', { state: 'starting' })]
  expect(slotsOf(agents, replaced)).toEqual({ slots: replaced })
  expect(
    ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'].map(kind => hasSlots(owner({ kind }))),
  ).toEqual([true, true, true, false, false])
})

test('one namespace at a time, or all', () => {
  const rows = new MapRows()
  rows.update(true, [node('node1'), pod('a'), pod('b', { namespace: 'dev' })], [])
  expect(rows.plan().namespaces).toEqual([
    { name: 'default', pods: 1 },
    { name: 'dev', pods: 1 },
  ])
  rows.namespace = 'dev'
  expect(rows.plan().nodes.flatMap(each => each.pods.map(({ name }) => name))).toEqual(['b'])
})
