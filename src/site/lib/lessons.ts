// The lessons as the build finds them in content/NN-chapter/NN-lesson: order by name, title and lead from the text
// itself, so that nothing is said twice.
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { type Language, languages } from '../../i18n/strings.ts'
import type { Chapter, Lesson } from '../../lesson/lesson.ts'
import { parseTranscript, type Transcript } from '../../lesson/transcript.ts'
import { plain } from './plain.ts'

export interface LessonPage {
  readonly language: Language
  readonly chapter: ChapterPage
  /** `04-deployment/04-roll-back`: also the folder under content. */
  readonly id: string
  /** `4.4`; `4★` for the chapter's story. */
  readonly number: string
  /** The exercise over its whole chapter: the folder `story`. */
  readonly story: boolean
  /** `/zh/04-deployment/04-roll-back/` */
  readonly path: string
  readonly title: string
  /** The text's first paragraph, without markup: for lists, search engines and previews. */
  readonly lead: string
  readonly lesson: Lesson
  readonly transcript: Transcript
  /** Text of the MDX file. */
  readonly source: string
}

export interface ChapterPage {
  readonly id: string
  readonly number: number
  readonly title: string
  readonly summary: string
  readonly path: string
  readonly lessons: LessonPage[]
}

const chapterFiles = import.meta.glob<Chapter>('/content/*/chapter.ts', { eager: true, import: 'default' })
const lessonFiles = import.meta.glob<Lesson>('/content/*/*/lesson.ts', { eager: true, import: 'default' })

const root = process.cwd()

export const storyNumber = (chapter: number): string => `${chapter}★`

/** Text of a file under examples/CHAPTER, the only copy of it. */
export function readExample(chapter: string, file: string): string {
  const path = join(root, 'examples', chapter, file)
  if (!existsSync(path)) throw new Error(`examples/${chapter}/${file} does not exist`)
  return readFileSync(path, 'utf8')
}

export const exampleNames = (chapter: string): string[] =>
  globSync('**/*', { cwd: join(root, 'examples', chapter), withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry =>
      join(entry.parentPath, entry.name)
        .slice(join(root, 'examples', chapter).length + 1)
        .split(sep)
        .join('/'),
    )
    .sort()

function readLesson(language: Language, chapter: ChapterPage, folder: string, lesson: Lesson): LessonPage {
  const id = `${chapter.id}/${folder}`
  const source = readFileSync(join(root, 'content', chapter.id, folder, `${language}.mdx`), 'utf8')
  const [, title, rest] = /^# (.+)\n([\s\S]*)$/m.exec(source) ?? []
  if (!title || rest === undefined) throw new Error(`content/${id}/${language}.mdx has no title (# …)`)
  const lead = rest.split(/\n\s*\n/).find(block => block.trim() && !/^\s*[<#]/.test(block)) ?? ''
  return {
    language,
    chapter,
    id,
    number:
      folder === 'story' ? storyNumber(chapter.number) : `${chapter.number}.${Number.parseInt(folder, 10)}`,
    story: folder === 'story',
    path: `/${language}/${id}/`,
    title: plain(title),
    lead: plain(lead),
    lesson,
    transcript: parseTranscript(readExample(chapter.id, lesson.transcript), lesson.transcript),
    source,
  }
}

function readChapters(language: Language): ChapterPage[] {
  const chapters: ChapterPage[] = []
  for (const [file, chapter] of Object.entries(chapterFiles).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const id = file.split('/')[2] ?? ''
    const page: ChapterPage = {
      id,
      number: Number.parseInt(id, 10),
      title: chapter.title[language],
      summary: chapter.summary[language],
      path: `/${language}/${id}/`,
      lessons: [],
    }
    for (const [path, lesson] of Object.entries(lessonFiles).sort(([a], [b]) => (a < b ? -1 : 1))) {
      const [, , owner, folder = ''] = path.split('/')
      if (owner === id) page.lessons.push(readLesson(language, page, folder, lesson))
    }
    if (page.lessons.length) chapters.push(page)
  }
  return chapters
}

const cache = new Map<Language, ChapterPage[]>()

export function chaptersIn(language: Language): ChapterPage[] {
  let chapters = import.meta.env.DEV ? undefined : cache.get(language)
  if (!chapters) {
    chapters = readChapters(language)
    cache.set(language, chapters)
  }
  return chapters
}

export const allLessons = (): LessonPage[] =>
  languages.flatMap(language => chaptersIn(language).flatMap(chapter => chapter.lessons))

/** As they are kept where they have been reached. */
export const exerciseIds = ({ id, lesson }: LessonPage): string[] =>
  lesson.exercises.map(each => `${id}@${each.name}`)
