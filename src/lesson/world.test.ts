import { expect, test } from 'vitest'
import { webDeployment } from '../../tests/web-deployment.ts'
import type { WorldInput } from './input.ts'
import { World } from './world.ts'

const options = { seed: 7, files: { 'web.yaml': webDeployment } }

/** What terminals 1 and 2 show while the inputs happen. */
function show(inputs: readonly WorldInput[]): string {
  const world = new World(options)
  let text = ''
  for (const id of [1, 2])
    world.terminal(id).onOutput = piece => (text += `${id}@${Math.round(world.elapsed)} ${piece}`)
  for (const input of inputs) world.apply(input)
  world.advance(5000)
  return text
}

test('the same inputs at the same times give the same bytes', () => {
  const inputs: WorldInput[] = [
    { at: 0, type: 'input', terminal: 2, text: 'kk get pods -w' },
    { at: 500, type: 'input', terminal: 1, text: 'kk apply -f web.yaml' },
    { at: 4000, type: 'input', terminal: 1, text: 'kk get pods -o wide; kk delete pod --all' },
    { at: 9000, type: 'interrupt', terminal: 2 },
    { at: 9100, type: 'input', terminal: 2, text: 'kk describe deployment web' },
  ]
  const first = show(inputs)
  expect(first).toContain('deployment.apps/web created')
  expect(first).toContain('^C\n')
  expect(show(inputs)).toBe(first)
})

test('a terminal takes unfinished lines, input for programs, Ctrl-C and Ctrl-D', () => {
  const world = new World({ seed: 1 })
  const terminal = world.terminal(1)
  let text = ''
  terminal.onOutput = piece => (text += piece)
  const type = (line: string) => {
    world.type(1, line)
    world.advance(20)
  }
  type('for i in 1 2')
  expect([terminal.prompt, terminal.busy]).toEqual(['> ', false])
  type('do echo $i; done')
  type('cat')
  expect(terminal.busy).toBe(true)
  type('to cat')
  world.endOfInput(1)
  world.advance(20)
  type('sleep 100; echo never')
  world.interrupt(1)
  world.advance(20)
  type('echo $?')
  type('nosuch')
  type('sleep 1 & true')
  world.advance(2000)
  type('')
  expect(text).toBe(
    '1\n2\nto cat\n^C\n130\nbash: nosuch: command not found\n[1] 2104\n[1]+  Done                    sleep 1\n',
  )
  type('exit')
  expect([text.endsWith('exit\n'), terminal.busy]).toEqual([true, false])
})

test('Tab completes commands, files, resource types and names', () => {
  const world = new World(options)
  world.run('kubectl apply -f web.yaml')
  const { complete } = { complete: (line: string) => world.terminal(1).complete(line).text }
  expect(
    [
      'kk ap',
      'kk apply -f w',
      'kk get depl',
      'kk get deployments w',
      'kk rollout st',
      'kk scale deployment/w',
      'ech',
    ].map(complete),
  ).toEqual([
    'kk ap',
    'kk apply -f web.yaml ',
    'kk get deployments ',
    'kk get deployments web ',
    'kk rollout status ',
    'kk scale deployment/web ',
    'echo ',
  ])
})

test('Ctrl-C reaches what runs, however many shells were ended by what was typed ahead', () => {
  const world = new World({ seed: 1 })
  const terminal = world.terminal(1)
  world.type(1, 'sleep 5')
  world.endOfInput(1)
  world.endOfInput(1)
  world.advance(10_000)
  world.type(1, 'sleep 100')
  world.advance(1000)
  expect(terminal.busy).toBe(true)
  world.interrupt(1)
  world.advance(1000)
  expect(terminal.busy).toBe(false)
})
