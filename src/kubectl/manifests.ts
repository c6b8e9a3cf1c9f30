// What `-f` reads: files, directories, standard input; their documents as objects with a kind the server knows
// (cli-runtime pkg/resource/visitor.go).

import { FileError, type Files } from '../engine/files.ts'
import { hold } from '../engine/holding.ts'
import { readAll } from '../engine/pipe.ts'
import { matches } from '../engine/shell-pattern.ts'
import type { Task } from '../engine/task.ts'
import { statement, Turns } from '../engine/turns.ts'
import type { KubeObject } from '../kinds/object.ts'
import { isFault, readObjects } from '../manifest/objects.ts'
import type { Context } from './context.ts'
import { CommandError, UnreachableError } from './errors.ts'
import { serverAddress } from './server-address.ts'

/** One document, or why it is none. */
export type Document =
  | { readonly object: KubeObject; readonly source: string }
  | { readonly error: Error; readonly source: string }

export interface ReadOptions {
  readonly recursive: boolean
  /** Whether `apiVersion` and `kind` are looked at before decoding: `ignore` for commands that do not write. */
  readonly validate: 'strict' | 'warn' | 'ignore'
}

const extensions = ['.json', '.yaml', '.yml']

export function* readManifests(
  ctx: Context,
  paths: readonly string[],
  options: ReadOptions,
): Task<Document[]> {
  const documents: Document[] = []
  for (const path of paths) {
    if (path === '-') {
      const text = yield* readAll(ctx.process.stdin)
      documents.push(...(yield* parseManifest(text, 'STDIN', options.validate)))
      continue
    }
    if (/^https?:\/\//.test(path)) {
      // No server of this small world has manifests.
      const { failure = 'EOF', afterMs } = serverAddress(ctx.connection, path)
      throw new UnreachableError('Get', path, failure, afterMs)
    }
    for (const file of expand(ctx, path, options.recursive))
      documents.push(...(yield* parseManifest(readText(ctx, file), file, options.validate)))
  }
  return documents
}

function readText(ctx: Context, path: string): string {
  try {
    return ctx.process.files.read(ctx.file(path))
  } catch (error) {
    if (error instanceof FileError) throw new CommandError(`open ${path}: ${error.reason.toLowerCase()}`)
    throw error
  }
}

function expand(ctx: Context, path: string, recursive: boolean): string[] {
  const { files } = ctx.process
  if (!files.exists(ctx.file(path))) {
    // Go's filepath.Glob.
    const matches = /[*?[]/.test(path) ? glob(ctx, path) : []
    if (matches.length === 0) throw new CommandError(`the path ${JSON.stringify(path)} does not exist`)
    return matches.flatMap(match => expand(ctx, match, recursive))
  }
  if (files.stat(ctx.file(path)).type !== 'directory') return [path]
  const base = path.replace(/\/+$/, '').replace(/^\.\/(?=.)/, '') || path
  const found = walk(ctx, files, base, recursive)
  if (found.length === 0) {
    const list = '[.json .yaml .yml]'
    throw new CommandError(`error reading [${path}]: recognized file extensions are ${list}`)
  }
  return found
}

function glob(ctx: Context, pattern: string): string[] {
  const slash = pattern.lastIndexOf('/')
  const directory = slash < 0 ? '.' : pattern.slice(0, slash) || '/'
  const { files } = ctx.process
  const place = ctx.file(directory)
  if (!files.exists(place) || files.stat(place).type !== 'directory') return []
  return files
    .list(place)
    .filter(name => matches(pattern.slice(slash + 1), name))
    .map(name => (slash < 0 ? name : `${directory}/${name}`))
}

function walk(ctx: Context, files: Files, directory: string, recursive: boolean): string[] {
  return files.list(ctx.file(directory)).flatMap(name => {
    const path = directory === '.' ? name : `${directory}/${name}`
    if (files.stat(ctx.file(path)).type === 'directory') return recursive ? walk(ctx, files, path, true) : []
    return extensions.some(extension => name.endsWith(extension)) ? [path] : []
  })
}

/** Characters that an object takes for each of the text that it is read from. */
export const objectSize = 8

/** It rests between the documents: there may be very many. More of them than there is memory for ends the program. */
export function* parseManifest(
  text: string,
  source: string,
  validate: ReadOptions['validate'],
): Task<Document[]> {
  hold(text.length * objectSize)
  const documents: Document[] = []
  const turns = new Turns()
  for (const item of readObjects(text, source, { validate })) {
    documents.push(isFault(item) ? { error: new CommandError(item.error), source } : { object: item, source })
    turns.spend(3 * statement)
    if (turns.over) yield* turns.rest()
  }
  return documents
}
