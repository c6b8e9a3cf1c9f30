// The course as a whole: what is written, and what content/course.ts plans.
import { course, type PlannedChapter } from '../../../content/course.ts'
import type { Language } from '../../i18n/strings.ts'
import { type ChapterPage, chaptersIn, type LessonPage, storyNumber } from './lessons.ts'

export interface OutlineLesson {
  readonly number: string
  readonly title: string
  /** Where it is written. */
  readonly page?: LessonPage
}

export interface OutlineChapter {
  readonly number: number
  readonly title: string
  readonly purpose: string
  readonly page?: ChapterPage
  readonly lessons: readonly OutlineLesson[]
  /** Its last exercise, over all of it. */
  readonly story?: OutlineLesson
}

function chapterOf(
  language: Language,
  planned: PlannedChapter,
  page: ChapterPage | undefined,
): OutlineChapter {
  const lessons: OutlineLesson[] = planned.lessons.map(([zh, en], index) => ({
    number: `${planned.number}.${index + 1}`,
    title: language === 'zh' ? zh : en,
  }))
  const { story: names } = planned
  let story: OutlineLesson | undefined = names && {
    number: storyNumber(planned.number),
    title: names[language === 'zh' ? 0 : 1],
  }
  for (const lesson of page?.lessons ?? []) {
    const { number, title } = lesson
    if (lesson.story) {
      story = { number, title, page: lesson }
      continue
    }
    const known = lessons.findIndex(each => each.number === number)
    const written = { number, title, page: lesson }
    if (known < 0) lessons.push(written)
    else lessons[known] = written
  }
  return {
    number: planned.number,
    title: page?.title ?? planned.title[language],
    purpose: planned.purpose[language],
    ...(page && { page }),
    lessons,
    ...(story && { story }),
  }
}

export function outline(language: Language): OutlineChapter[] {
  const pages = chaptersIn(language)
  return course.map(each =>
    chapterOf(
      language,
      each,
      pages.find(page => page.number === each.number),
    ),
  )
}

/** A lesson by its number; without a path where it is not written yet. Throws where no such lesson is planned. */
export function findLesson(language: Language, number: string): { title: string; path?: string } {
  for (const { lessons, story } of outline(language)) {
    const found = [...lessons, ...(story ? [story] : [])].find(each => each.number === number)
    if (found) return { title: found.title, ...(found.page && { path: found.page.path }) }
  }
  throw new Error(`content/course.ts knows no lesson ${number}`)
}
