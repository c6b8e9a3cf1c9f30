// Leads into the lab where a message has just been brought about: a shared history with what was typed.
import { History } from '../../lesson/history.ts'
import { writeHistory } from '../../lesson/history-text.ts'
import { type KnownError, waited } from '../../lesson/known-error.ts'
import { createScript } from '../../lesson/script.ts'
import { pack } from '../worker/share.ts'
import { version } from '../worker/version.ts'
import { labData } from './lab-data.ts'
import type { LessonPage } from './lessons.ts'
import { href } from './paths.ts'

export async function errorLink(page: LessonPage, { lines }: KnownError): Promise<string> {
  const { lesson, files, transcript } = labData(page)
  const { header, files: all } = createScript({
    id: lesson,
    lesson: page.lesson,
    files,
    transcript,
    version,
  })
  const history = new History(header)
  history.add({ at: 0, type: 'input', terminal: 1, text: lines.join('\n') })
  history.elapsed = waited(lines)
  return `${href(page.path)}#h=${await pack(writeHistory(history, all))}`
}
