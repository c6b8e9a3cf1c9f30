// Back at the end of the longest lesson, as the page's worker does it: with the second world that was built while there was
// time, and where there was none. Prints one line of JSON: CPU of each, and of building the second world.
import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Lesson } from '../../src/lesson/lesson.ts'
import { createScript, type Script } from '../../src/lesson/script.ts'
import '../../src/parts/preload.ts'
import { Session } from '../../src/site/worker/session.ts'

const root = join(import.meta.dirname, '../..')

async function scriptOf(path: string): Promise<Script> {
  const { default: lesson } = (await import(join(root, path))) as { default: Lesson }
  const folder = dirname(path)
  const chapter = basename(dirname(folder))
  const examples = join(root, 'examples', chapter)
  const files = Object.fromEntries(
    globSync('**/*', { cwd: examples, withFileTypes: true })
      .filter(entry => entry.isFile() && !entry.name.endsWith('.console'))
      .map(entry => join(entry.parentPath, entry.name))
      .map(file => [file.slice(examples.length + 1), readFileSync(file, 'utf8')]),
  )
  const transcript = readFileSync(join(examples, lesson.transcript), 'utf8')
  return createScript({ id: `${chapter}/${basename(folder)}`, lesson, files, transcript, version: '' })
}

const scripts = await Promise.all(globSync('content/*/*/lesson.ts', { cwd: root }).map(scriptOf))
const script = scripts.reduce((a, b) => (b.commands.length > a.commands.length ? b : a))

function cpu(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

function measure(): { back: number; replayed: number; spare: number } {
  const begin = (): Session => {
    const session = new Session(script, 'en', () => {})
    session.load({})
    session.catchUp()
    session.handle({ type: 'run', instant: true })
    for (let i = 0; i < 100; i++) session.tick(50)
    return session
  }
  const [ready, unready] = [begin(), begin()]
  const spare = cpu(() => {
    while (ready.idle());
  })
  return {
    spare,
    back: cpu(() => ready.handle({ type: 'back' })),
    replayed: cpu(() => unready.handle({ type: 'back' })),
  }
}

measure() // warm
const runs = [measure(), measure(), measure()].sort((a, b) => a.back - b.back)
console.log(JSON.stringify({ lesson: script.header.lesson, commands: script.commands.length, ...runs[1] }))
