// The reference on disk: recorded cases and the corpus of damaged requests, in the form that tests/reference/README.md describes.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { CORE_SCHEMA, load } from 'js-yaml'

export interface Step {
  readonly run?: string
  readonly stdout?: string
  readonly stderr?: string
  readonly exit?: number | null
  /** When the step began and how long it took, in ms. */
  readonly at?: number
  readonly ms?: number
  /** Ctrl-C after this time. */
  readonly for?: string
  readonly background?: boolean
  readonly record?: boolean
  /** When it printed what, in ms since the command began. */
  readonly chunks?: readonly { readonly at: number; readonly out: string }[]
  readonly unstable?: boolean
  readonly tty?: unknown
  readonly wait?: string
  readonly until?: string
  readonly timeout?: string
  readonly failed?: boolean
  readonly write?: string
  readonly content?: string
  /** Another user than root, on the machine that docker runs on: `learner (uid 1000)`. */
  readonly as?: string
  readonly note?: string
}

export interface Case {
  /** Path without its ending: `kubectl/get/pods`. */
  readonly name: string
  readonly files: Readonly<Record<string, string>>
  /** Commands that were run before the first step. */
  readonly setup: readonly string[]
  readonly steps: readonly Step[]
}

export interface CorpusLine {
  readonly corpus: 'create' | 'update' | 'patch' | 'yaml'
  readonly line: number
  readonly entry: any
}

const walk = (dir: string): string[] =>
  readdirSync(dir)
    .sort()
    .flatMap(name => {
      const path = join(dir, name)
      return statSync(path).isDirectory() ? walk(path) : path.endsWith('.yaml') ? [path] : []
    })

/** Cases below `dir`; `only` is a part of their name. */
export function readCases(dir: string, only: string): Case[] {
  if (!existsSync(dir)) throw new Error(`no recordings at ${dir}: give their folder with --recordings`)
  const cases: Case[] = []
  for (const path of walk(dir)) {
    const name = relative(dir, path)
      .replace(/\.yaml$/, '')
      .replaceAll('\\', '/')
    if (!name.includes(only)) continue
    const content = load(readFileSync(path, 'utf8'), { schema: CORE_SCHEMA }) as Partial<Case>
    const { files = {}, setup = [], steps = [] } = content
    cases.push({ name, files, setup, steps })
  }
  return cases
}

/** Lines of the corpus below `dir`; `only` is a part of `corpus/create` and so on. */
export function readCorpus(dir: string, only: string): CorpusLine[] {
  return (['create', 'update', 'patch', 'yaml'] as const).flatMap(corpus => {
    const path = join(dir, `${corpus}.jsonl`)
    if (!existsSync(path) || !`corpus/${corpus}`.includes(only)) return []
    return readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .map((text, line) => ({ corpus, line, entry: JSON.parse(text) }))
  })
}

/** `3s`, `500ms`, `1m30s` in ms. */
export function milliseconds(duration: string): number {
  const units: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }
  let total = 0
  for (const [, amount, unit] of duration.matchAll(/([\d.]+)(ms|s|m|h)/g))
    total += Number(amount) * units[unit!]!
  return total
}
