// What a stage has come to: its files, layers and configuration, and the key under which the cache knows it.
import type { HistoryEntry, ImageConfig, Layer } from '../../containers/content.ts'
import { digestOf } from '../../containers/content.ts'
import type { Image } from '../../containers/images/image.ts'
import type { MemoryFiles } from '../../engine/memory-files.ts'

export interface StageState {
  readonly root: MemoryFiles
  readonly layers: readonly Layer[]
  readonly history: readonly HistoryEntry[]
  readonly config: ImageConfig
  /** What it is built on: whose programs it has. */
  readonly base: Image
  readonly key: string
  /** Of the newest step that changed files; undefined where none did. */
  readonly created: number | undefined
  /** Arguments that were declared, with their values. */
  readonly args: ReadonlyMap<string, string | undefined>
}

/** `FROM scratch`: nothing at all. */
const emptyImage: Image = { programs: {} }

export const nextKey = (key: string, ...parts: readonly string[]): string =>
  digestOf([key, ...parts].join('\0'))

/** The value of a variable of the configuration's environment. */
export function envOf(config: ImageConfig, name: string): string | undefined {
  const found = config.env.find(each => each.startsWith(`${name}=`))
  return found?.slice(name.length + 1)
}

export function withEnv(config: ImageConfig, key: string, value: string): ImageConfig {
  const entry = `${key}=${value}`
  const at = config.env.findIndex(each => each.startsWith(`${key}=`))
  const env = at < 0 ? [...config.env, entry] : config.env.map((each, i) => (i === at ? entry : each))
  return { ...config, env }
}

/** Go's %q of a list: `["/bin/sh" "-c" "x"]`. */
export const quotedList = (words: readonly string[]): string =>
  `[${words.map(each => JSON.stringify(each)).join(' ')}]`

/** What `FROM scratch` begins with, beside no files. */
export const fromScratch = {
  config: { env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'] },
  base: emptyImage,
  key: 'scratch',
}
