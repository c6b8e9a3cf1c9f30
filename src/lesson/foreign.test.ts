import fc from 'fast-check'
import { expect, test } from 'vitest'
import { whole } from '../../tests/sample.ts'
import { exportScript } from './export.ts'
import { mostText, Refusal, readForeign, summaryOf } from './foreign.ts'
import { History } from './history.ts'
import { writeHistory } from './history-text.ts'
import type { Input } from './input.ts'
import { isPlayOptions, plainPlay, playLesson, playOptionsOf } from './playground.ts'
import { Replay } from './replay.ts'
import { createScript } from './script.ts'

const options = { ...plainPlay, workers: 3, metrics: true, anyImage: true }
const script = createScript({
  id: 'play',
  lesson: playLesson(options),
  files: {},
  transcript: '',
  version: '1',
})
const words = { head: '', terminal: '', passed: '', onlyHere: '', edited: '', interrupted: '' }

const inputs: Input[] = [
  { at: 0, type: 'write', file: 'app/web.yaml', text: 'kind: Pod\n' },
  { at: 2000, type: 'input', terminal: 1, text: 'kubectl apply -f app/web.yaml' },
  { at: 2500, type: 'input', terminal: 4, text: 'kubectl get pods -w' },
  { at: 9000, type: 'interrupt', terminal: 4 },
  { at: 9500, type: 'fault', fault: { type: 'slow-disk', node: 'k8s-node1', factor: 3 } },
  { at: 9600, type: 'load', load: { pod: 'web', cpu: 300 } },
  { at: 9700, type: 'add-node' },
  { at: 12_000, type: 'write', file: 'app/web.yaml', text: 'kind: Pod\nmetadata: {name: a}\n' },
]
function written(more: readonly unknown[] = inputs): string {
  const history = new History(script.header)
  for (const each of more) history.add(each as Input)
  history.elapsed = 20_000
  return writeHistory(history, {})
}

test('what a foreign history holds is summed up', () => {
  const history = readForeign(written(), {})
  expect(summaryOf(history)).toEqual({
    place: 'play',
    version: '1',
    seed: 1,
    play: options,
    commands: 2,
    files: ['app/web.yaml'],
    acts: 3,
    paths: 1,
    elapsed: 20_000,
  })
  history.at = history.deeds[1]
  history.add({ at: 3000, type: 'input', terminal: 1, text: 'ls' })
  expect(summaryOf(history).paths).toBe(2)
})

test('the options of a playground stand in its header, and nothing else is taken for them', () => {
  expect(playOptionsOf(script.header)).toEqual(options)
  expect(playOptionsOf({ ...script.header, lesson: '01-a/01-b' })).toBeUndefined()
  for (const bad of [{ workers: 6 }, { workers: 1.5 }, { seed: -1 }, { metrics: 'yes' }])
    expect(isPlayOptions({ ...options, ...bad })).toBe(false)
})

const input = (at: number, text: string) => ({ at, type: 'input', terminal: 1, text })
test.each<[string, string, unknown[]]>([
  ['a fault of no kind', 'spoilt', [{ at: 0, type: 'fault', fault: { type: 'moon' } }]],
  ['a fault without its node', 'spoilt', [{ at: 0, type: 'fault', fault: { type: 'node-lost' } }]],
  ['a fault with more', 'spoilt', [{ at: 0, type: 'repair', fault: { type: 'etcd-down', x: 1 } }]],
  [
    'a number beyond all bounds',
    'spoilt',
    [{ at: 0, type: 'fault', fault: { type: 'slow-disk', factor: 1e300 } }],
  ],
  ['a load that is none', 'spoilt', [{ at: 0, type: 'load', load: { pod: 'a b', cpu: 1 } }]],
  ['a file above the directory', 'spoilt', [{ at: 0, type: 'write', file: '../x', text: '' }]],
  ['a file without a name', 'spoilt', [{ at: 0, type: 'write', file: 'a/', text: '' }]],
  ['a line without end', 'spoilt', [input(0, 'x'.repeat(70_000))]],
  ['a week', 'time', [input(0, 'a'), input(7 * 86_400_000, 'b')]],
  ['many days', 'time', [1, 2, 3, 4].map(day => input(day * 80_000_000, `day ${day}`))],
  ['many nodes', 'long', Array.from({ length: 30 }, (_, i) => ({ at: i, type: 'add-node' }))],
  ['many lines', 'long', Array.from({ length: 6000 }, (_, i) => input(i, `${i}`))],
  [
    'many files',
    'long',
    Array.from({ length: 600 }, (_, i) => ({ at: i, type: 'write', file: 'a', text: `${i}` })),
  ],
])('%s is refused', (_, reason, some) => {
  expect(() => readForeign(written(some), {})).toThrow(expect.objectContaining({ reason }))
})

test('a text that is too long is not even read', () => {
  expect(() => readForeign('['.repeat(mostText + 1), {})).toThrow(expect.objectContaining({ reason: 'long' }))
})

// `npm run soak` tries 10,000 of them.
test('whatever becomes of its text, it is refused, or can be summed up, written out and lived through', () => {
  const text = written()
  const junk = fc.constantFrom(
    '',
    '0',
    '-1',
    '1e9',
    '[]',
    '{}',
    'null',
    '"',
    ',',
    ']',
    '\\',
    '中',
    '"__proto__"',
    'f',
    '<b>',
  )
  const change = fc.record({ at: fc.nat(text.length), gone: fc.nat(12), put: junk })
  let lived = 0
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), changes => {
      let mutated = text
      for (const { at, gone, put } of changes) mutated = mutated.slice(0, at) + put + mutated.slice(at + gone)
      let history: History
      try {
        history = readForeign(mutated, {})
      } catch (error) {
        if (error instanceof Refusal) return
        throw error
      }
      summaryOf(history)
      exportScript(history.path(), script, words)
      if (lived++ % 40 > 0) return
      const replay = new Replay(script)
      let steps = 0
      while (steps++ < 200 && !replay.step(history.path(), history.elapsed));
    }),
    { numRuns: whole ? 10_000 : 400, seed: 20_261_129 },
  )
  expect(lived).toBeGreaterThan(10)
}, 600_000)
