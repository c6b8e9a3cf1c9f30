import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { chaptersIn } from './lessons.ts'
import { chapterData, courseData, lessonData } from './structured-data.ts'

beforeAll(() => {
  vi.stubEnv('DEV', false)
  vi.stubEnv('SITE', 'https://example.org')
})
afterAll(() => void vi.unstubAllEnvs())

test('course, chapter and lesson name each other by the same addresses', () => {
  const course = courseData('en') as any
  const [, , , pods] = chaptersIn('en')
  const chapter = chapterData('en', pods!) as any
  const lesson = lessonData(pods!.lessons[0]!) as any
  expect(course['@id']).toBe('https://example.org/en/')
  expect(chapter.isPartOf['@id']).toBe(course['@id'])
  expect(course.hasPart.map((each: any) => each['@id'])).toContain(chapter['@id'])
  expect(lesson.isPartOf['@id']).toBe(chapter['@id'])
  expect(chapter.hasPart[0]['@id']).toBe(lesson['@id'])
  expect(lesson.encoding.contentUrl).toBe(`${lesson.url}index.md`)
})

test('the work of a course is that of its lessons', () => {
  const workload = (data: any): number =>
    Number(/^PT(\d+)M$/.exec(data.hasCourseInstance.courseWorkload)?.[1])
  const chapters = chaptersIn('zh').map(each => workload(chapterData('zh', each)))
  expect(workload(courseData('zh'))).toBe(chapters.reduce((sum, each) => sum + each, 0))
  expect(Math.min(...chapters)).toBeGreaterThan(0)
})
