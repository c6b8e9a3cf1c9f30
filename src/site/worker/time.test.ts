// The line of time without a page: looks at what was, branches, and what of them a reload finds again.
import { expect, test } from 'vitest'
import { Page, run } from '../../../tests/worker-page.ts'
import { HistoryList } from './observers/history.ts'
import type { FromWorker } from './protocol.ts'
import { changesOf } from './questions/changes.ts'
import { compareBranches } from './questions/compare.ts'

const type = (page: Page, text: string, seconds = 4) => {
  page.session.handle({ type: 'input', terminal: 1, text })
  wait(page, seconds)
}
const wait = (page: Page, seconds: number) => {
  for (let i = 0; i < 5 * seconds; i++) page.session.tick(200)
}
const rings = (page: Page) => page.last('track').rings.map(each => each.text)
const ticks = (page: Page) => {
  let known: { at: number; warning: boolean }[] = []
  for (const each of page.messages)
    if (each.type === 'ticks') known = [...known.slice(0, each.from), ...each.ticks]
  return known
}
/** The cluster as a whole, without what differs by when it is asked. */
const state = (page: Page) => page.session.life.world.run('kubectl get all,events -A -o yaml').stdout

test('the track has a ring for each command and ticks for what happened', () => {
  const page = new Page()
  run(page, 'first')
  expect(rings(page)).toEqual(['kubectl apply -f web.yaml', 'kubectl rollout status deployment/web'])
  expect(page.last('track')).toMatchObject({ done: 2, branches: [] })
  expect(ticks(page).length).toBeGreaterThan(2)
  expect(ticks(page).every(each => !each.warning)).toBe(true)
  type(page, 'kubectl run bad --image=no/such:image', 6)
  expect(ticks(page).some(each => each.warning)).toBe(true)
})

test('where nothing happens the page hears of nothing but the clock, once a second', () => {
  const page = new Page()
  page.session.tick(50)
  const before = page.messages.length
  for (let i = 0; i < 60; i++) page.session.tick(50)
  expect(page.messages.slice(before).map(each => each.type)).toEqual(['clock', 'clock', 'clock'])
})

test('a look at the past shows the world and the terminals of that moment, and changes nothing', () => {
  const page = new Page()
  run(page, 'first')
  const screen = page.screen(1)
  wait(page, 2)
  type(page, 'kubectl delete deployment web', 40)
  expect(page.pods()).toEqual([])
  const kept = () => {
    const [, deeds, branch, , , branches] = JSON.parse(page.last('saved').history)
    return [deeds, branch, branches]
  }
  const [saved, { elapsed }] = [kept(), page.session.life]
  const at = page.last('track').rings[2]!.at
  page.session.handle({ type: 'look', at })
  expect(page.last('clock')).toMatchObject({ present: Math.floor(elapsed), speed: 0 })
  expect([page.screen(1), page.pods().length]).toEqual([screen, 2])
  expect(page.last('track')).toMatchObject({ done: 2 })
  expect(rings(page)).toHaveLength(3)
  wait(page, 5)
  expect(page.session.life.elapsed).toBe(at)
  page.session.handle({ type: 'look' })
  expect(page.pods()).toEqual([])
  expect(page.session.life.elapsed).toBe(elapsed)
  expect(page.last('clock').present).toBeUndefined()
  expect(kept()).toEqual(saved)
})

test('every moment is the same by a look as it was live, also within a command of the lesson', () => {
  const page = new Page()
  const live = new Map<number, unknown>()
  const shown = () => [page.screen(1), page.pods()]
  page.session.handle({ type: 'run', instant: false })
  for (let i = 0; i < 2000 && page.last('guide').position < 4; i++) {
    page.session.tick(50)
    live.set(page.session.life.elapsed, shown())
  }
  page.session.handle({ type: 'input', terminal: 1, text: 'kubectl scale deployment/web --replicas=1' })
  for (let i = 0; i < 40; i++) {
    page.session.tick(100)
    live.set(page.session.life.elapsed, shown())
  }
  const moments = [...live.keys()].filter(each => !page.session.life.starts.includes(each)).slice(0, -1)
  expect(moments.length).toBeGreaterThan(50)
  for (const at of [
    ...moments.filter((_, i) => i % 5 === 0).reverse(),
    ...moments.filter((_, i) => i % 7 === 3),
  ]) {
    page.session.handle({ type: 'look', at })
    expect(shown(), `at ${at}`).toEqual(live.get(at))
  }
})

test('what is typed in the past makes a branch; both are kept, by their names, over a reload', () => {
  const page = new Page()
  run(page, 'first')
  wait(page, 2)
  type(page, 'kubectl scale deployment/web --replicas=4')
  type(page, 'kubectl get pods')
  const first = [page.screen(1), page.pods(), Math.floor(page.session.life.elapsed)] as const
  page.session.handle({ type: 'look', at: page.last('track').rings[2]!.at })
  type(page, 'kubectl scale deployment/web --replicas=1 --timeout=1m', 40)
  expect(page.last('clock').present).toBeUndefined()
  expect(page.pods()).toHaveLength(1)
  const track = page.last('track')
  expect(track.branches).toMatchObject([
    { after: 'scale deployment/web', current: false, isLesson: false },
    { after: 'scale deployment/web', current: true, isLesson: false },
  ])
  expect(track.other).toMatchObject({ shared: 2, rings: [{ number: 3 }, { number: 4 }] })
  expect(track.other?.ticks.length).toBeGreaterThan(0)
  const [other] = track.branches
  page.session.handle({ type: 'rename', branch: other!.id, name: ' four of them ' })
  expect(page.last('track').branches[0]?.name).toBe('four of them')

  const again = new Page(page.last('saved').history)
  expect(again.pods()).toEqual(page.pods())
  expect(again.last('track').branches).toMatchObject([{ name: 'four of them' }, { current: true }])
  for (const each of [page, again]) {
    each.session.handle({ type: 'switch', branch: other!.id })
    expect([each.screen(1), each.pods(), Math.floor(each.session.life.elapsed)]).toEqual(first)
    expect(each.last('track').branches.map(row => row.current)).toEqual([true, false])
  }
  type(page, 'echo more')
  expect(page.last('track').branches[0]).toMatchObject({ name: 'four of them', current: true })
})

test('typed in the middle of a command of the lesson, a line finds the world of that moment, and a reload too', () => {
  const page = new Page()
  run(page)
  const [, , waits] = page.last('track').rings
  page.session.handle({ type: 'look', at: waits!.at + 5000 })
  expect(page.session.life.playing).toBe(true)
  type(page, 'kubectl delete deployment web', 40)
  expect(page.last('guide')).toMatchObject({ diverged: true, position: 3 })
  expect(page.pods()).toEqual([])
  const again = new Page(page.last('saved').history)
  expect([again.screen(1), again.pods()]).toEqual([page.screen(1), page.pods()])
  expect(state(again)).toBe(state(page))
})

test('the past can be played: what was done is done again, up to the present', () => {
  const page = new Page()
  run(page, 'first')
  wait(page, 2)
  type(page, 'kubectl scale deployment/web --replicas=3', 5)
  const [screen, { elapsed }] = [page.screen(1), page.session.life]
  page.session.handle({ type: 'look', at: 0 })
  expect([page.screen(1), page.pods()]).toEqual(['', []])
  page.session.handle({ type: 'pace', speed: 1 })
  wait(page, 1)
  expect(page.screen(1)).toContain('kubectl apply')
  expect(page.last('clock').present).toBeDefined()
  wait(page, elapsed / 1000)
  expect(page.last('clock').present).toBeUndefined()
  expect(page.screen(1)).toBe(screen)
})

test('Back in the past goes one command further back, and its undone commands lie ahead', () => {
  const page = new Page()
  run(page)
  const { rings } = page.last('track')
  page.session.handle({ type: 'back' })
  expect(page.last('track')).toMatchObject({ done: 3, branches: [] })
  expect(page.last('track').rings).toHaveLength(4)
  page.session.handle({ type: 'look', at: rings[2]!.at })
  page.session.handle({ type: 'back' })
  expect(page.session.life.elapsed).toBe(rings[1]!.at)
  page.session.handle({ type: 'next', instant: true })
  expect(page.last('guide')).toMatchObject({ position: 2, diverged: false, same: [true, true] })
  expect(page.last('track')).toMatchObject({ done: 2, branches: [] })
})

test('a look back finds the worlds that were shown before: none is made anew for a moment after theirs', () => {
  const page = new Page()
  run(page)
  let worlds = 0
  const { script } = page.session
  const { createWorld } = script
  ;(script as { createWorld: typeof createWorld }).createWorld = () => {
    worlds++
    return createWorld()
  }
  const { rings } = page.last('track')
  page.session.handle({ type: 'look', at: rings[1]!.at + 500 })
  page.session.handle({ type: 'look', at: rings[2]!.at })
  expect(worlds).toBe(1)
  while (page.session.idle());
  expect(worlds).toBe(2)
  page.session.handle({ type: 'back' })
  page.session.handle({ type: 'look', at: rings[2]!.at + 500 })
  expect(worlds).toBe(2)
})

test('on to the next thing that is worth a sentence: what comes in one breath with it belongs to it', () => {
  const page = new Page()
  page.session.handle({ type: 'pace', speed: 0 })
  run(page, 'first')
  wait(page, 1)
  page.session.handle({ type: 'input', terminal: 1, text: 'kubectl scale deployment/web --replicas=3' })
  const before = ticks(page).length
  page.session.handle({ type: 'next-event' })
  expect(ticks(page).length).toBeGreaterThan(before)
  expect(ticks(page).length).toBeLessThan(before + 4)
  const { elapsed } = page.session.life
  page.session.handle({ type: 'look', at: 0 })
  page.session.handle({ type: 'next-event' })
  const first = page.session.life.elapsed
  expect(first).toBeGreaterThan(0)
  expect(first).toBeLessThan(elapsed)
  page.session.handle({ type: 'next-event' })
  expect(page.session.life.elapsed).toBeGreaterThan(first)
})

test('two branches are compared object by object', () => {
  const page = new Page()
  run(page, 'first')
  wait(page, 2)
  type(page, 'kubectl scale deployment/web --replicas=4')
  page.session.handle({ type: 'look', at: page.last('track').rings[2]!.at })
  type(page, 'kubectl create configmap mine --from-literal=a=b')
  const [other] = page.last('track').branches
  const before = page.session.life.elapsed
  const answer = compareBranches(page.session, { type: 'compare', branch: other!.id }, 'en')
  if (answer.type !== 'compared') throw new Error(answer.type)
  expect(answer.onlyFirst).toEqual(['configmap/mine'])
  expect(answer.onlySecond).toHaveLength(2)
  expect(answer.onlySecond[0]).toMatch(/^pod\/web-/)
  const deployment = answer.differing.find(each => each.object === 'deployment/web')
  expect(deployment?.fields).toContain('spec.replicas: 2 → 4')
  expect(page.session.life.elapsed).toBe(before)
})

test('the list of what happened is told once it is open, the whole of the present’s branch also from the past', () => {
  const page = new Page()
  run(page, 'first')
  const told = () => page.messages.filter(each => each.type === 'happened')
  expect(told()).toEqual([])
  page.session.open('history', stage => new HistoryList(stage))
  expect(told()).toHaveLength(1)
  const reasons = page.last('happened').happenings.map(each => `${each.who} ${each.reason}`)
  expect(reasons).toEqual(
    expect.arrayContaining([
      'deployment-controller ScalingReplicaSet',
      'replicaset-controller SuccessfulCreate',
      'default-scheduler Scheduled',
      'kubelet Started',
      'kubelet Ready',
      'deployment-controller RolledOut',
    ]),
  )
  page.session.handle({ type: 'look', at: 0 })
  expect(told()).toHaveLength(1)
  type(page, 'kubectl run a --image=leigg/hellok8s:v1')
  expect(told()[1]).toMatchObject({ reset: true })
  expect(told()[1]!.happenings.some(each => each.object === 'deployment/web')).toBe(false)
})

test('an object’s changes are those since the last command, or between two moments', () => {
  const page = new Page()
  run(page, 'first')
  wait(page, 2)
  type(page, 'kubectl scale deployment/web --replicas=4')
  const ask = (more: object) =>
    changesOf(page.session, { type: 'changes', object: 'deployment/web', ...more }, 'en') as Extract<
      FromWorker,
      { type: 'changes' }
    >
  const signs = (more: object) =>
    ask(more)
      .lines.filter(each => each.sign !== ' ')
      .map(each => each.sign + each.text.trim())
  expect(signs({})).toEqual(expect.arrayContaining(['-replicas: 2', '+replicas: 4']))
  expect(ask({}).writes[0]?.manager).toBe('kubectl')
  type(page, 'echo nothing')
  expect(signs({})).toEqual([])
  const { rings } = page.last('track')
  expect(signs({ from: rings[2]!.at, to: rings[3]!.at })).toContain('+replicas: 4')
  expect(ask({ from: 0, to: 1 }).found).toBe(false)
  page.session.handle({ type: 'look', at: rings[2]!.at })
  expect(signs({})).toContain('+readyReplicas: 2')
  expect(signs({})).not.toContain('+replicas: 4')
})

test('while nothing is done, the track is not made anew, however often time passes', () => {
  const page = new Page()
  run(page)
  wait(page, 1)
  let asked = 0
  const { history } = page.session
  Object.defineProperty(history, 'heading', {
    get() {
      asked++
      return history.deeds.at(-1)
    },
  })
  wait(page, 5)
  expect(asked).toBe(0)
  type(page, 'kubectl get pods')
  expect(asked).toBeGreaterThan(0)
  expect(rings(page).at(-1)).toBe('kubectl get pods')
})

test('a name that is given while one looks at what was is kept at once', () => {
  const page = new Page()
  run(page, 'first')
  type(page, 'kubectl scale deployment/web --replicas=4')
  const [before] = page.last('track').rings
  const saved = () => page.messages.filter(each => each.type === 'saved').length
  const count = saved()
  page.session.handle({ type: 'look', at: before!.at })
  page.session.handle({ type: 'look', at: 0 })
  expect(saved()).toBe(count)
  page.session.handle({ type: 'rename', branch: page.session.history.deeds.length, name: 'mine' })
  expect(saved()).toBe(count + 1)
  expect(page.last('saved').history).toContain('"mine"')
  const again = new Page(page.last('saved').history)
  page.session.handle({ type: 'look' })
  expect([again.screen(1), again.pods()]).toEqual([page.screen(1), page.pods()])
})
