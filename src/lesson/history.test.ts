import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { webDeployment } from '../../tests/web-deployment.ts'
import { contentHash, differences, type Header, History } from './history.ts'
import { HistoryError, readHistory, writeHistory } from './history-text.ts'
import type { Input } from './input.ts'
import type { Lesson } from './lesson.ts'
import { Life } from './life.ts'
import { Replay } from './replay.ts'
import { createScript } from './script.ts'
import { branchesOf } from './time/branches.ts'

const files = { 'web.yaml': webDeployment }
const lesson: Lesson = { transcript: 'web.console', exercises: [] }
const transcript = `## step: first
$ kubectl apply -f web.yaml
$ kubectl rollout status deployment/web
`
const script = createScript({ id: '01-a/01-b', lesson, files, transcript, version: '1' })
const header: Header = script.header

/** One of every kind of input, at the times of a reader. */
const everyKind: Input[] = [
  { at: 0, type: 'next' },
  { at: 0, type: 'next' },
  { at: 4000, type: 'write', file: 'web.yaml', text: webDeployment.replace('replicas: 2', 'replicas: 3') },
  { at: 4000, type: 'input', terminal: 1, text: 'kubectl apply -f web.yaml' },
  { at: 4500, type: 'input', terminal: 2, text: 'kubectl get pods -w' },
  { at: 9000, type: 'interrupt', terminal: 2 },
  { at: 9100, type: 'input', terminal: 2, text: 'cat' },
  { at: 9200, type: 'input', terminal: 2, text: 'to cat' },
  { at: 9300, type: 'end-of-input', terminal: 2 },
  { at: 9400, type: 'input', terminal: 1, text: 'vi note.txt' },
  { at: 9900, type: 'edited', file: '/home/learner/k8s/note.txt', text: 'a note\n' },
  { at: 10_000, type: 'input', terminal: 1, text: 'cat note.txt; nano note.txt' },
  { at: 10_500, type: 'edited', file: '/home/learner/k8s/note.txt' },
  { at: 11_000, type: 'add-node' },
  { at: 12_000, type: 'load-balancer', on: true },
  { at: 12_000, type: 'metrics', on: true },
  { at: 12_000, type: 'any-image', on: true },
  { at: 13_000, type: 'load', load: { pod: 'web', cpu: 300 } },
  { at: 14_000, type: 'fault', fault: { type: 'node-lost', node: 'k8s-node1' } },
  { at: 90_000, type: 'repair', fault: { type: 'node-lost', node: 'k8s-node1' } },
  {
    at: 120_000,
    type: 'input',
    terminal: 1,
    text: 'kubectl get nodes,pods,events -o wide; kubectl top pods',
  },
]
const end = 125_000

/** What the terminals have shown, and what the cluster and the files are. */
function state({ world, screens }: Life): string {
  const shown = screens.read(0).shown.map(each => JSON.stringify(each))
  const { stdout } = world.run('kubectl get all,events,nodes -A -o yaml; cat *')
  return [...shown, stdout].join('\n')
}

test('every kind of input replays from a stored history to equal bytes', () => {
  const live = new Life(script)
  const history = new History(header)
  for (const input of everyKind) {
    for (const _ of live.perform(input));
    history.add(input)
  }
  live.advance(end - live.elapsed)
  history.elapsed = end
  const stored = writeHistory(history, script.files)
  const read = readHistory(stored, script.files)
  expect(read.path().map(each => each.input)).toEqual(everyKind)
  expect(writeHistory(read, script.files)).toBe(stored)
  const again = new Replay(script).finish(read.path(), read.elapsed)
  expect(again.world.files.read('/home/learner/k8s/note.txt')).toBe('a note\n')
  expect(state(again)).toBe(state(live))
})

test('a branch is a path; who goes back and does the same again is on the same one', () => {
  const history = new History(header)
  const type = (text: string, at: number) => history.add({ at, type: 'input', terminal: 1, text })
  history.add({ at: 0, type: 'next' })
  const first = type('echo one', 500)
  type('echo two', 900)
  history.at = first
  const other = type('echo three', 1000)
  history.at = first
  expect(type('echo three', 1000)).toBe(other)
  expect(history.deeds).toHaveLength(4)
  const read = readHistory(writeHistory(history, files), files)
  expect(read.path().map(each => each.id)).toEqual([1, 2, 4])
  expect(read.pathTo(read.deeds[2]).map(each => (each.input as { text?: string }).text)).toEqual([
    undefined,
    'echo one',
    'echo two',
  ])
})

test('what is known of a branch that was left is stored with it, and goes along when it grows', () => {
  const history = new History(header)
  const type = (text: string, at: number) => history.add({ at, type: 'input', terminal: 1, text })
  const first = type('echo one', 500)
  const two = type('echo two', 900)
  history.ends.set(two, 2000.7)
  history.names.set(two, 'mine')
  history.at = first
  const three = type('echo three', 1000)
  expect(history.heading).toBe(three)
  const read = readHistory(writeHistory(history, files), files)
  expect([...read.ends].map(([deed, at]) => [deed.id, at])).toEqual([[two.id, 2000]])
  expect([...read.names].map(([deed, name]) => [deed.id, name])).toEqual([[two.id, 'mine']])
  read.at = read.deeds[two.id - 1]
  expect(read.heading).toBe(read.at)
  const four = read.add({ at: 3000, type: 'input', terminal: 1, text: 'echo four' })
  expect([read.names.get(four), read.ends.size]).toEqual(['mine', 0])
  read.at = read.deeds[0]
  expect(read.heading).toBe(four)
  expect(branchesOf(read, script).map(each => [each.after, each.shared, each.name])).toEqual([
    ['echo two', 1, 'mine'],
    ['echo three', 1, undefined],
  ])
})

test('while one looks at the past, the present is what is stored', () => {
  const history = new History(header)
  const first = history.add({ at: 5, type: 'input', terminal: 1, text: 'echo one' })
  const last = history.add({ at: 9, type: 'input', terminal: 1, text: 'echo two' })
  history.present = { deed: last, elapsed: 4000 }
  history.at = first
  const read = readHistory(writeHistory(history, files), files)
  expect([read.at?.id, read.elapsed]).toEqual([last.id, 4000])
  expect(history.heading).toBe(last)
})

test('Back undoes a command together with the keys that were pressed in it', () => {
  const history = new History(header)
  history.add({ at: 0, type: 'next' })
  const watch = history.add({ at: 10, type: 'input', terminal: 1, text: 'kubectl get pods -w' })
  history.add({ at: 20, type: 'interrupt', terminal: 1 })
  expect(history.undoable).toBe(watch)
})

test('a history without one deed keeps those after it', () => {
  const history = new History(header)
  const [a, b, c] = ['a', 'b', 'c'].map((text, i) =>
    history.add({ at: i, type: 'input', terminal: 1, text }, text !== 'b'),
  )
  history.without(b!)
  expect(history.path().map(each => each.input)).toEqual([a!.input, c!.input])
})

test('the header tells another lesson, transcript, file, seed, option, version', () => {
  const other = (source: Partial<Parameters<typeof createScript>[0]>) =>
    differences(
      createScript({ id: '01-a/01-b', lesson, files, transcript, version: '1', ...source }).header,
      header,
    )
  expect(other({})).toEqual([])
  expect(other({ id: '01-a/02-c' })).toEqual(['lesson'])
  expect(other({ transcript: `${transcript}$ true\n` })).toEqual(['content'])
  expect(other({ files: { 'web.yaml': `${webDeployment}\n` } })).toEqual(['content'])
  expect(other({ lesson: { ...lesson, seed: 2 } })).toEqual(['seed'])
  expect(other({ lesson: { ...lesson, workers: 2 } })).toEqual(['options'])
  expect(other({ lesson: { ...lesson, start: ['true'] } })).toEqual(['options'])
  expect(other({ version: '2' })).toEqual(['version'])
  expect(contentHash({ a: '1', b: '2' })).toBe(contentHash({ b: '2', a: '1' }))
  expect(contentHash({ a: 'b' })).not.toBe(contentHash({ ab: '' }))
})

test('a session of forty commands, compressed, fits into an address of 2 KB', () => {
  const history = new History(header)
  for (let i = 0; i < 10; i++) history.add({ at: 0, type: 'next' })
  const commands = [
    'kubectl get pods -o wide',
    'kk describe pod web-59f566987d-4vft8',
    'kubectl scale deployment/web --replicas=4',
    'kk rollout status deployment/web',
    "sed -i 's/replicas: 2/replicas: 5/' web.yaml && kk apply -f web.yaml",
    'kk logs -l app=web --tail=5',
    'kk exec deploy/web -- cat /etc/hosts',
    'kubectl set image deployment/web web=leigg/hellok8s:v2',
    'kk get events --sort-by=.lastTimestamp | tail -20',
    'kk delete pod --all --wait=false',
  ]
  let at = 30_000
  for (let i = 0; i < 30; i++) {
    at += 1234 + ((i * 7919) % 30_000)
    history.add({
      at,
      type: 'input',
      terminal: 1 + (i % 2),
      text: `${commands[i % 10]}${i > 9 ? ` # ${i}` : ''}`,
    })
  }
  history.add({ at, type: 'write', file: 'web.yaml', text: webDeployment.replace('v1', 'v2') })
  const address = deflateRawSync(writeHistory(history, files)).toString('base64url')
  expect(address.length).toBeLessThan(2048)
})

test('whatever is no history is refused, never thrown about', () => {
  const spoilt = [
    '',
    'x',
    '5',
    'null',
    '{}',
    '[]',
    '[{}]',
    '{"version":1,"actions":[],"elapsed":0}',
    JSON.stringify([{ ...header, format: 99 }, [], 0, 0, []]),
    JSON.stringify([header]),
    JSON.stringify([header, 'x', 0, 0, []]),
    JSON.stringify([header, [1e9], 0, 0, []]),
    JSON.stringify([header, [20_000, 20_000], 0, 0, []]),
    JSON.stringify([header, [-7], 0, 0, []]),
    JSON.stringify([header, [3], 4, 0, []]),
    JSON.stringify([header, [3], 3, -1, []]),
    JSON.stringify([header, [['i', 0, 5, 'x']], 0, 0, []]),
    JSON.stringify([header, [['i', -5, 1, 'x']], 0, 0, []]),
    JSON.stringify([header, [['i', 1e300, 1, 'x']], 0, 0, []]),
    JSON.stringify([header, [['w', 0, 'web.yaml', 9999, 0, '']], 0, 0, []]),
    JSON.stringify([header, [['?', 0]], 0, 0, []]),
    JSON.stringify([header, [['f', 0, 'x']], 0, 0, []]),
    JSON.stringify([header, [{}, null], 0, 0, []]),
    JSON.stringify([header, [3], 3, 0, [], [[9, 0]]]),
  ]
  for (const text of spoilt) expect(() => readHistory(text, files), text).toThrow(HistoryError)
})
