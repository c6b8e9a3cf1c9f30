// What comes from others takes its time and no more; what goes to them fits into an address.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { whole } from '../../../tests/sample.ts'
import { Page, run } from '../../../tests/worker-page.ts'
import { words } from '../../i18n/lab/share.en.ts'
import { answer } from './foreign.ts'
import { pack } from './share.ts'

const look = (page: Page, what: { text: string } | { packed: string }) =>
  answer({ type: 'peek', words: words.script, ...what }, page.session)

test('a foreign history that takes too long stops on its way, and goes on from there', () => {
  const page = new Page()
  run(page, 'first')
  for (const text of ['echo one', 'sleep 50; echo two', 'echo three']) {
    page.session.handle({ type: 'input', terminal: 1, text })
    page.session.handle({ type: 'pass', ms: 60_000 })
  }
  const { history } = page.last('saved')
  const other = new Page(history, {}, '1', undefined, 4)
  expect(other.last('cut')).toEqual({ type: 'cut', done: expect.toBeOneOf([1, 2, 3, 4]), of: 5 })
  expect(other.last('ready')).toBeDefined()
  const { done } = other.last('cut')
  expect(other.session.history.path()).toHaveLength(done)
  other.session.handle({ type: 'input', terminal: 2, text: 'echo on' })
  other.session.tick(1000)
  expect(other.screen(2)).toContain('echo on\non')
  // What one sees is what the history says.
  const again = new Page(other.session.kept)
  expect(again.screen(1)).toBe(other.screen(1))
})

test('what leaves is what comes: the whole history, with all its ways', async () => {
  const page = new Page()
  page.session.handle({ type: 'input', terminal: 1, text: 'echo one' })
  page.session.handle({ type: 'back' })
  page.session.handle({ type: 'input', terminal: 1, text: 'echo other' })
  page.session.tick(100)
  const shared = await answer({ type: 'share' }, page.session)
  expect(shared).toMatchObject({ type: 'shared', summary: { commands: 1, paths: 2 } })
  const { packed = '' } = shared as { packed?: string }
  const foreign = await look(new Page(), { packed })
  expect(foreign).toMatchObject({
    type: 'foreign',
    sameVersion: expect.any(Boolean),
    summary: { commands: 1, paths: 2 },
  })
  const opened = new Page((foreign as { history: string }).history)
  expect(opened.screen(1)).toBe(page.screen(1))
})

test('what is too much for an address goes without its other ways, or as a file', async () => {
  const page = new Page()
  // Letters that nothing shortens.
  let state = 1
  const noise = (length: number): string => {
    let text = ''
    while (text.length < length) {
      state = (state * 48_271) % 2_147_483_647
      text += state.toString(36)
    }
    return text
  }
  page.session.handle({ type: 'input', terminal: 1, text: `true ${noise(9000)}` })
  page.session.handle({ type: 'back' })
  page.session.handle({ type: 'input', terminal: 1, text: 'echo short' })
  const alone = await answer({ type: 'share' }, page.session)
  expect(alone).toMatchObject({ packed: expect.any(String), summary: { paths: 1 }, alone: true })
  page.session.handle({ type: 'input', terminal: 1, text: `true ${noise(9000)}` })
  expect(await answer({ type: 'share' }, page.session)).toMatchObject({
    packed: undefined,
    summary: { paths: 2 },
  })
})

test('an answer says whether what was looked at comes from this site, also where somebody else’s is looked at meanwhile', async () => {
  const page = new Page()
  run(page, 'first')
  const { history: text } = page.last('saved')
  const look = (own?: true) =>
    answer({ type: 'peek', words: words.script, text, ...(own && { own }) }, page.session)
  expect(await Promise.all([look(), look(true)])).toMatchObject([
    { type: 'foreign', own: false },
    { type: 'foreign', own: true },
  ])
})

test.each([
  ['nothing', '', 'spoilt'],
  ['no history', '{"any": "JSON"}', 'spoilt'],
  ['of another lesson', '[{"format":1,"lesson":"01-a/02-b"},[],0,0,[]]', 'elsewhere'],
  ['a megabyte', `"${'x'.repeat(1_000_000)}"`, 'long'],
])('%s is refused, as a text and from an address', async (_, text, reason) => {
  const page = new Page()
  expect(await look(page, { text })).toMatchObject({ type: 'refused', reason })
  expect(await look(page, { packed: await pack(text) })).toMatchObject({ type: 'refused', reason })
})

// `npm run soak` tries 10,000 of them.
test('whatever becomes of an address, it is refused or summed up, and nothing of it happens', async () => {
  const page = new Page()
  for (const text of ['echo one', 'kubectl apply -f web.yaml'])
    page.session.handle({ type: 'input', terminal: 1, text })
  const { packed = '' } = (await answer({ type: 'share' }, page.session)) as { packed?: string }
  const { kept } = page.session
  const told = page.messages.length
  const junk = fc.constantFrom('', 'A', '_', '-', '=', '%', '中', ' ', '#h=')
  const change = fc.record({ at: fc.nat(packed.length), gone: fc.nat(9), put: junk })
  const seen = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 3 }), async changes => {
      let mutated = packed
      for (const { at, gone, put } of changes) mutated = mutated.slice(0, at) + put + mutated.slice(at + gone)
      const { type } = await look(page, { packed: mutated })
      seen.set(type, (seen.get(type) ?? 0) + 1)
    }),
    { numRuns: whole ? 10_000 : 200, seed: 20_261_129 },
  )
  expect([...seen.keys()].sort()).toEqual(['foreign', 'refused'])
  expect(page.session.kept).toBe(kept)
  expect(page.messages).toHaveLength(told)
}, 600_000)
