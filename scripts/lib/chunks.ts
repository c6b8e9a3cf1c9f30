// How the lab's code is cut into files. The core, with which every world begins and which nearly every session types, is one
// file; each part of the tables (src/engine/parts.ts) is one of its own, and so are the rooms of what is cut out of the core
// (rare-code): few requests before the first output, and nothing in them that is not needed.
import { globSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { parseSync } from 'vite'
import { isEarly } from './rare-code/rooms.ts'
import { type Node, statementsOf } from './rare-code/syntax.ts'

/** The worker, the parts that every world has loaded by the time it stands, and the commands of every day. */
const core = [
  'src/site/worker/main.ts',
  'src/kinds/pod.ts',
  'src/kinds/secret.ts',
  'src/kinds/lease.ts',
  'src/kinds/event.ts',
  'src/kinds/deployment.ts',
  'src/kinds/replicaset.ts',
  'src/containers/images/cluster.ts',
  'src/containers/images/etcd.ts',
  'src/containers/images/kube-apiserver.ts',
  'src/containers/images/pause.ts',
  'src/kubectl/commands/get.ts',
  'src/kubectl/commands/apply.ts',
]

/** Text of a module of the core: its source, or what is left of it. */
type TextOf = (path: string) => string

/** Paths below the root of the modules of the core, with those that their texts import statically. */
export function coreModules(
  root: string,
  textOf: TextOf = path => readFileSync(join(root, path), 'utf8'),
): ReadonlySet<string> {
  const reached = new Set<string>()
  const waiting = [...core]
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue
    reached.add(path)
    waiting.push(...importedBy(path, textOf(path)))
  }
  return reached
}

/** Told by the parser beside its tree, which is much to read. */
function importedBy(path: string, text: string): string[] {
  const { staticImports, staticExports } = parseSync(path, text).module
  const from = [
    ...staticImports
      .filter(({ start, end }) => !/^import\s+type\s+(?!from\b|,)/.test(text.slice(start, end)))
      .map(each => each.moduleRequest.value),
    ...staticExports.flatMap(({ entries }) =>
      entries.flatMap(each =>
        each.moduleRequest && each.importName.kind !== 'AllButDefault' ? each.moduleRequest.value : [],
      ),
    ),
  ]
  return from.filter(each => each.startsWith('.')).map(each => posix.join(posix.dirname(path), each))
}

export interface LabModule {
  /** Path of the file, absolute. */
  readonly file: string
  readonly statements: readonly Node[]
  /** Modules that it loads when it needs them, by their paths. */
  readonly later: readonly string[]
}

/** All modules of the lab, also those that it loads later. */
export function labModules(root: string): LabModule[] {
  const found = new Map<string, LabModule>()
  const waiting = [...core, ...globSync('content/*/*/{lesson,drill}.ts', { cwd: root })]
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (found.has(path)) continue
    const folder = posix.dirname(path)
    const text = readFileSync(join(root, path), 'utf8')
    const later = [...text.matchAll(/\bimport\(\s*'(\.[^']+)'/g)].map(([, from]) => posix.join(folder, from!))
    found.set(path, {
      file: `${root}/${path}`,
      statements: statementsOf(`${root}/${path}`, text),
      later: later.map(each => `${root}/${each}`),
    })
    waiting.push(...importedBy(path, text), ...later)
  }
  return [...found.values()]
}

interface Modules {
  getModuleInfo(id: string): { readonly importers: readonly string[] } | null
}

/** Of what was cut out of a module: the name of its room. */
const roomOf = (id: string): string | undefined => /\?rare-code-(\w+)\.ts$/.exec(id)?.[1]

/**
 * Groups for rolldown's `codeSplitting`. `left` has the modules that the core imports once rare code is cut out of it.
 * What one of its rooms imports goes there; what several do stays where an early one is among them, for a file of its own
 * would be a request more, and is in a second file where none is.
 */
export function chunkGroups(
  root: string,
  left: () => ReadonlySet<string>,
): { debugName: string; name(id: string, modules: Modules): string | null }[] {
  const start = `${root.replaceAll('\\', '/')}/`
  let whole: ReadonlySet<string> | undefined
  const isCore = (id: string): boolean =>
    id.startsWith(start) && (whole ??= coreModules(root)).has(id.slice(start.length))
  const users = new Map<string, ReadonlySet<string>>()
  /** Rooms, and modules outside the core, that import it, or what does. */
  const usersOf = (id: string, modules: Modules): ReadonlySet<string> => {
    const known = users.get(id)
    if (known) return known
    const found = new Set<string>()
    users.set(id, found)
    for (const importer of modules.getModuleInfo(id)?.importers ?? [])
      if (isCore(importer)) for (const each of usersOf(importer, modules)) found.add(each)
      else found.add(roomOf(importer) ?? importer)
    return found
  }
  return [
    {
      debugName: 'core',
      name(id, modules) {
        if (!isCore(id)) return null
        if (left().has(id.slice(start.length))) return 'lab'
        const users = [...usersOf(id, modules)]
        if (users.length < 2) return null
        return users.some(isEarly) ? 'lab' : 'late'
      },
    },
  ]
}
