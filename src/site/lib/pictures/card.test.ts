// Every title of the course can be drawn, and fits: no card is left out.
import { afterAll, expect, test, vi } from 'vitest'
import { languages, strings } from '../../../i18n/strings.ts'
import { chaptersIn } from '../lessons.ts'
import { cardWidth, chapterCard, homeCard, lessonCard } from './card.ts'
import { fullMark, mark } from './mark.ts'
import { png } from './png.ts'
import { breakText, drawText, undrawable } from './text.ts'

vi.stubEnv('DEV', false)
afterAll(() => void vi.unstubAllEnvs())

/** From the head of a PNG: width and height. */
const sizeOf = (data: Uint8Array) => {
  const view = new DataView(data.buffer, data.byteOffset)
  return [view.getUint32(16), view.getUint32(20)]
}

test.each(languages)('%s: the font has every character of every title', language => {
  const chapters = chaptersIn(language)
  const titles = chapters.flatMap(each => [each.title, ...each.lessons.map(({ title }) => title)])
  expect(undrawable([...titles, strings[language].siteName, strings[language].tagline].join(''))).toEqual([])
})

test('what it has not is said', async () => {
  await expect(drawText('a\u{1f9ff}b', { size: 10, weight: 400 })).rejects.toThrow('\u{1f9ff}')
})

test('the longest titles of each language fit', async () => {
  for (const language of languages) {
    const longest = chaptersIn(language)
      .flatMap(each => each.lessons)
      .sort((a, b) => b.title.length - a.title.length)
    for (const page of longest.slice(0, 3)) expect(await lessonCard(page)).toContain('viewBox="0 0 1200 630"')
    await homeCard(language)
  }
})

test('a card marks its lesson among those of the chapter, a chapter none', async () => {
  const chapter = chaptersIn('zh')[4]!
  const filled = /<rect[^>]*rx="[\d.]+" fill="#f7a583"/g
  expect((await lessonCard(chapter.lessons[3]!)).match(filled)).toHaveLength(1)
  const ofChapter = await chapterCard('zh', chapter)
  expect(ofChapter.match(filled)).toBeNull()
  expect(ofChapter.match(/stroke-width="2.5"/g)).toHaveLength(chapter.lessons.length)
})

test('lines break between words and between Chinese characters, never before a full stop', async () => {
  const style = { size: 10, weight: 400 }
  expect(await breakText('发布坏了，怎么退回去。', style, 52)).toEqual(['发布坏了，', '怎么退回', '去。'])
  expect(await breakText('Roll it back', style, 40)).toEqual(['Roll it', 'back'])
})

test('a PNG has the width that was asked for', async () => {
  expect(sizeOf(await png(fullMark(), 180))).toEqual([180, 180])
  expect(sizeOf(await png(mark(), 192))).toEqual([192, 192])
  expect(sizeOf(await png(await homeCard('zh'), cardWidth))).toEqual([1200, 630])
})
