// The worker's session without a worker: what the page asks for, and what it is told.
import { expect, test } from 'vitest'
import { type Lesson, lessonWorld } from '../../lesson/lesson.ts'
import { play } from '../../lesson/player.ts'
import { createScript } from '../../lesson/script.ts'
import { parseTranscript, withOutputs } from '../../lesson/transcript.ts'
import type { FromWorker, Start, TerminalId } from './protocol.ts'
import { Session, type Turn } from './session.ts'

const manifest = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: leigg/hellok8s:v1
`
const files = { 'web.yaml': manifest }
const blank = `## step: first
$ kubectl apply -f web.yaml
$ kubectl rollout status deployment/web

## step: second
# wait 20s
$ kubectl get pods
$ kubectl scale deployment/web --replicas=3
`
const lesson: Lesson = {
  transcript: 'web.console',
  exercises: [{ name: 'three', solution: [], checks: { pods: view => view.list('pods').length === 3 } }],
}
const transcript = (() => {
  const parsed = parseTranscript(blank, lesson.transcript)
  const outputs = play(
    lessonWorld(lesson, files),
    parsed.steps.flatMap(step => step.commands),
  )
  return withOutputs(blank, parsed, outputs)
})()

class Page {
  readonly messages: FromWorker[] = []
  readonly session: Session

  constructor(saved?: string, start: Partial<Start> = {}, version = '1', turn?: Turn) {
    const { exercise } = start
    const script = createScript({ id: 'test', lesson, files, transcript, version, exercise })
    this.session = new Session(script, 'en', message => this.messages.push(message), turn)
    this.session.load({ ...start, saved })
    this.session.catchUp()
  }

  last<T extends FromWorker['type']>(type: T): Extract<FromWorker, { type: T }> {
    return this.messages.findLast(each => each.type === type) as Extract<FromWorker, { type: T }>
  }

  /** What stands on a terminal's screen. */
  screen(terminal: TerminalId): string {
    let text = ''
    for (const each of this.messages) {
      if (!('terminal' in each) || each.terminal !== terminal) continue
      if (each.type === 'clear') text = ''
      else if (each.type === 'echo') text += `${each.prompt}${each.text}\n`
      else if (each.type === 'output') text += each.text
    }
    return text
  }

  pods(): string[] {
    const rows = new Map<string, string>()
    for (const each of this.messages) {
      if (each.type !== 'objects') continue
      if (each.reset) rows.clear()
      for (const row of each.changed) if (row.kind === 'Pod') rows.set(row.uid, `${row.name} ${row.state}`)
      for (const uid of each.deleted) rows.delete(uid)
    }
    return [...rows.values()].sort()
  }
}

const run = (page: Page, step?: string) => page.session.handle({ type: 'run', step, instant: true })

test('played to its end, a lesson prints what its text prints', () => {
  const page = new Page()
  run(page)
  expect(page.last('guide')).toMatchObject({
    position: 4,
    total: 4,
    diverged: false,
    same: [true, true, true, true],
  })
  for (const command of parseTranscript(transcript, '').steps.flatMap(step => step.commands))
    expect(page.screen(1)).toContain(`~/k8s $ ${command.text}\n${command.output}`)
})

test('time that passes between two commands lets the reader see what happens, and changes nothing that the next one prints', () => {
  const page = new Page()
  for (let position = 1; position <= 4; position++) {
    page.session.handle({ type: 'next', instant: true })
    const { elapsed } = page.last('clock')
    for (let i = 0; i < 30; i++) page.session.tick(200)
    expect(page.last('clock').elapsed).toBeGreaterThan(elapsed + 4000)
  }
  expect(page.last('guide').same).toEqual([true, true, true, true])
  expect(page.pods()).toHaveLength(3)
})

test('a short command has printed when its line has been handled, without a tick', () => {
  const page = new Page()
  page.session.handle({ type: 'input', terminal: 1, text: 'kubectl get nodes\n' })
  expect(page.screen(1)).toMatch(/\nNAME +STATUS .*\nk8s-master +Ready /)
  expect(page.last('prompt').busy).toBe(false)
  // What waits for the cluster goes on at the reader's pace.
  page.session.handle({ type: 'input', terminal: 1, text: 'sleep 2; echo done\n' })
  expect(page.last('prompt').busy).toBe(true)
  expect(page.screen(1)).not.toContain('\ndone')
})

test('the first command of a step shows something at once, also where it is played slowly', () => {
  const page = new Page()
  page.session.handle({ type: 'next', instant: false })
  expect(page.screen(1)).toContain('deployment.apps/')
})

test('a pace of 0 stops the clock', () => {
  const page = new Page()
  page.session.handle({ type: 'pace', speed: 0 })
  run(page, 'first')
  const { elapsed } = page.last('clock')
  page.session.tick(200)
  expect(page.last('clock').elapsed).toBe(elapsed)
  page.session.handle({ type: 'next-event' })
  expect(page.last('clock').elapsed).toBeGreaterThan(elapsed)
})

test('played slowly it prints the same, while the objects change', () => {
  const page = new Page()
  page.session.handle({ type: 'run', instant: false })
  const seen = new Set<string>()
  for (let i = 0; i < 2000 && page.last('guide').position < 4; i++) {
    page.session.tick(50)
    for (const each of page.pods()) seen.add(each.split(' ')[1] ?? '')
  }
  expect(page.last('guide').same).toEqual([true, true, true, true])
  expect([...seen]).toEqual(expect.arrayContaining(['ContainerCreating', 'Running']))
})

test('a step that is further on first runs those before it', () => {
  const page = new Page()
  run(page, 'second')
  expect(page.last('guide')).toMatchObject({ position: 4, same: [true, true, true, true] })
})

test('Back returns the cluster to where it was, Reset to the start of the step', () => {
  const page = new Page()
  run(page, 'first')
  const [screen, pods] = [page.screen(1), page.pods()]
  page.session.handle({ type: 'next', instant: true })
  page.session.handle({ type: 'next', instant: true })
  for (let i = 0; i < 10; i++) page.session.tick(200)
  expect(page.pods()).toHaveLength(3)
  page.session.handle({ type: 'back' })
  expect(page.last('guide').position).toBe(3)
  page.session.handle({ type: 'reset', step: 'second' })
  expect(page.last('guide').position).toBe(2)
  expect(page.screen(1)).toBe(screen)
  expect(page.pods()).toEqual(pods)
})

test('what is typed leaves the lesson’s path, and Reset leads back', () => {
  const page = new Page()
  run(page, 'first')
  page.session.handle({ type: 'input', terminal: 1, text: 'kubectl delete deployment web' })
  for (let i = 0; i < 60; i++) page.session.tick(200)
  expect(page.last('guide').diverged).toBe(true)
  expect(page.screen(1)).toContain('deployment.apps "web" deleted')
  page.session.handle({ type: 'reset' })
  expect(page.last('guide')).toMatchObject({ position: 0, diverged: false })
  expect(page.screen(1)).toBe('')
})

test('a reloaded page finds the world as it was', () => {
  const page = new Page()
  run(page, 'first')
  page.session.handle({ type: 'input', terminal: 2, text: 'kubectl get pods -w' })
  for (let i = 0; i < 40; i++) page.session.tick(200)
  page.session.handle({ type: 'input', terminal: 1, text: 'kubectl scale deployment/web --replicas=4' })
  for (let i = 0; i < 40; i++) page.session.tick(200)
  page.session.handle({ type: 'interrupt', terminal: 2 })
  page.session.tick(200)
  const again = new Page(page.last('saved').history)
  expect(again.screen(1)).toBe(page.screen(1))
  expect(again.screen(2)).toBe(page.screen(2))
  expect(again.screen(2)).toMatch(/Running[\s\S]*\^C\n$/)
  expect(again.pods()).toEqual(page.pods())
  expect(again.pods()).toHaveLength(4)
})

test('the world of an exercise judges it, goal by goal, and what was reached stays so', () => {
  const page = new Page(undefined, { exercise: 'three' })
  expect(page.last('guide')).toMatchObject({ total: 0 })
  expect(page.last('exercise')).toMatchObject({ reached: false, checks: [{ name: 'pods', met: false }] })
  page.session.handle({
    type: 'input',
    terminal: 1,
    text: 'kubectl create deployment x --image=nginx:1.27 --replicas=3',
  })
  for (let i = 0; i < 20; i++) page.session.tick(200)
  expect(page.last('exercise')).toMatchObject({ reached: true, checks: [{ met: true }] })
  page.session.handle({ type: 'input', terminal: 1, text: 'kubectl delete deployment x' })
  for (let i = 0; i < 20; i++) page.session.tick(200)
  expect(page.last('exercise')).toMatchObject({ reached: true, checks: [{ met: false }] })
  expect(new Page().messages.some(each => each.type === 'exercise')).toBe(false)
})

test('buttons of the text break and repair, and let time pass', () => {
  const page = new Page()
  const fault = { type: 'registry-down' } as const
  page.session.handle({ type: 'fault', fault })
  expect(page.last('faults')).toMatchObject({ faults: [fault] })
  page.session.handle({ type: 'back' })
  expect(page.last('faults')).toMatchObject({ faults: [] })
  page.session.handle({ type: 'fault', fault })
  page.session.handle({ type: 'repair', fault })
  expect(page.last('faults')).toMatchObject({ faults: [] })
  const before = page.session.life.elapsed
  page.session.handle({ type: 'pass', ms: 3_600_000 })
  expect(page.session.life.elapsed - before).toBe(3_600_000)
})

test('a saved file is the one that is applied', () => {
  const page = new Page()
  page.session.handle({
    type: 'write',
    file: 'web.yaml',
    text: manifest.replace('replicas: 2', 'replicas: 5'),
    apply: 1,
  })
  for (let i = 0; i < 20; i++) page.session.tick(200)
  expect(page.screen(1)).toContain('$ kubectl apply -f web.yaml\ndeployment.apps/web created\n')
  expect(page.pods()).toHaveLength(5)
})

test('problems of a manifest come with place, words and explanation', () => {
  const page = new Page()
  page.session.handle({ type: 'diagnose', id: 7, text: manifest.replace('replicas: 2', 'replica: 2') })
  const { id, diagnostics } = page.last('diagnostics')
  expect(id).toBe(7)
  expect(diagnostics).toHaveLength(1)
  expect(diagnostics[0]).toMatchObject({
    severity: 'error',
    line: 6,
    column: 3,
    message: 'unknown field "spec.replica"',
  })
  expect(diagnostics[0]?.explanation).toContain('replicas')
})

test('the card of an object says what is wanted, what is there and what happened', () => {
  const page = new Page()
  run(page, 'first')
  page.session.handle({ type: 'details', object: 'deployment/web' })
  const { details } = page.last('details')
  expect(details.found).toBe(true)
  expect(details.row?.state).toBe('2/2')
  expect(details.lines[0]).toBe('spec.replicas: 2')
  expect(details.conditions.map(each => `${each.type} ${each.tone}`)).toContain('Available good')
  expect(details.events[0]?.reason).toBe('ScalingReplicaSet')
  page.session.handle({ type: 'details', object: 'deployment/nothing' })
  expect(page.last('details').details.found).toBe(false)
})

test('an endless command can be interrupted, and a flood of output ends there', () => {
  const page = new Page()
  page.session.handle({ type: 'input', terminal: 1, text: 'while true; do echo x; done' })
  page.session.tick(200)
  page.session.handle({ type: 'interrupt', terminal: 1 })
  page.session.handle({ type: 'input', terminal: 1, text: 'echo done' })
  page.session.tick(200)
  expect(page.screen(1)).toMatch(/x\n\^C\n[\s\S]*\$ echo done\ndone\n$/)
})

test('Back and Next go on from a second world, built while there is time: no world is made anew for them', () => {
  let worlds = 0
  const script = createScript({ id: 'test', lesson, files, transcript, version: '1' })
  const messages: FromWorker[] = []
  const counted = {
    ...script,
    createWorld: () => {
      worlds++
      return script.createWorld()
    },
  }
  const session = new Session(counted, 'en', message => messages.push(message))
  const position = () =>
    (messages.findLast(each => each.type === 'guide') as { position: number } | undefined)?.position
  session.load({})
  session.catchUp()
  session.handle({ type: 'run', instant: true })
  for (let i = 0; i < 20; i++) session.tick(200)
  const idle = () => {
    while (session.idle());
  }
  idle()
  const before = worlds
  session.handle({ type: 'back' })
  expect([position(), worlds]).toEqual([3, before])
  idle()
  const built = worlds
  for (let i = 0; i < 20; i++) session.tick(200)
  session.handle({ type: 'next', instant: true })
  expect([position(), worlds]).toEqual([4, built])
  expect((messages.findLast(each => each.type === 'guide') as { same: readonly boolean[] }).same).toEqual([
    true,
    true,
    true,
    true,
  ])
})

test('Back takes back one’s own command, with the keys pressed in it, and leads back to the lesson’s path', () => {
  const page = new Page()
  run(page, 'first')
  const pods = page.pods()
  const screen = page.screen(1)
  page.session.handle({ type: 'input', terminal: 2, text: 'kubectl get pods -w' })
  for (let i = 0; i < 10; i++) page.session.tick(200)
  page.session.handle({ type: 'interrupt', terminal: 2 })
  page.session.handle({ type: 'input', terminal: 1, text: 'kubectl delete deployment web' })
  for (let i = 0; i < 60; i++) page.session.tick(200)
  expect(page.pods()).toEqual([])
  page.session.handle({ type: 'back' })
  expect(page.screen(2)).toContain('^C')
  page.session.handle({ type: 'back' })
  expect([page.screen(1), page.screen(2), page.pods()]).toEqual([screen, '', pods])
  expect(page.last('guide')).toMatchObject({ diverged: false, position: 2, undoable: true })
})

test('Reset names what is one’s own, and can be undone', () => {
  const page = new Page()
  run(page, 'first')
  page.session.handle({
    type: 'input',
    terminal: 1,
    text: 'kubectl create namespace shop; kubectl run a -n shop --image=nginx',
  })
  page.session.handle({ type: 'write', file: 'web.yaml', text: `${manifest}# mine\n` })
  for (let i = 0; i < 20; i++) page.session.tick(200)
  page.session.handle({ type: 'reset' })
  expect(page.last('ask-reset')).toEqual({
    type: 'ask-reset',
    objects: ['namespace/shop', 'pod/shop/a'],
    files: ['web.yaml'],
  })
  const [screen, { elapsed }] = [page.screen(1), page.session.life]
  page.session.handle({ type: 'reset', sure: true })
  expect(page.last('guide')).toMatchObject({ position: 0, diverged: false })
  page.session.handle({ type: 'undo' })
  expect([page.screen(1), page.session.life.elapsed]).toEqual([screen, elapsed])
})

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
