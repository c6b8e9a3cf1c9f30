import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { chaptersIn } from './lessons.ts'
import { chapterData, courseData, lessonData } from './structured-data.ts'

/** What the tests look at of any of the three. */
interface Data {
  readonly '@id': string
  readonly url: string
  readonly isPartOf: Data
  readonly hasPart: readonly Data[]
  readonly hasCourseInstance: { readonly courseWorkload: string }
  readonly encoding: { readonly contentUrl: string }
}
const read = (data: Record<string, unknown>): Data => data as unknown as Data

beforeAll(() => {
  vi.stubEnv('DEV', false)
  vi.stubEnv('SITE', 'https://example.org')
})
afterAll(() => void vi.unstubAllEnvs())

test('course, chapter and lesson name each other by the same addresses', () => {
  const course = read(courseData('en'))
  const [, , , pods] = chaptersIn('en')
  const chapter = read(chapterData('en', pods!))
  const lesson = read(lessonData(pods!.lessons[0]!))
  expect(course['@id']).toBe('https://example.org/en/')
  expect(chapter.isPartOf['@id']).toBe(course['@id'])
  expect(course.hasPart.map(each => each['@id'])).toContain(chapter['@id'])
  expect(lesson.isPartOf['@id']).toBe(chapter['@id'])
  expect(chapter.hasPart[0]!['@id']).toBe(lesson['@id'])
  expect(lesson.encoding.contentUrl).toBe(`${lesson.url}index.md`)
})

test('the work of a course is that of its lessons', () => {
  const workload = (data: Record<string, unknown>): number =>
    Number(/^PT(\d+)M$/.exec(read(data).hasCourseInstance.courseWorkload)?.[1])
  const chapters = chaptersIn('zh').map(each => workload(chapterData('zh', each)))
  expect(workload(courseData('zh'))).toBe(chapters.reduce((sum, each) => sum + each, 0))
  expect(Math.min(...chapters)).toBeGreaterThan(0)
})
