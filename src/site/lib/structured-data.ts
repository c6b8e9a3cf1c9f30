// The course, its chapters, its lessons and its drills in the words of schema.org. Only for a build that knows where the site will stand.
import { htmlLanguage, type Language, strings } from '../../i18n/strings.ts'
import type { DrillPage } from './drills.ts'
import { type ChapterPage, chaptersIn, type LessonPage } from './lessons.ts'
import { markdownAddress } from './markdown/page.ts'
import { absolute, homePath } from './paths.ts'

type Data = Record<string, unknown>

/** By `level` of a lesson. */
const levels = ['Beginner', 'Intermediate', 'Advanced']

const minutesOf = (lessons: readonly LessonPage[]): number =>
  lessons.reduce((sum, { lesson }) => sum + (lesson.minutes ?? 0), 0)

const named = (type: string, path: string, name: string): Data => ({
  '@type': type,
  '@id': absolute(path),
  url: absolute(path),
  name,
})

const provider = (language: Language): Data => ({
  '@type': 'Organization',
  name: strings[language].siteName,
  url: absolute('/'),
})

/** What every course says of how it is given: in the page, at any time, for nothing. */
const given = (lessons: readonly LessonPage[]): Data => ({
  isAccessibleForFree: true,
  offers: { '@type': 'Offer', category: 'Free', price: 0, priceCurrency: 'USD' },
  hasCourseInstance: {
    '@type': 'CourseInstance',
    courseMode: 'Online',
    courseWorkload: `PT${minutesOf(lessons)}M`,
  },
})

const markdown = (path: string): Data => ({
  '@type': 'MediaObject',
  encodingFormat: 'text/markdown',
  contentUrl: markdownAddress(path),
})

export function courseData(language: Language): Data {
  const t = strings[language]
  const chapters = chaptersIn(language)
  return {
    '@context': 'https://schema.org',
    ...named('Course', homePath(language), t.siteName),
    description: t.tagline,
    inLanguage: htmlLanguage[language],
    provider: provider(language),
    ...given(chapters.flatMap(each => each.lessons)),
    hasPart: chapters.map(each => named('Course', each.path, each.title)),
  }
}

export const chapterData = (language: Language, chapter: ChapterPage): Data => ({
  '@context': 'https://schema.org',
  ...named('Course', chapter.path, chapter.title),
  description: chapter.summary,
  inLanguage: htmlLanguage[language],
  provider: provider(language),
  ...given(chapter.lessons),
  isPartOf: named('Course', homePath(language), strings[language].siteName),
  hasPart: chapter.lessons.map(each => named('LearningResource', each.path, `${each.number} ${each.title}`)),
})

export function lessonData(page: LessonPage): Data {
  const { minutes, level } = page.lesson
  return {
    '@context': 'https://schema.org',
    ...named('LearningResource', page.path, `${page.number} ${page.title}`),
    description: page.lead,
    inLanguage: htmlLanguage[page.language],
    learningResourceType: page.story ? 'Exercise' : 'Lesson',
    isAccessibleForFree: true,
    ...(level && { educationalLevel: levels[level - 1] }),
    ...(minutes && { timeRequired: `PT${minutes}M` }),
    isPartOf: named('Course', page.chapter.path, page.chapter.title),
    encoding: markdown(page.path),
  }
}

export const drillData = ({ language, path, number, words, drill }: DrillPage): Data => ({
  '@context': 'https://schema.org',
  ...named('LearningResource', path, `${number} ${words.title}`),
  description: words.report,
  inLanguage: htmlLanguage[language],
  learningResourceType: 'Exercise',
  isAccessibleForFree: true,
  educationalLevel: levels[drill.level - 1],
  timeRequired: `PT${drill.minutes}M`,
  isPartOf: named('Course', homePath(language), strings[language].siteName),
  encoding: markdown(path),
})
