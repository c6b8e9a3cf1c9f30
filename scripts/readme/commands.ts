// Which flags of kubectl's commands nothing ever asks for: no run of recorded lines in a simulated cluster, in which
// every question for a flag is noted, and no place in the code that names the flag (a run that fails early asks little).
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { load } from 'js-yaml'
import type { Command } from '../../src/kubectl/command.ts'
import { commandParts } from '../../src/kubectl/commands/loaders.ts'
import { Flags, flagTable } from '../../src/kubectl/flags.ts'
import { World } from '../../src/lesson/world.ts'

/** Recorded lines of one command that are run: those with flags that no line before them had. */
const linesEach = 12
/** Virtual ms for one line: some would go on for ever. */
const limitMs = 2000

interface Line {
  readonly text: string
  readonly files: Readonly<Record<string, string>>
}

export interface Asked {
  readonly flags: readonly string[]
  /** Of them, those that no run asked for, the next two among them. */
  readonly unasked: readonly string[]
  /** Those that are told to have no effect, and those of which nothing would be seen. */
  readonly idle: readonly string[]
  readonly unseen: readonly string[]
}

/** By the names of the commands, `set image`. */
export function askedFlags(root: string): ReadonlyMap<string, Asked> {
  const asked = new Set<string>()
  for (const method of ['string', 'list', 'changed'] as const) {
    const own = Flags.prototype[method] as (name: string) => unknown
    Flags.prototype[method] = function (this: Flags, name: string) {
      asked.add(name)
      return own.call(this, name)
    } as never
  }
  const lines = recordedLines(root)
  const named = new Set(
    globSync('src/kubectl/**/*.ts', { cwd: root, exclude: ['**/*.test.ts', '**/help-texts.ts'] }).flatMap(
      file => [...readFileSync(join(root, file), 'utf8').matchAll(/'([\w-]+)'/g)].map(match => match[1]!),
    ),
  )
  const found = new Map<string, Asked>()
  const world = new World({ seed: 1 })
  world.run('kubectl create deployment web --image=nginx')
  world.advance(20_000)
  for (const [path, command] of leaves(commandParts.all().map(c => c))) {
    asked.clear()
    for (const { text, files } of chosen(lines.get(path) ?? [{ text: `kubectl ${path}`, files: {} }])) {
      for (const [name, content] of Object.entries(files)) world.write(name, content)
      world.run(text, { limitMs })
    }
    const flags = flagTable(command.flags ?? '').map(flag => flag.name)
    const unasked = flags.filter(name => !asked.has(name) && !named.has(name))
    found.set(path, { flags, unasked, idle: words(command.idle), unseen: words(command.unseen) })
  }
  return found
}

const words = (text = ''): string[] => text.split(' ').filter(Boolean)

function* leaves(commands: readonly Command[], prefix = ''): Generator<[string, Command]> {
  for (const entry of commands) {
    const command = entry.whole?.() ?? entry
    const path = prefix + command.name
    if (command.run) yield [path, command]
    yield* leaves(command.commands ?? [], `${path} `)
  }
}

function recordedLines(root: string): Map<string, Line[]> {
  const known = new Set([...leaves(commandParts.all())].map(([path]) => path))
  const lines = new Map<string, Line[]>()
  for (const file of globSync('tests/reference/recordings/**/*.yaml', { cwd: root }).sort()) {
    const recording = load(readFileSync(join(root, file), 'utf8')) as {
      files?: Record<string, string>
      steps?: { run?: string }[]
    }
    for (const { run } of recording.steps ?? []) {
      const words =
        /^kubectl ([^|;&]*)$/
          .exec(run ?? '')?.[1]
          ?.split(' ')
          .filter(word => !word.startsWith('-')) ?? []
      const path = [3, 2, 1].map(count => words.slice(0, count).join(' ')).find(each => known.has(each))
      if (path) lines.set(path, [...(lines.get(path) ?? []), { text: run!, files: recording.files ?? {} }])
    }
  }
  return lines
}

/** Lines that differ in what they ask for, as far as their flags tell. */
function chosen(lines: readonly Line[]): Line[] {
  const seen = new Set<string>()
  return lines
    .filter(({ text }) => {
      const flags = text.match(/ --?[\w-]+/g) ?? ['']
      const isNew = flags.some(flag => !seen.has(flag))
      for (const flag of flags) seen.add(flag)
      return isNew
    })
    .slice(0, linesEach)
}
