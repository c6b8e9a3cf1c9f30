// What this site's own pages lead to in the lab: that something has just been typed there. Such a history has a name. A page
// holds that alone, for what it stands for would weigh more than all else on it; the lab asks for it (pages/lab/named.json.ts).
import { errors } from '../../../content/errors/index.ts'
import { sheet } from '../../../content/sheet.ts'
import { History } from '../../lesson/history.ts'
import { writeHistory } from '../../lesson/history-text.ts'
import { type KnownError, waited } from '../../lesson/known-error.ts'
import { createScript, type Script } from '../../lesson/script.ts'
import { filled, type SheetLine, setup, setupMs, sheetLesson } from '../../lesson/sheet.ts'
import { version } from '../../lesson/version.ts'
import { linkMark } from '../client/lab/link.ts'
import { lessonFiles } from './lab-data.ts'
import { type ChapterPage, type LessonPage, readExample } from './lessons.ts'
import { href } from './paths.ts'

/** Virtual ms that a line of the cheat sheet gets before the reader sees it. */
const answerMs = 1000

interface Typed {
  /** Virtual ms since the start. */
  readonly at: number
  readonly text: string
}

interface Named {
  readonly name: string
  /** Id of the lesson in whose lab it is. */
  readonly lesson: string
  readonly typed: readonly Typed[]
  /** The virtual time at which the reader comes to it, ms. */
  readonly until: number
}

export const ofError = ({ name, lesson, lines }: KnownError): Named => ({
  name: `errors/${name}`,
  lesson,
  typed: [{ at: 0, text: lines.join('\n') }],
  until: waited(lines),
})

/** Named by its words: the place of a line changes. `kk get pods -o wide` → `sheet/kk-get-pods-o-wide` */
export const ofLine = (line: SheetLine): Named => ({
  name: `sheet/${line.line.match(/\w+/g)?.join('-')}`,
  lesson: sheetLesson,
  typed: [
    { at: 0, text: setup.join('\n') },
    { at: setupMs, text: filled(line) },
  ],
  until: setupMs + answerMs,
})

/** The page of its lesson among these. Throws where there is none. */
export function pageOf({ name, lesson }: Named, chapters: readonly ChapterPage[]): LessonPage {
  const page = chapters.flatMap(chapter => chapter.lessons).find(({ id }) => id === lesson)
  if (!page) throw new Error(`${name} is in the lab of ${lesson}, which is no lesson`)
  return page
}

export const linkTo = ({ name }: Named, page: LessonPage): string => `${href(page.path)}${linkMark}${name}`

/** All of them by name, as text; of the lessons in one language, for they are the same in the other. */
export function namedHistories(chapters: readonly ChapterPage[]): Record<string, string> {
  const scripts = new Map<LessonPage, Script>()
  const scriptOf = (page: LessonPage): Script => {
    const script = scripts.get(page) ?? createScriptOf(page)
    scripts.set(page, script)
    return script
  }
  const all = [
    ...Object.values(errors).flat().map(ofError),
    ...sheet.flatMap(({ lines }) => lines.map(ofLine)),
  ]
  const histories: Record<string, string> = {}
  for (const each of all) {
    if (each.name in histories) throw new Error(`Two histories are called ${each.name}`)
    histories[each.name] = textOf(each, scriptOf(pageOf(each, chapters)))
  }
  return histories
}

function createScriptOf({ id, chapter, lesson }: LessonPage): Script {
  const transcript = readExample(chapter.id, lesson.transcript)
  return createScript({ id, lesson, files: lessonFiles(chapter.id), transcript, version })
}

function textOf({ typed, until }: Named, script: Script): string {
  const history = new History(script.header)
  for (const { at, text } of typed) history.add({ at, type: 'input', terminal: 1, text })
  history.elapsed = until
  return writeHistory(history, script.files)
}
