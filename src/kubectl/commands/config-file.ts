// What a changing `kubectl config` command works on: the merged entries, each written back to the file that it came from
// (client-go tools/clientcmd/config.go, ModifyConfig).
import { stringifyYaml } from '../../yaml/stringify.ts'
import type { Context } from '../context.ts'
import { configPaths, type Kubeconfig, readKubeconfig } from '../kubeconfig.ts'
import { entryName, orderedEntry, type Section } from '../kubeconfig-fields.ts'
import { byCodePoint, type Dict, dictOf, listOf, textOf } from '../print/values.ts'

export const sections: readonly Section[] = ['clusters', 'users', 'contexts']

/** The configuration as it is shown and written: fields in the order of Go's structs, entries by name. */
export function asObject(config: Pick<Kubeconfig, Section>, currentContext: string, preferences: Dict): Dict {
  const list = (section: Section) => {
    const items = [...config[section]]
      .sort(([a], [b]) => byCodePoint(a, b))
      .map(([name, value]) => ({ name, [entryName[section]]: orderedEntry(section, value) }))
    return items.length ? items : null
  }
  return {
    kind: 'Config',
    apiVersion: 'v1',
    ...(Object.keys(preferences).length && { preferences }),
    clusters: list('clusters'),
    users: list('users'),
    contexts: list('contexts'),
    'current-context': currentContext,
  }
}

/** Those of the first file that has some. */
export const preferencesOf = ({ files }: Kubeconfig): Dict =>
  files.map(({ content }) => dictOf(content, 'preferences')).find(each => Object.keys(each).length) ?? {}

export class ConfigFile {
  readonly config: Kubeconfig
  /** Where new entries go. */
  readonly path: string
  currentContext: string
  preferences: Dict
  readonly #ctx: Context

  constructor(ctx: Context) {
    this.#ctx = ctx
    this.config = readKubeconfig(ctx)
    this.currentContext = this.config.currentContext
    this.preferences = preferencesOf(this.config)
    const { paths } = configPaths(ctx)
    this.path = paths.find(path => ctx.process.files.exists(ctx.file(path))) ?? paths.at(-1)!
  }

  /** The full path, or one relative to the file's directory where it is below that. */
  relative(path: string): string {
    const full = this.#ctx.file(path)
    const directory = `${this.#ctx.file(this.path).replace(/\/[^/]*$/, '')}/`
    return full.startsWith(directory) ? full.slice(directory.length) : full
  }

  save(): void {
    const { files } = this.config
    const named = (content: Dict, section: Section) =>
      listOf(content, section).map(item => textOf(item, 'name'))
    const origins = new Map<string, string>()
    for (const section of sections)
      for (const { path, content } of [...files].reverse())
        for (const name of named(content, section)) origins.set(`${section}/${name}`, path)
    const contextFile = files.find(file => file.content['current-context'])?.path ?? this.path
    for (const { path, content, exists } of files) {
      const mine = (section: Section) =>
        new Map(
          [...this.config[section]].filter(
            ([name]) => (origins.get(`${section}/${name}`) ?? this.path) === path,
          ),
        )
      const current = path === contextFile ? this.currentContext : textOf(content, 'current-context')
      if (!exists && path !== this.path) continue
      const parts = { clusters: mine('clusters'), users: mine('users'), contexts: mine('contexts') }
      this.#write(
        path,
        asObject(parts, current, path === this.path ? this.preferences : dictOf(content, 'preferences')),
      )
    }
  }

  #write(path: string, content: Dict): void {
    const full = this.#ctx.file(path)
    const { files } = this.#ctx.process
    files.mkdir(full.slice(0, full.lastIndexOf('/')) || '/', { parents: true })
    files.write(full, stringifyYaml(content))
  }
}
