// Manifests that a real cluster was given, too: the recordings of the reference, by what their files say, and the step in
// which the real cluster took the file. Only steps that the simulator answers in the same words count.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CORE_SCHEMA, load, loadAll } from 'js-yaml'

export interface Recorded {
  readonly title: string
  /** `scenarios/04-deployment/07-liveness`. */
  readonly recording: string
  /** From 1. */
  readonly step: number
  readonly command: string
  /** What the real cluster printed. */
  readonly printed: string
}

interface Recording {
  readonly title?: string
  readonly files?: Readonly<Record<string, string>>
  readonly steps?: readonly {
    readonly run?: string
    readonly stdout?: string
    readonly exit?: number
    readonly unstable?: boolean
  }[]
}

const reference = join(process.cwd(), 'tests/reference/recordings')

/** Equal texts for equal contents: order of keys and comments do not count. */
function canonical(text: string): string | undefined {
  try {
    return JSON.stringify(sorted(loadAll(text)))
  } catch {
    return undefined
  }
}

const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : value && typeof value === 'object'
      ? Object.fromEntries(
          Object.entries(value)
            .map(([key, each]) => [key, sorted(each)] as const)
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : value

let recorded: Map<string, Recorded> | undefined

function read(): Map<string, Recorded> {
  const misses = new Set(
    Object.keys(
      JSON.parse(readFileSync(join(process.cwd(), 'tests/conformance-reasons.json'), 'utf8')) as object,
    ),
  )
  const found = new Map<string, Recorded>()
  for (const path of globSync('{scenarios,kubectl}/*/*.yaml', { cwd: reference }).sort()) {
    const content = readFileSync(join(reference, path), 'utf8')
    const { title = '', files = {}, steps = [] } = load(content, { schema: CORE_SCHEMA }) as Recording
    const recording = path.replace(/\.yaml$/, '').replaceAll('\\', '/')
    for (const [file, text] of Object.entries(files)) {
      const key = canonical(text)
      if (!key || found.has(key)) continue
      const step = steps.findIndex(
        ({ run = '', exit, unstable }, i) =>
          / (?:apply|create) /.test(run) &&
          run.endsWith(` -f ${file}`) &&
          exit === 0 &&
          !unstable &&
          !misses.has(`${recording} step ${i}`),
      )
      const { run: command = '', stdout: printed = '' } = steps[step] ?? {}
      if (command) found.set(key, { title, recording, step: step + 1, command, printed })
    }
  }
  return found
}

/** Where a real cluster took the same manifest; undefined where none was seen. */
export function recordedManifest(text: string): Recorded | undefined {
  recorded ??= read()
  const key = canonical(text)
  return key === undefined ? undefined : recorded.get(key)
}
