// The worker's session without a worker: what the page asks for, and what it is told.
import { expect, test } from 'vitest'
import { files, lesson, manifest, Page, run, transcript } from '../../../tests/worker-page.ts'
import { createScript } from '../../lesson/script.ts'
import { parseTranscript } from '../../lesson/transcript.ts'
import type { FromWorker } from './protocol.ts'
import { Session } from './session.ts'

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
