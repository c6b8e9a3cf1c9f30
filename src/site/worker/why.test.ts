// Why? without a worker: what the page asks, and what it is told while the world changes.
import { expect, test } from 'vitest'
import { Page } from '../../../tests/worker-page.ts'
import { whyEn } from '../../i18n/why.en.ts'
import { Requests } from './observers/requests.ts'
import { Why } from './observers/why.ts'

test('Why? of an object is answered, and again when it is mended; nobody is told who does not ask', () => {
  const page = new Page()
  page.session.open('why-en', () => new Why(whyEn, 'en'))
  const type = (text: string) => {
    page.session.handle({ type: 'input', terminal: 1, text: `${text}\n` })
    for (let i = 0; i < 40; i++) page.session.tick(200)
  }
  type('kubectl run web --image=ngnix')
  page.session.handle({ type: 'why', about: 'pod/web' })
  const { about, answers } = page.last('why')
  expect(about).toBe('pod/web')
  expect(answers).toMatchObject([
    { asked: 'object', name: 'web', state: 'known', causes: [{ links: [{ number: 24 }] }] },
  ])
  type('kubectl set image pod/web web=nginx')
  expect(page.last('why').answers).toMatchObject([{ state: 'normal', row: 'Running' }])
  page.session.handle({ type: 'why', about: undefined })
  const told = page.last('why')
  type('kubectl delete pod web')
  expect(page.last('why')).toBe(told)
})

test('asked for all that is wrong, it names each trouble once', () => {
  const page = new Page()
  page.session.open('why-en', () => new Why(whyEn, 'en'))
  page.session.handle({
    type: 'input',
    terminal: 1,
    text: 'kubectl create deployment web --image=ngnix --replicas=2\n',
  })
  for (let i = 0; i < 60; i++) page.session.tick(200)
  page.session.handle({ type: 'why', about: '' })
  expect(page.last('why').answers).toMatchObject([
    { name: 'web', causes: [{ links: [{ number: 63 }, { number: 24 }] }] },
  ])
})

test('a request is answered by its number, from the very exchange', () => {
  const page = new Page()
  page.session.open('why-en', () => new Why(whyEn, 'en'))
  page.session.open('requests', () => new Requests())
  page.session.handle({ type: 'input', terminal: 1, text: 'curl -s http://wep; curl -s 127.0.0.1:9\n' })
  for (let i = 0; i < 20; i++) page.session.tick(200)
  // A world that was lived through again tells of the same requests again.
  const requests = new Map(
    page.messages.flatMap(each => (each.type === 'request' ? [[each.request.id, each.request]] : [])),
  )
  expect([...requests.values()]).toMatchObject([
    { id: 1, unknown: 'wep', outcome: 'unknown-host' },
    { id: 2, outcome: 'refused' },
  ])
  page.session.handle({ type: 'why', about: 'request/1' })
  expect(page.last('why')).toMatchObject({
    about: 'request/1',
    answers: [{ asked: 'request', name: '', causes: [{ links: [{ number: 50 }] }] }],
  })
})
