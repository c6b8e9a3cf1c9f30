// A step of a transcript as <Console> shows it.
import { fill, type Language, strings } from '../../i18n/strings.ts'
import type { LessonPage } from './lessons.ts'

export type ConsoleItem =
  /** Time that passes, a key that is pressed, a file that is saved. */
  | { readonly type: 'note'; readonly text: Record<Language, string> }
  | {
      readonly type: 'command'
      /** Its place among all commands of the lesson. */
      readonly index: number
      readonly text: string
      readonly output: string
      /** Said where it differs from the command before. */
      readonly terminal?: number
    }

const said = (key: 'timePasses' | 'fileWritten', values: Record<string, string> = {}): ConsoleItem => ({
  type: 'note',
  text: { zh: fill(strings.zh[key], values), en: fill(strings.en[key], values) },
})

const duration = (ms: number): string =>
  ms >= 60_000
    ? `${Math.floor(ms / 60_000)} min${ms % 60_000 ? ` ${(ms % 60_000) / 1000} s` : ''}`
    : `${ms / 1000} s`

export function consoleStep(
  page: LessonPage,
  name: string,
): { from: number; to: number; items: ConsoleItem[] } {
  const { steps } = page.transcript
  const at = steps.findIndex(each => each.name === name)
  const step = steps[at]
  if (!step) throw new Error(`${page.lesson.transcript} has no step ${name}`)
  const from = steps.slice(0, at).reduce((sum, each) => sum + each.commands.length, 0)
  const items: ConsoleItem[] = []
  let terminal = 1
  for (const [offset, command] of step.commands.entries()) {
    for (const each of command.before) {
      if (each.type === 'wait') items.push(said('timePasses', { time: duration(each.ms) }))
      else if (each.type === 'write') items.push(said('fileWritten', { file: each.file }))
    }
    items.push({
      type: 'command',
      index: from + offset,
      text: command.text,
      output: command.output.replace(/\n$/, ''),
      ...(command.terminal !== terminal && { terminal: command.terminal }),
    })
    terminal = command.terminal
  }
  return { from, to: from + step.commands.length, items }
}
