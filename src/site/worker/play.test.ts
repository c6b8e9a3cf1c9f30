import { expect, test } from 'vitest'
import { plainPlay, playLesson } from '../../lesson/playground.ts'
import { createScript } from '../../lesson/script.ts'
import { optionsOf, PlayFiles } from './play.ts'
import type { FromWorker, Start } from './protocol.ts'
import { Session } from './session.ts'

const start: Start = {
  type: 'start',
  lesson: 'play',
  language: 'en',
  files: {},
  transcript: '',
  needs: { first: {}, rest: {} },
}
function played(more: Partial<Start> = {}) {
  const messages: FromWorker[] = []
  const lesson = playLesson(optionsOf({ ...start, ...more }))
  const script = createScript({ id: 'play', lesson, files: {}, transcript: '', version: '1' })
  const session = new Session(script, 'en', each => messages.push(each), undefined, [new PlayFiles()])
  session.load({ ...start, ...more })
  session.catchUp()
  const last = (type: FromWorker['type']) => messages.findLast(each => each.type === type)
  const type = (text: string, terminal: 1 | 4 = 1) => {
    session.handle({ type: 'input', terminal, text })
    session.handle({ type: 'pass', ms: 3000 })
    session.tick(50)
  }
  const screen = (terminal: number) =>
    messages.map(each => (each.type === 'output' && each.terminal === terminal ? each.text : '')).join('')
  return { session, last, type, screen }
}

test('the options make the cluster, and what is taken up says which they were', () => {
  const play = { ...plainPlay, workers: 4, metrics: true, anyImage: true }
  const first = played({ play })
  first.type('kubectl get nodes --no-headers | wc -l', 4)
  expect(first.screen(4)).toBe('5\n')
  first.type('kubectl run mine --image=example.com/nobody/knows:1')
  first.session.handle({ type: 'pass', ms: 30_000 })
  first.type('kubectl logs mine; kubectl top nodes')
  expect(first.screen(1)).toContain('this simulator does not have the program itself')
  expect(first.screen(1)).toMatch(/^k8s-node4 +\d+m/m)
  const again = played({ saved: first.session.kept })
  expect(again.screen(4)).toBe('5\n')
  expect(again.screen(1)).toBe(first.screen(1))
  expect(again.last('set-aside')).toBeUndefined()
})

test('options that are none are not taken', () => {
  expect(optionsOf({ ...start, play: { ...plainPlay, workers: 99 } })).toEqual(plainPlay)
  expect(optionsOf({ ...start, saved: 'x{' })).toEqual(plainPlay)
})

test('the page hears of files, whoever changes them', () => {
  const page = played()
  expect(page.last('files')).toEqual({ type: 'files', files: {} })
  page.session.handle({ type: 'write', file: 'app/web.yaml', text: 'kind: Pod\n' })
  expect(page.last('files')).toEqual({ type: 'files', files: { 'app/web.yaml': 'kind: Pod\n' } })
  page.type('sed -i s/Pod/Job/ app/web.yaml; echo x > note.txt; mkdir taken')
  expect(page.last('files')).toEqual({
    type: 'files',
    files: { 'app/web.yaml': 'kind: Job\n', 'note.txt': 'x\n' },
  })
  // A directory stands where the file would: nothing happens.
  page.session.handle({ type: 'write', file: 'taken', text: 'x' })
  page.type('rm -r app note.txt taken')
  expect(page.last('files')).toEqual({ type: 'files', files: {} })
})
