// What the lab needs of a lesson: fetched as one file when the lab is first opened.
import { needsOf } from '../../parts/needs.ts'
import '../../parts/preload.ts'
import type { LabData } from '../client/lab/part.ts'
import { exampleNames, type LessonPage, readExample } from './lessons.ts'

export function labData(page: LessonPage): LabData {
  const { id } = page.chapter
  const names = exampleNames(id).filter(file => !file.endsWith('.console'))
  const files = Object.fromEntries(names.map(file => [file, readExample(id, file)]))
  const commands = page.transcript.steps.flatMap(step => step.commands)
  return {
    lesson: page.id,
    files,
    needs: needsOf(page.lesson, files, commands),
    transcript: readExample(id, page.lesson.transcript),
    exercises: page.lesson.exercises.map(each => each.name),
  }
}
