// `--raw`: a request to a path as it is, and the answer as it comes (kubectl pkg/rawhttp).
import { readAll } from '../engine/pipe.ts'
import type { Task } from '../engine/task.ts'
import type { Query } from './client.ts'
import type { Context } from './context.ts'
import { CommandError } from './errors.ts'

export function* rawRequest(
  ctx: Context,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  body?: unknown,
): Task<number> {
  const uri = ctx.flags.string('raw')
  if (!uri.startsWith('/'))
    throw new CommandError(
      `--raw must be a valid URL path: parse ${JSON.stringify(uri)}: invalid URI for request`,
    )
  const [path = '', search = ''] = uri.split(/\?(.*)/s)
  const query: Record<string, string> = {}
  for (const part of search.split('&').filter(Boolean)) {
    const [key = '', value = ''] = part.split(/=(.*)/s)
    query[decodeURIComponent(key)] = decodeURIComponent(value)
  }
  if (method === 'GET' && (query.watch === 'true' || query.watch === '1'))
    return yield* stream(ctx, path, query)
  const answer = ctx.client.call({ method, path, query, ...(body !== undefined && { body }) })
  ctx.out(typeof answer === 'string' ? answer : `${JSON.stringify(answer)}\n`)
  return 0
}

/** A watch: one event a line until the server ends it (timeoutSeconds). */
function* stream(ctx: Context, path: string, query: Query): Task<number> {
  const queue = ctx.client.watchPath(path, query)
  try {
    for (let event = yield* queue.next(); event; event = yield* queue.next())
      ctx.out(`${JSON.stringify(event)}\n`)
    return 0
  } finally {
    queue.stop()
  }
}

/** Of create, replace and delete: the body is the one file of -f. */
export function* rawWithFile(ctx: Context, method: 'POST' | 'PUT' | 'DELETE'): Task<number> {
  const { flags } = ctx
  const files = flags.list('filename')
  if (flags.has('edit') && flags.bool('edit')) throw ctx.usageError('--raw and --edit are mutually exclusive')
  if (files.length !== 1) throw ctx.usageError('--raw can only use a single local file or stdin')
  if (/^https?:\/\//.test(files[0]!)) throw ctx.usageError('--raw cannot read from a url')
  if (flags.changed('recursive')) throw ctx.usageError('--raw and --recursive are mutually exclusive')
  if (flags.has('selector') && flags.string('selector'))
    throw ctx.usageError('--raw and --selector (-l) are mutually exclusive')
  if (flags.changed('output')) throw ctx.usageError('--raw and --output are mutually exclusive')
  const [file] = files
  const text = file === '-' ? yield* readAll(ctx.process.stdin) : readFile(ctx, file!)
  return yield* rawRequest(ctx, method, text)
}

function readFile(ctx: Context, path: string): string {
  const { files } = ctx.process
  if (!files.exists(ctx.file(path))) throw new CommandError(`open ${path}: no such file or directory`)
  return files.read(ctx.file(path))
}
