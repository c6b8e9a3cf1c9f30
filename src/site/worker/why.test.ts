// Why? without a worker: what the page asks, and what it is told while the world changes.
import { expect, test } from 'vitest'
import { Page } from '../../../tests/worker-page.ts'
import { whyEn } from '../../i18n/why.en.ts'
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
