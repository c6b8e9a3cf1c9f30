// What the lab needs of a lesson: fetched as one file when the lab is first opened.

import type { LabData } from '../client/lab/lab.ts'
import { exampleNames, type LessonPage, readExample } from './lessons.ts'

export function labData(page: LessonPage): LabData {
  const { id } = page.chapter
  const files = exampleNames(id).filter(file => !file.endsWith('.console'))
  return {
    lesson: page.id,
    files: Object.fromEntries(files.map(file => [file, readExample(id, file)])),
    transcript: readExample(id, page.lesson.transcript),
    exercises: page.lesson.exercises.map(each => each.name),
  }
}
