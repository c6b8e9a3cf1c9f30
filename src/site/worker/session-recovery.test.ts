// The worker's session when something stands in its way: foreign or unfinished state, code that is missing, a world that
// falls behind.
import { expect, test } from 'vitest'
import { manifest, Page, run } from '../../../tests/worker-page.ts'
import type { ToWorker } from './protocol.ts'
import type { Turn } from './session.ts'

test('what was stored and does not belong here is set aside; of another version it can be replayed all the same', () => {
  const page = new Page()
  run(page, 'first')
  const { history } = page.last('saved')
  const spoilt = new Page('{"any": "JSON"}')
  expect(spoilt.last('set-aside')).toMatchObject({ reason: 'spoilt', history: '{"any": "JSON"}' })
  expect(spoilt.last('guide').position).toBe(0)
  const later = new Page(history, {}, '2')
  expect(later.last('set-aside')).toMatchObject({ reason: 'version', history })
  expect(later.last('guide').position).toBe(0)
  const replayed = new Page(history, { otherVersion: true }, '2')
  expect(replayed.last('guide').position).toBe(2)
  expect(replayed.last('set-aside')).toBeUndefined()
  const changed = new Page(history.replace(/"content":"\w+"/, '"content":"0"'), { otherVersion: true })
  expect(changed.last('set-aside')).toMatchObject({ reason: 'changed' })
})

test('what is performed is told before, with the mark that it has not ended; it can be left out of a replay', () => {
  const page = new Page()
  run(page, 'first')
  page.session.handle({ type: 'input', terminal: 2, text: 'kubectl get pods -w' })
  for (let i = 0; i < 10; i++) page.session.tick(200)
  page.session.handle({ type: 'input', terminal: 1, text: 'sleep 1; echo and then it hangs; sleep 1000' })
  const told = page.messages.filter(each => each.type === 'saved').at(-1)?.history ?? ''
  const at = page.messages.findIndex(each => each.type === 'echo' && each.text.includes('it hangs'))
  const first = page.messages.findIndex(each => each.type === 'saved' && each.history.includes('it hangs'))
  expect(first).toBeLessThan(at)
  const again = new Page(told, { skipRunning: true })
  expect(again.last('skipped').command).toContain('it hangs')
  expect(again.screen(1)).not.toContain('it hangs')
  expect(again.screen(2)).toContain('kubectl get pods -w')
  expect(again.last('prompt')).toBeDefined()
})

test('an editor that a command waits for is told to the page, and how it is closed to the command', () => {
  const page = new Page()
  page.session.handle({ type: 'input', terminal: 1, text: 'vi web.yaml && echo closed' })
  page.session.tick(200)
  expect(page.last('edit').editor).toEqual({
    program: 'vi',
    file: '/home/learner/k8s/web.yaml',
    name: 'web.yaml',
    text: manifest,
  })
  page.session.handle({ type: 'edited', file: '/home/learner/k8s/web.yaml', text: 'x\n' })
  page.session.handle({ type: 'input', terminal: 1, text: 'cat web.yaml' })
  page.session.tick(200)
  expect(page.last('edit').editor).toBeUndefined()
  expect(page.screen(1)).toContain('closed\n~/k8s $ cat web.yaml\nx\n')
})

test('a message that met missing code is handled again, as if for the first time', () => {
  const [page, other] = [new Page(), new Page()]
  for (const each of [page, other]) {
    run(each, 'first')
    each.session.handle({ type: 'input', terminal: 2, text: 'kubectl get pods -w' })
    for (let i = 0; i < 10; i++) each.session.tick(200)
  }
  const scale = { type: 'input', terminal: 1, text: 'kubectl scale deployment/web --replicas=4' } as const
  other.session.handle(scale)
  other.session.restore()
  for (const each of [page, other]) {
    each.session.handle(scale)
    for (let i = 0; i < 40; i++) each.session.tick(200)
  }
  expect(other.screen(1)).toBe(page.screen(1))
  expect(other.screen(2)).toBe(page.screen(2))
  expect(other.pods()).toEqual(page.pods())
  expect(other.last('saved').history).toBe(page.last('saved').history)
})

test.each([0, 1, 2])('… also where %d of the lesson’s commands have run', before => {
  for (const ticks of [0, 40]) {
    const page = new Page()
    for (let i = 0; i < before; i++) page.session.handle({ type: 'next', instant: true })
    for (let i = 0; i < ticks; i++) page.session.tick(200)
    page.session.handle({ type: 'next', instant: true })
    page.session.restore()
    page.session.tick(0)
    expect(page.session.life.player.position).toBe(before)
    page.session.handle({ type: 'next', instant: true })
    expect(page.last('guide')).toMatchObject({ position: before + 1, running: false })
    expect(page.last('guide').same).not.toContain(false)
  }
})

const inThePast: readonly ToWorker[] = [
  { type: 'look', at: 700 },
  { type: 'look' },
  { type: 'input', terminal: 1, text: 'kubectl scale deployment/web --replicas=4' },
  { type: 'next', instant: true },
  { type: 'back' },
  { type: 'next-event' },
  { type: 'pass', ms: 5000 },
  { type: 'reset', sure: true },
]

test.each([
  [false, 'the lesson’s commands alone'],
  [true, 'own commands, too'],
])('… also while one looks at what was (%s: %s)', own => {
  for (const message of inThePast) {
    const pages = [new Page(), new Page()]
    const [page, other] = pages as [Page, Page]
    for (const { session } of pages) {
      session.handle({ type: 'run', step: 'first', instant: true })
      for (let i = 0; i < 10; i++) session.tick(200)
      if (own) session.handle({ type: 'input', terminal: 1, text: 'kubectl create configmap mine' })
      for (let i = 0; i < 10; i++) session.tick(200)
      session.handle({ type: 'look', at: session.life.starts[1]! + 300 })
    }
    other.session.handle(message)
    other.session.restore()
    other.session.tick(0)
    expect(other.last('clock').present, message.type).toBe(Math.floor(page.session.present.elapsed))
    expect(other.session.life.elapsed).toBe(page.session.life.elapsed)
    for (const { session } of pages) {
      session.handle(message)
      for (let i = 0; i < 20; i++) session.tick(200)
    }
    const seen = (each: Page) => [each.screen(1), each.pods(), each.last('clock'), each.last('saved').history]
    expect(seen(other), message.type).toEqual(seen(page))
  }
})

test('what the page was told before code was missing, it is told again', () => {
  const page = new Page()
  const fault = { type: 'registry-down', host: 'docker.io' } as const
  page.session.handle({ type: 'fault', fault })
  page.session.tick(50)
  page.messages.length = 0
  page.session.restore()
  page.session.tick(50)
  expect(page.last('faults')).toMatchObject({ faults: [fault] })
})

test('a command that goes on while the clock stands still goes on after code was missing', () => {
  const page = new Page(undefined, {}, '1', pieces(300))
  page.session.handle({ type: 'pace', speed: 0 })
  page.session.handle({ type: 'input', terminal: 1, text: 'sleep 2; echo done' })
  page.session.tick(50)
  expect(page.screen(1)).not.toMatch(/^done$/m)
  page.session.restore()
  for (let i = 0; i < 20; i++) page.session.tick(50)
  expect(page.screen(1)).toMatch(/^done$/m)
})

test('the world that Back shows after the first command is a fresh one', () => {
  const page = new Page()
  page.session.handle({ type: 'input', terminal: 1, text: 'kubectl apply -f web.yaml' })
  while (page.session.idle());
  page.session.handle({ type: 'back' })
  expect(page.pods()).toEqual([])
  expect(page.screen(1)).toBe('')
})

/** Turns that end after so many pieces of work. */
const pieces =
  (count: number): Turn =>
  () => {
    let left = count
    return () => left-- <= 0
  }

test('a world that computes without end falls behind, and a Ctrl-C comes through', () => {
  const page = new Page(undefined, {}, '1', pieces(3))
  page.session.handle({ type: 'input', terminal: 1, text: "sed ':a;s/x/xx/;b a' <<< x" })
  for (let i = 0; i < 3; i++) page.session.tick(200)
  expect(page.session.life.terminal(1).busy).toBe(true)
  expect(page.session.life.elapsed).toBeLessThan(20)
  page.session.handle({ type: 'interrupt', terminal: 1 })
  expect(page.session.life.terminal(1).busy).toBe(false)
  expect(page.screen(1)).toMatch(/\^C\n$/)
})

test('while the clock stands still a command goes on in the next turns, as long as its time lasts', () => {
  const page = new Page(undefined, {}, '1', pieces(300))
  page.session.handle({ type: 'pace', speed: 0 })
  page.session.handle({ type: 'input', terminal: 1, text: 'sleep 1; echo done; sleep 10' })
  for (let i = 0; i < 20; i++) page.session.tick(50)
  expect(page.screen(1)).toMatch(/done\n$/)
  expect(Math.round(page.session.life.elapsed)).toBeLessThan(3100)
  expect(page.session.life.terminal(1).busy).toBe(true)
})
