// The kubeconfig: which files it is made of, and the cluster, user and namespace of the context in use
// (client-go tools/clientcmd). Several files are merged, the first to set a value wins.
import { FileError } from '../engine/files.ts'
import type { Process } from '../engine/process.ts'
import { parseYaml } from '../yaml/parse.ts'
import { CommandError, PlainError } from './errors.ts'
import type { Flags } from './flags.ts'

export interface Named<T> {
  name: string
  value: T
}

export interface ClusterEntry {
  server?: string
  [field: string]: unknown
}
export interface ContextEntry {
  cluster?: string
  user?: string
  namespace?: string
  [field: string]: unknown
}

export interface ConfigFile {
  path: string
  /** As parsed; `{}` where the file is missing or empty. */
  content: Record<string, any>
  exists: boolean
}

export interface Kubeconfig {
  readonly files: ConfigFile[]
  readonly currentContext: string
  readonly clusters: Map<string, Record<string, any>>
  readonly contexts: Map<string, Record<string, any>>
  readonly users: Map<string, Record<string, any>>
  /** Of the context in use. */
  readonly server: string
  readonly namespace: string
}

interface Source {
  readonly process: Process
  readonly flags: Flags
  file(path: string): string
}

export function configPaths(source: Source): { paths: string[]; explicit: boolean } {
  const explicit = source.flags.string('kubeconfig')
  if (explicit) return { paths: [explicit], explicit: true }
  const list = source.process.env.get('KUBECONFIG')
  if (list) return { paths: list.split(':').filter(Boolean), explicit: false }
  return { paths: [`${source.process.env.get('HOME') ?? '/root'}/.kube/config`], explicit: false }
}

/** Reads and merges; does not look whether the context makes sense. */
export function readKubeconfig(source: Source): Kubeconfig {
  const { paths } = configPaths(source)
  const files = paths.map(path => readFile(source, path))
  const merged = {
    clusters: new Map<string, Record<string, any>>(),
    contexts: new Map<string, Record<string, any>>(),
    users: new Map<string, Record<string, any>>(),
  }
  let currentContext = ''
  for (const { content } of files) {
    currentContext ||= content['current-context'] ?? ''
    for (const [list, entry] of [
      ['clusters', 'cluster'],
      ['contexts', 'context'],
      ['users', 'user'],
    ] as const)
      for (const item of Array.isArray(content[list]) ? content[list] : [])
        if (item?.name !== undefined && !merged[list].has(item.name))
          merged[list].set(item.name, item[entry] ?? {})
  }
  const chosen = source.flags.string('context') || currentContext
  const context = merged.contexts.get(chosen) ?? {}
  const cluster = merged.clusters.get(source.flags.string('cluster') || context.cluster) ?? {}
  return {
    files,
    currentContext,
    ...merged,
    server: cluster.server ?? '',
    namespace: context.namespace ?? '',
  }
}

/** For commands that talk to the cluster. */
export function loadKubeconfig(source: Source): Kubeconfig {
  const { paths, explicit } = configPaths(source)
  const config = readKubeconfig(source)
  if (explicit && !config.files[0]!.exists)
    throw new CommandError(`stat ${paths[0]}: no such file or directory`)
  const wanted = source.flags.string('context')
  if (wanted && !config.contexts.has(wanted))
    throw new PlainError(`Error in configuration: context was not found for specified context: ${wanted}`)
  if (!wanted && config.currentContext && !config.contexts.has(config.currentContext))
    throw new PlainError(
      `Error in configuration: context was not found for specified context: ${config.currentContext}`,
    )
  const cluster = source.flags.string('cluster')
  if (cluster && !config.clusters.has(cluster))
    throw new CommandError(`cluster ${JSON.stringify(cluster)} does not exist`)
  return config
}

function readFile(source: Source, path: string): ConfigFile {
  let text: string
  try {
    text = source.process.files.read(source.file(path))
  } catch (error) {
    if (error instanceof FileError) return { path, content: {}, exists: false }
    throw error
  }
  let content: unknown
  try {
    content = parseYaml(text)
  } catch (error) {
    throw new CommandError(
      `error loading config file ${JSON.stringify(path)}: ${error instanceof Error ? error.message : error}`,
    )
  }
  const isObject = typeof content === 'object' && content !== null && !Array.isArray(content)
  return { path, content: isObject ? (content as Record<string, any>) : {}, exists: true }
}
