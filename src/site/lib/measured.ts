// What a build finds out by playing lessons depends on the sources alone. Who builds several times from the same sources
// (`npm test` does) names a folder in LIVING_KUBERNETES_MEASURED, where it is kept from one build to the next; otherwise
// every build finds it out anew.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const folder = process.env.LIVING_KUBERNETES_MEASURED

/** Whether there is a place to keep it. */
export const keeps = folder !== undefined

/** What was found out under that name before, if it is kept. */
export function kept<T>(name: string): T | undefined {
  const file = folder && join(folder, `${name}.json`)
  return file && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}

/** Keeps it, if there is a place for it, and gives it back. */
export function keep<T>(name: string, value: T): T {
  if (!folder) return value
  const file = join(folder, `${name}.json`)
  mkdirSync(dirname(file), { recursive: true })
  // Two builds may write at the same time; none reads half a file.
  writeFileSync(`${file}.${process.pid}`, JSON.stringify(value))
  renameSync(`${file}.${process.pid}`, file)
  return value
}
