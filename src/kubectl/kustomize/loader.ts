// Files as seen from one kustomization's directory: nothing outside of it may be read unless
// that is asked for, and no directory may include itself (kustomize api/internal/loader).
import { resolvePath } from '../../engine/files.ts'
import type { Context } from '../context.ts'
import { CommandError } from '../errors.ts'

/** What `kubectl kustomize` can be told; `-k` is told nothing. */
export interface BuildOptions {
  /** Files outside of a kustomization's directory may be read. */
  readonly isUnrestricted?: boolean
  /** The program that inflates charts; absent: charts are refused. */
  readonly helm?: string
  /** Generators and transformers of others are looked for. */
  readonly hasPlugins?: boolean
}

export class Loader {
  readonly root: string
  readonly ctx: Context
  readonly options: BuildOptions
  readonly #above: Loader | undefined

  private constructor(ctx: Context, root: string, options: BuildOptions, above?: Loader) {
    this.ctx = ctx
    this.root = root
    this.options = options
    this.#above = above
  }

  /** Of the directory that the command line names. */
  static top(ctx: Context, path: string, options: BuildOptions): Loader {
    return new Loader(ctx, directory(ctx, path, ctx.file(path)), options)
  }

  /** Of a directory that a kustomization names. */
  below(path: string): Loader {
    if (!path) throw new CommandError('new root cannot be empty')
    const root = resolvePath(this.root, path)
    const found = directory(this.ctx, root, root)
    for (let above: Loader | undefined = this; above; above = above.#above)
      if (above.root === found || above.root.startsWith(`${found.replace(/\/$/, '')}/`))
        throw new CommandError(
          `cycle detected: candidate root '${found}' contains visited root '${above.root}'`,
        )
    return new Loader(this.ctx, found, this.options, this)
  }

  exists(path: string): boolean {
    const { files } = this.ctx.process
    const full = resolvePath(this.root, path)
    return files.exists(full) && files.stat(full).type === 'file'
  }

  read(path: string): string {
    const { files } = this.ctx.process
    const full = resolvePath(this.root, path)
    demand(this.ctx, full, full)
    if (files.stat(full).type === 'directory') throw new CommandError(`'${full}' must resolve to a file`)
    if (!this.options.isUnrestricted && !full.startsWith(`${this.root.replace(/\/$/, '')}/`))
      throw new CommandError(`security; file '${full}' is not in or below '${this.root}'`)
    return files.read(full)
  }
}

/** `shown`: the path as it was given. */
function directory(ctx: Context, shown: string, full: string): string {
  try {
    demand(ctx, shown, full)
  } catch (error) {
    throw new CommandError(`must build at directory: not a valid directory: ${(error as Error).message}`)
  }
  if (ctx.process.files.stat(full).type !== 'directory')
    throw new CommandError(`must build at directory: '${shown}': file is not directory`)
  return full
}

function demand(ctx: Context, shown: string, full: string): void {
  const { files } = ctx.process
  if (files.exists(full)) return
  const parts = full.split('/')
  let n = 2
  while (n < parts.length && files.exists(parts.slice(0, n).join('/'))) n++
  const missing = parts.slice(0, n).join('/')
  throw new CommandError(`evalsymlink failure on '${shown}' : lstat ${missing}: no such file or directory`)
}

/** Does it, and puts words before what goes wrong. */
export function prefixed<T>(prefix: string, act: () => T): T {
  try {
    return act()
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    throw new CommandError(`${prefix}: ${error.message}`)
  }
}
