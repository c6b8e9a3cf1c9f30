// kubectl cp: files by way of `tar` in the container (kubectl pkg/cmd/cp).

import { FileError } from '../../engine/files.ts'
import { readAll } from '../../engine/pipe.ts'
import { type Entry, readTar, writeTar } from '../../engine/tar.ts'
import { type Task, wait } from '../../engine/task.ts'
import { pathOf } from '../client.ts'
import type { Command } from '../command.ts'
import type { Context } from '../context.ts'
import { CommandError, SilentExit, StatusError } from '../errors.ts'
import { findContainer } from '../pods.ts'
import { checkPhase, openStream } from './exec.ts'

interface Spec {
  readonly namespace: string
  /** '' for a local file. */
  readonly pod: string
  readonly path: string
}

function parse(ctx: Context, text: string): Spec {
  const colon = text.indexOf(':')
  if (colon < 0) return { namespace: '', pod: '', path: text }
  if (colon === 0)
    throw new CommandError('filespec must match the canonical format: [[namespace/]pod:]file/path')
  const pod = text.slice(0, colon)
  const path = text.slice(colon + 1)
  const pieces = pod.split('/')
  if (pieces.length > 2)
    throw new CommandError('filespec must match the canonical format: [[namespace/]pod:]file/path')
  return pieces.length === 2
    ? { namespace: pieces[0]!, pod: pieces[1]!, path }
    : { namespace: ctx.namespace, pod, path }
}

export const cp: Command = {
  name: 'cp',
  flags: 'container,c:s no-preserve retries:i',
  *run(ctx) {
    if (ctx.args.length !== 2) throw new CommandError('source and destination are required')
    const [from, to] = ctx.args.map(text => parse(ctx, text)) as [Spec, Spec]
    if (from.pod && to.pod) throw new CommandError('one of src or dest must be a local file specification')
    if (!from.path || !to.path) throw new CommandError('filepath can not be empty')
    if (from.pod) return yield* download(ctx, from, to.path)
    if (to.pod) return yield* upload(ctx, from.path, to)
    throw new CommandError('one of src or dest must be a remote file specification')
  },
}

function* run(
  ctx: Context,
  { namespace, pod: name }: Spec,
  command: readonly string[],
  input?: string,
  quiet = false,
): Task<{ stdout: string; stderr: string; code: number }> {
  const resource = ctx.discovery.known('pods')
  const pod = ctx.client.get(resource, namespace, name)
  checkPhase(pod)
  const container = findContainer(ctx, pod, ctx.flags.string('container'), quiet)
  const connection = openStream(ctx, {
    method: 'POST',
    path: pathOf(resource, namespace, name, 'exec'),
    query: {
      container: container.name,
      stdout: 'true',
      stderr: 'true',
      ...(input !== undefined && { stdin: 'true' }),
    },
    command,
  })
  try {
    if (input !== undefined) connection.stdin.write(input)
    connection.stdin.close()
    const stdout = yield* readAll(connection.stdout)
    const stderr = yield* readAll(connection.stderr)
    const ended = yield* wait(connection.exit)
    if ('error' in ended) throw new CommandError(ended.error)
    return { stdout, stderr, code: ended.code }
  } finally {
    connection.close()
  }
}

function finish(ctx: Context, { stderr, code }: { stderr: string; code: number }): number {
  ctx.err(stderr)
  if (code === 0) return 0
  ctx.err(`command terminated with exit code ${code}\n`)
  throw new SilentExit(code)
}

const baseName = (path: string): string => path.replace(/\/+$/, '').split('/').at(-1) ?? ''

function* upload(ctx: Context, path: string, to: Spec): Task<number> {
  const { files } = ctx.process
  const local = ctx.file(path)
  if (!files.exists(local)) throw new CommandError(`${path} doesn't exist in local filesystem`)
  let target = to.path
  ctx.client.get(ctx.discovery.known('pods'), to.namespace, to.pod)
  // A directory there takes the file under its own name.
  if ((yield* isRemoteDirectory(ctx, to)) || target.endsWith('/'))
    target = `${target.replace(/\/+$/, '')}/${baseName(path)}`
  const entries: Entry[] = []
  const add = (from: string, name: string) => {
    const stat = files.stat(from)
    if (stat.type === 'directory') {
      entries.push({ name: `${name}/`, content: '', mode: stat.mode })
      for (const child of files.list(from)) add(`${from}/${child}`, `${name}/${child}`)
    } else entries.push({ name, content: files.read(from), mode: stat.mode })
  }
  add(local, baseName(target))
  const directory = target.slice(0, target.lastIndexOf('/'))
  const free = ctx.flags.bool('no-preserve') ? ['--no-same-permissions', '--no-same-owner'] : []
  const command = ['tar', ...free, '-xmf', '-', ...(directory ? ['-C', directory] : [])]
  return finish(ctx, yield* run(ctx, to, command, writeTar(entries)))
}

function* isRemoteDirectory(ctx: Context, to: Spec): Task<boolean> {
  try {
    return (yield* run(ctx, to, ['test', '-d', to.path], undefined, true)).code === 0
  } catch (error) {
    if (error instanceof CommandError || error instanceof StatusError) return false
    throw error
  }
}

function* download(ctx: Context, from: Spec, path: string): Task<number> {
  // To go on after a break, a copy that may be tried again is cut by a shell. (Nothing here breaks a stream.)
  const command = ctx.flags.int('retries')
    ? ['sh', '-c', `tar cf - ${from.path} | tail -c+1`]
    : ['tar', 'cf', '-', from.path]
  const result = yield* run(ctx, from, command)
  const entries = readTar(result.stdout)
  if (result.code !== 0 && entries.length === 0) return finish(ctx, result)
  ctx.out(result.stderr)
  const { files } = ctx.process
  const local = ctx.file(path)
  const root = from.path.replace(/^\/+|\/+$/g, '')
  const intoDirectory = files.exists(local) && files.stat(local).type === 'directory'
  for (const { name, content, mode } of entries) {
    const inner = name.replace(/\/$/, '').slice(root.length).replace(/^\//, '')
    const base = intoDirectory ? `${local}/${baseName(root)}` : local
    const target = inner ? `${base}/${inner}` : base
    try {
      if (name.endsWith('/')) files.mkdir(target, { parents: true })
      else {
        files.mkdir(target.slice(0, target.lastIndexOf('/')) || '/', { parents: true })
        files.write(target, content, { mode })
      }
    } catch (error) {
      if (error instanceof FileError) throw new CommandError(`open ${path}: ${error.reason.toLowerCase()}`)
      throw error
    }
  }
  return 0
}
