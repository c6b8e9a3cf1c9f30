// Leads into the lab where something has just been typed: a shared history.
import { History } from '../../lesson/history.ts'
import { writeHistory } from '../../lesson/history-text.ts'
import { createScript, type Script } from '../../lesson/script.ts'
import { version } from '../../lesson/version.ts'
import { pack } from '../worker/share.ts'
import { lessonFiles } from './lab-data.ts'
import { type LessonPage, readExample } from './lessons.ts'
import { href } from './paths.ts'

export interface Typed {
  /** Virtual ms since the start. */
  readonly at: number
  readonly text: string
}

const scripts = new Map<string, Script>()

/** Of a lesson; both languages share it. */
function scriptOf({ id, chapter, lesson }: LessonPage): Script {
  const known = scripts.get(id)
  if (known) return known
  const script = createScript({
    id,
    lesson,
    files: lessonFiles(chapter.id),
    transcript: readExample(chapter.id, lesson.transcript),
    version,
  })
  scripts.set(id, script)
  return script
}

/** To the lab of a lesson, at the virtual time `until` (ms), after these lines. */
export async function typedLink(page: LessonPage, typed: readonly Typed[], until: number): Promise<string> {
  const script = scriptOf(page)
  const history = new History(script.header)
  for (const { at, text } of typed) history.add({ at, type: 'input', terminal: 1, text })
  history.elapsed = until
  return `${href(page.path)}#h=${await pack(writeHistory(history, script.files))}`
}
