// Where a transcript belongs: the files beside it and the lesson that shows it.
import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import type { Lesson } from '../../src/lesson/lesson.ts'
import { root } from '../lib/run.ts'

/** Everything beside the transcripts of a folder, by its name in the working directory. */
export function exampleFiles(folder: string): Record<string, string> {
  const base = join(root, folder)
  return Object.fromEntries(
    globSync('**/*', { cwd: base, withFileTypes: true })
      .filter(entry => entry.isFile() && !entry.name.endsWith('.console'))
      .map(entry => join(entry.parentPath, entry.name))
      .map(file => [relative(base, file), readFileSync(file, 'utf8')]),
  )
}

/** The lesson that shows a transcript, and its folder below content; its world is the transcript's. */
export async function shownBy(
  path: string,
): Promise<{ readonly id: string; readonly lesson: Lesson } | undefined> {
  const [, chapter, file] = /^examples\/([^/]+)\/(.+)$/.exec(path)!
  for (const module of globSync(`content/${chapter}/*/lesson.ts`, { cwd: root })) {
    const { default: lesson } = (await import(join(root, module))) as { default: Lesson }
    if (lesson.transcript === file) return { id: `${chapter}/${basename(dirname(module))}`, lesson }
  }
  return undefined
}

export const lessonOf = async (path: string): Promise<Partial<Lesson>> => (await shownBy(path))?.lesson ?? {}
