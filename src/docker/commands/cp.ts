// docker cp: files between a client and a container, whether that runs or not (cli/command/container/cp.go).

import { formatTime } from '../../engine/engine.ts'
import { FileError, type Files, resolvePath } from '../../engine/files.ts'
import { readAll } from '../../engine/pipe.ts'
import { type Entry, readTar, writeTar } from '../../engine/tar.ts'
import type { Task } from '../../engine/task.ts'
import { type Command, type Context, exactly } from '../command.ts'
import type { DockerContainer } from '../daemon/state.ts'
import { DaemonError, DockerError } from '../errors.ts'
import { humanSize } from '../units.ts'

interface Place {
  /** Empty: the client's. */
  readonly container: string
  readonly path: string
}

/** `CONTAINER:PATH`; what begins with a slash or a dot is the client's. */
function place(text: string): Place {
  const [container = '', path] = text.split(/:(.*)/s)
  if (/^[./]/.test(text) || path === undefined) return { container: '', path: text }
  return { container, path }
}

export const cp: Command = {
  names: ['container cp', 'cp'],
  usage: '[OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-',
  usages: ['docker cp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH'],
  arguments: exactly(2),
  flags: 'archive,a follow-link,L quiet,q',
  withoutEffect: 'archive follow-link',
  *run(context) {
    const [from, to] = context.args.map(place) as [Place, Place]
    if (context.args.some(arg => arg === '')) throw new DockerError('source can not be empty')
    if (from.container && to.container) throw new DockerError('copying between containers is not supported')
    if (from.container) return yield* download(context, from, to.path)
    if (to.container) return yield* upload(context, from.path, to)
    throw new DockerError('must specify at least one container source')
  },
}

/** The files of a container, with all that is mounted in it as long as it runs. */
const filesOf = ({ container, files }: DockerContainer): Files =>
  container?.running ? container.files : files!

const baseName = (path: string): string => path.replace(/\/+$/, '').split('/').at(-1) || '/'
const parentOf = (path: string): string => resolvePath('/', `${path}/..`)

const typeAt = (files: Files, path: string): string | undefined => {
  try {
    return files.stat(path).type
  } catch (error) {
    if (error instanceof FileError) return undefined
    throw error
  }
}

/** What is at a path, under the name it shall get. */
function entriesOf(files: Files, path: string, name: string): Entry[] {
  const { type, mode } = files.stat(path)
  if (type !== 'directory') return [{ name, content: files.read(path), mode }]
  const inner = files
    .list(path)
    .flatMap(child => entriesOf(files, resolvePath(path, child), name ? `${name}/${child}` : child))
  return name ? [{ name: `${name}/`, content: '', mode }, ...inner] : inner
}

function unpack(files: Files, directory: string, entries: readonly Entry[]): void {
  for (const { name, content, mode } of entries) {
    const path = resolvePath(directory, name)
    if (name.endsWith('/')) {
      if (!files.exists(path)) files.mkdir(path, { parents: true })
    } else files.write(path, content, { mode: mode & 0o7777 })
  }
}

/** Bytes of the archive that carries them. */
const archiveSize = (entries: readonly Entry[], size: (entry: Entry) => number): number =>
  entries.reduce((sum, entry) => sum + 512 + Math.ceil(size(entry) / 512) * 512, 1024)

function told(
  { process, flags }: Context,
  files: Files,
  path: string,
  entries: readonly Entry[],
  to: string,
): void {
  if (flags.is('quiet') || !process.terminal) return
  const root = files.stat(path)
  const one = root.type !== 'directory' ? root.size : undefined
  const size = archiveSize(entries, ({ content }) => one ?? content.length)
  process.stderr.write(`Successfully copied ${humanSize(size, 3)} to ${to}\n`)
}

/** Where entries go: into a directory that is there, else in the place of the path itself. */
function target(
  files: Files,
  path: string,
  source: string,
  isTree: boolean,
): { directory: string; name: string } {
  const whole = resolvePath('/', path)
  if (typeAt(files, whole) === 'directory')
    // `SRC/.` means what is in it.
    return {
      directory: whole,
      name: isTree && /(^|\/)\.$/.test(source) ? '' : baseName(resolvePath('/', source)),
    }
  return { directory: parentOf(whole), name: baseName(whole) }
}

function* upload(context: Context, source: string, to: Place): Task<number> {
  const { process, daemon } = context
  const { files, cwd, stdin } = process
  const local = resolvePath(cwd, source)
  if (source !== '-' && !files.exists(local))
    throw new DockerError(`lstat ${local}: no such file or directory`)
  yield* daemon.call(process, `/v1.50/containers/${to.container}/archive`, 'HEAD')
  const docker = daemon.findContainer(to.container)
  const inside = docker && filesOf(docker)
  const path = resolvePath('/', to.path)
  if (/\/\.?$/.test(to.path) && (!inside || typeAt(inside, path) !== 'directory')) {
    // The archive was begun already when the client finds that there is no such place.
    if (source !== '-') brokenPipe(context, local)
    throw new DockerError('no such directory')
  }
  if (!docker || !inside) throw new DaemonError(`No such container: ${to.container}`)
  if (source === '-') {
    if (typeAt(inside, path) !== 'directory')
      throw new DockerError(`destination "${to.container}:${to.path}" must be a directory`)
    unpack(inside, path, readTar(yield* readAll(stdin)))
    return 0
  }
  const isTree = files.stat(local).type === 'directory'
  const type = typeAt(inside, path)
  if (isTree && type === 'file') throw new DockerError('cannot copy directory')
  const { directory, name } = target(inside, to.path, source, isTree)
  if (typeAt(inside, directory) !== 'directory')
    throw new DaemonError(`Could not find the file ${directory} in container ${to.container}`)
  if (docker.settings.readOnlyRoot && inside.isReadOnly(directory))
    throw new DaemonError('container rootfs is marked read-only')
  const entries = entriesOf(files, local, name)
  unpack(inside, directory, entries)
  told(context, files, local, entries, `${to.container}:${to.path}`)
  return 0
}

/** What the client's archiver logs when nobody reads its pipe any more. */
function brokenPipe({ process, daemon }: Context, path: string): void {
  const time = formatTime(daemon.engine.now)
  for (const what of [`Can't add file ${path} to tar`, "Can't close tar writer"])
    process.stderr.write(`time="${time}" level=error msg="${what}: io: read/write on closed pipe"\n`)
}

function* download(context: Context, from: Place, destination: string): Task<number> {
  const { process, daemon } = context
  const { files, cwd, stdout } = process
  yield* daemon.call(process, `/v1.50/containers/${from.container}/archive`)
  const docker = daemon.container(from.container)
  const inside = filesOf(docker)
  const path = resolvePath('/', from.path)
  if (typeAt(inside, path) === undefined)
    throw new DaemonError(`Could not find the file ${from.path} in container ${from.container}`)
  if (destination === '-') {
    stdout.write(writeTar(entriesOf(inside, path, baseName(path))))
    return 0
  }
  const isTree = inside.stat(path).type === 'directory'
  const local = resolvePath(cwd, destination)
  if (/\/$/.test(destination) && typeAt(files, local) !== 'directory')
    throw new DockerError('no such directory')
  if (isTree && typeAt(files, local) === 'file') throw new DockerError('cannot copy directory')
  const { directory, name } = target(files, local, from.path, isTree)
  if (typeAt(files, directory) !== 'directory')
    throw new DockerError(`invalid output path: directory ${JSON.stringify(directory)} does not exist`)
  const entries = entriesOf(inside, path, name)
  try {
    unpack(files, directory, entries)
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    throw new DockerError(`open ${error.path}: ${error.reason.toLowerCase()}`)
  }
  told(context, inside, path, entries, local)
  return 0
}
