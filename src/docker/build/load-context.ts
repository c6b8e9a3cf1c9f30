// The build's context: what of the client's directory the steps ask for is sent, as far as the builder does not have it.
import { type Files, resolvePath } from '../../engine/files.ts'
import { type Deferred, sleep, type Task } from '../../engine/task.ts'
import type { Daemon } from '../daemon/daemon.ts'
import { contextFiles, following, type IgnoreFile } from './context.ts'
import { NotFound, sourcesOf, subtreePaths } from './copy.ts'
import type { Progress } from './progress.ts'
import { type SentFile, transferred } from './transfer.ts'

export interface ContextSource {
  readonly files: Files
  /** Absolute, on the client's machine. */
  readonly directory: string
  readonly ignored: IgnoreFile
  /** Bytes that the .dockerignore took. */
  readonly ignoreBytes: number
  /** Settled when it is here. */
  readonly loaded: Deferred<void>
}

/** The name under which the builder keeps what it has of a context. */
const cacheName = 'local source for context'
/** An estimate: nothing recorded is large enough to show it. */
const bytesPerMs = 60_000

const isInContext = ({ ignored }: ContextSource, path: string): boolean => {
  const relative = path.replace(/^\//, '')
  return relative === '' || !ignored.ignore.matches(relative)
}

/** Is a path of the client's machine part of the context? */
export const wantedIn = (context: ContextSource): ((path: string) => boolean) => {
  const root = context.directory === '/' ? '' : context.directory
  return path => isInContext(context, path.slice(root.length))
}

/** The paths, on the client's machine, that a source of a COPY stands for; throws NotFound where there is none. */
export function contextPaths(context: ContextSource, source: string): string[] {
  const { files, directory } = context
  const inside = directory === '/' ? sourcesOf(files, source) : subtreePaths(files, directory, source)
  const paths = inside.filter(wantedIn(context))
  if (paths.length === 0) throw new NotFound(resolvePath('/', source))
  return paths
}

export function* loadContext(
  daemon: Daemon,
  context: ContextSource,
  sources: readonly string[],
  progress: Progress,
): Task {
  const vertex = progress.vertex('[internal] load build context').start()
  const status = vertex.status('transferring context:')
  const all = contextFiles(context.files, context.directory, context.ignored.ignore)
  const wanted = following(
    all,
    sources.map(each => each.replace(/^(\.?\/)+|\/+$/g, '').replace(/^\.$/, '')),
  )
  const { cache, engine } = daemon
  const bytes = transferred(wanted, cache.context(cacheName))
  yield* sleep(6 + bytes / bytesPerMs)
  const known = new Map<string, SentFile>(wanted.map(each => [each.path, each]))
  const size = wanted.reduce((sum, each) => sum + each.size, 0)
  cache.keepContext(cacheName, known, size, engine.now)
  vertex.update(status, bytes, true)
  vertex.done()
  context.loaded.settle()
}
