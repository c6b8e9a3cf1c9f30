// The manifests of examples/ as the gallery shows them.

import { customKinds } from '../../api/custom/definitions.ts'
import type { Language } from '../../i18n/strings.ts'
import { definitionsIn } from '../../manifest/custom-kinds.ts'
import { diagnose } from '../../manifest/diagnose.ts'
import '../../parts/preload.ts'
import { chaptersIn, exampleNames, type LessonPage, readExample } from './lessons.ts'
import { type Recorded, recordedManifest } from './recordings.ts'
import { kindsOf, topicsOf } from './topics.ts'

export interface Example {
  readonly chapter: string
  readonly chapterNumber: number
  /** Path under examples/CHAPTER. */
  readonly file: string
  readonly text: string
  /** In order, each once. */
  readonly kinds: readonly string[]
  /** Ids of topics.ts. */
  readonly topics: readonly string[]
  /** What to look at: the comment `# zh: …` or `# en: …` at its head. */
  readonly look?: string | undefined
  /** Lessons that show it, or name it in a command. */
  readonly lessons: readonly LessonPage[]
  /** How many errors the rules of 1.36 find; the ones that are there are meant. */
  readonly errors: number
  /** Steps of transcripts whose commands name it: those are played by every test run. */
  readonly steps: readonly { readonly lesson: LessonPage; readonly step: string }[]
  /** The step in which a real cluster took the same manifest. */
  readonly recorded?: Recorded | undefined
}

const named = (text: string, file: string): boolean =>
  new RegExp(`(?<![\\w./-])${file.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w-])`).test(text)

const lookAt = (text: string, language: Language): string | undefined =>
  new RegExp(`^# ${language}: (.+)$`, 'm').exec(text)?.[1]

export function examples(language: Language): Example[] {
  return chaptersIn(language).flatMap(chapter => {
    const files = exampleNames(chapter.id)
      .filter(file => /\.ya?ml$/.test(file))
      .map(file => ({ file, text: readExample(chapter.id, file) }))
    // Kinds that the chapter defines itself are known in all of it.
    const custom = customKinds(files.flatMap(({ text }) => definitionsIn(text)))
    return files.map(({ file, text }) => {
      const steps = chapter.lessons.flatMap(lesson =>
        lesson.transcript.steps
          .filter(({ commands }) => commands.some(each => named(each.text, file)))
          .map(({ name }) => ({ lesson, step: name })),
      )
      return {
        chapter: chapter.id,
        chapterNumber: chapter.number,
        file,
        text,
        kinds: kindsOf(text),
        topics: topicsOf(text),
        look: lookAt(text, language),
        lessons: chapter.lessons.filter(
          lesson => lesson.source.includes(`file="${file}"`) || steps.some(each => each.lesson === lesson),
        ),
        errors: diagnose(text, { customKinds: () => custom }).filter(each => each.severity === 'error')
          .length,
        steps,
        recorded: recordedManifest(text),
      }
    })
  })
}
