// What the lab needs of a lesson: fetched as one file when the lab is first opened.
import { plainPlay, playLesson, playPlace } from '../../lesson/playground.ts'
import { parseTranscript } from '../../lesson/transcript.ts'
import { type LessonNeeds, needsOf } from '../../parts/needs.ts'
import '../../parts/preload.ts'
import type { LabData } from '../client/lab/part.ts'
import { type DrillPage, drillFiles } from './drills.ts'
import { exampleNames, type LessonPage, readExample } from './lessons.ts'
import { keep, kept } from './measured.ts'

/** The files that the lessons of a chapter begin with. */
export function lessonFiles(chapter: string): Record<string, string> {
  const names = exampleNames(chapter).filter(file => !file.endsWith('.console'))
  return Object.fromEntries(names.map(file => [file, readExample(chapter, file)]))
}

export function labData(page: LessonPage): LabData {
  const { id } = page.chapter
  const files = lessonFiles(id)
  const commands = page.transcript.steps.flatMap(step => step.commands)
  return {
    lesson: page.id,
    files,
    needs:
      kept<LessonNeeds>(`needs/${page.id}`) ??
      keep(`needs/${page.id}`, needsOf(page.lesson, files, commands)),
    transcript: readExample(id, page.lesson.transcript),
    exercises: page.lesson.exercises.map(each => each.name),
  }
}

/** A drill has no commands of its own: what its world needs is what it begins with. */
export function drillData({ id, lesson }: DrillPage): LabData {
  const files = drillFiles(id)
  const needs =
    kept<LessonNeeds>(`needs/${id}`) ??
    keep(`needs/${id}`, { first: needsOf(lesson, files, []).first, rest: {} })
  return { lesson: id, files, needs, transcript: '', exercises: [], drill: true }
}

/** Of the playground: what a first look at a cluster needs is there at once. */
export function playData(): LabData {
  const transcript =
    '## step: look\n$ kubectl get nodes\n$ kubectl get pods\n$ kubectl apply -f - --dry-run=server < /dev/null\n'
  const commands = parseTranscript(transcript, 'play').steps.flatMap(step => step.commands)
  return {
    lesson: playPlace,
    files: {},
    needs:
      kept<LessonNeeds>('needs/play') ?? keep('needs/play', needsOf(playLesson(plainPlay), {}, commands)),
    transcript: '',
    exercises: [],
  }
}
