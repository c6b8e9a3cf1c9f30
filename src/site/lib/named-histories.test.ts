// What this site's own pages lead to in the lab.
import { expect, test } from 'vitest'
import { errors } from '../../../content/errors/index.ts'
import { sheet } from '../../../content/sheet.ts'
import { readForeign } from '../../lesson/foreign.ts'
import { waited } from '../../lesson/known-error.ts'
import { filled, setup, setupMs } from '../../lesson/sheet.ts'
import { sourceOf } from '../embed/source.ts'
import { lessonFiles } from './lab-data.ts'
import { chaptersIn } from './lessons.ts'
import { linkTo, namedHistories, ofError, ofLine, pageOf } from './named-histories.ts'

const chapters = chaptersIn('en')
const histories = namedHistories(chapters)
const read = (name: string) => {
  const text = histories[name]!
  const [{ lesson }] = JSON.parse(text) as [{ lesson: string }]
  return { lesson, history: readForeign(text, lessonFiles(lesson.split('/')[0]!)) }
}
const typed = (name: string) =>
  read(name).history.deeds.map(({ input }) =>
    input.type === 'input' ? [input.at, input.text] : [input.type],
  )

test('each error and each line of the cheat sheet has one, and nothing else', () => {
  const all = [...Object.values(errors).flat().map(ofError), ...sheet.flatMap(each => each.lines).map(ofLine)]
  expect(Object.keys(histories)).toEqual(all.map(each => each.name))
  const translated = chaptersIn('zh')
  for (const each of all) {
    const address = linkTo(each, pageOf(each, translated))
    expect(address).toBe(`/zh/${each.lesson}/#h=${each.name}`)
    // It may also be shown in a frame.
    expect(sourceOf(`https://k8s.test${address}`, 'https://k8s.test/'), each.name).toBeDefined()
  }
})

test('it holds what the entry says, in the world of its lesson, up to when it is to be seen', () => {
  for (const entry of Object.values(errors).flat()) {
    const { lesson, history } = read(`errors/${entry.name}`)
    expect(lesson).toBe(entry.lesson)
    expect(typed(`errors/${entry.name}`)).toEqual([[0, entry.lines.join('\n')]])
    expect(history.elapsed).toBe(waited(entry.lines))
  }
  for (const line of sheet.flatMap(each => each.lines)) {
    expect(typed(ofLine(line).name)).toEqual([
      [0, setup.join('\n')],
      [setupMs, filled(line)],
    ])
  }
})

test('a name stands for one history', () => {
  const [first] = sheet[0]!.lines
  expect(ofLine(first!).name).toBe('sheet/kk-get-pods-o-wide')
  expect(() => pageOf({ ...ofLine(first!), lesson: 'no/lesson' }, chapters)).toThrow('which is no lesson')
})
