// By what the search can be narrowed to a lesson: its chapter, the kinds that it is about, the commands of kubectl and
// docker that it runs, the errors that it meets. All of it is read from its transcript and its manifests.
import { errors } from '../../../content/errors/index.ts'
import { dockerParts } from '../../docker/loaders.ts'
import { findByWord } from '../../kinds/index.ts'
import { commands } from '../../kubectl/commands/index.ts'
import type { LessonPage } from './lessons.ts'
import { exampleNames, readExample } from './lessons.ts'

/** In the order in which the dialog offers them. */
export const filterNames = ['chapter', 'kind', 'command', 'error'] as const

export type SearchFilters = Readonly<Record<(typeof filterNames)[number], readonly string[]>>

const known = new Set(commands.map(each => each.name))
/** Groups, of which the second word is what is done. */
const groups = new Set(['rollout', 'set', 'auth', 'config', 'certificate'])
/** Looking at a kind is not yet being about it. */
const lookers = new Set(['get', 'api-resources', 'events', 'logs', 'top', 'wait'])

const dockerCommands = new Set(dockerParts.names)

/** `docker build` and its like, in a line. */
const dockerCalls = (line: string): string[] =>
  [...line.matchAll(/(?<![\w./-])docker[ \t]+([a-z]+)/g)]
    .map(([, name = '']) => name)
    .filter(name => dockerCommands.has(name))
    .map(name => `docker ${name}`)

/** The kubectl calls of a line: their words without flags. */
const calls = (line: string): string[][] =>
  [...line.matchAll(/(?<![\w./-])(?:kk|kubectl|k)((?:[ \t]+[^\s|;&<>()]+)+)/g)].map(([, words = '']) =>
    words
      .replace(/[ \t](?:-n|--namespace|--context|--as)[ \t]+\S+/g, '')
      .trim()
      .split(/[ \t]+/)
      .filter(word => !word.startsWith('-')),
  )

export function searchFilters({ chapter, transcript, source }: LessonPage): SearchFilters {
  const run = transcript.steps.flatMap(({ commands }) => commands)
  const lines = run.map(({ text }) => text)
  const printed = run.map(({ output }) => output).join('')
  const called = lines.flatMap(calls).filter(([name = '']) => known.has(name))
  const manifests = exampleNames(chapter.id)
    .filter(file => /\.ya?ml$/.test(file))
    .filter(
      file => source.includes(`file="${file}"`) || lines.some(line => line.split(/[\s=]/).includes(file)),
    )
    .flatMap(file =>
      [...readExample(chapter.id, file).matchAll(/^kind: *(\w+)/gm)].map(([, kind = '']) => kind),
    )
  const addressed = called
    .filter(([name = '']) => !lookers.has(name))
    .flatMap(([, ...words]) => words)
    .map(word => findByWord(word.split(/[/.,]/)[0] ?? '')?.resource.kind ?? '')
  return {
    chapter: [`${chapter.number} ${chapter.title}`],
    kind: distinct([...manifests, ...addressed]),
    command: distinct([
      ...called.map(([name = '', second = '']) => (groups.has(name) ? `${name} ${second}` : name)),
      ...lines.flatMap(dockerCalls),
    ]),
    error: distinct(
      Object.values(errors)
        .flat()
        .filter(({ text }) => printed.includes(text))
        .map(({ text }) => text),
    ),
  }
}

const distinct = (values: readonly string[]): string[] => [...new Set(values)].filter(Boolean).sort()
