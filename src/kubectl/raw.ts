// `--raw`: a request to a path as it is, and the answer as it comes (kubectl pkg/rawhttp).
import { isProxyPath } from '../api/proxied.ts'
import type { ApiRequest, Status } from '../api/types.ts'
import type { HttpResponse } from '../engine/network.ts'
import { readAll } from '../engine/pipe.ts'
import type { Task } from '../engine/task.ts'
import { goQuote } from '../kinds/machinery/quote.ts'
import { readJson } from '../yaml/json.ts'
import type { Query } from './client.ts'
import type { Context } from './context.ts'
import { CommandError, StatusError } from './errors.ts'

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
  const request = { method, path, query, ...(body !== undefined && { body }) }
  if (isProxyPath(path)) return yield* throughProxy(ctx, request)
  const answer = ctx.client.call(request)
  ctx.out(typeof answer === 'string' ? answer : `${JSON.stringify(answer)}\n`)
  return 0
}

/** What a pod, a service or a node answers by way of the API server; a redirection to `…/proxy/` is followed. */
function* throughProxy(ctx: Context, request: ApiRequest): Task<number> {
  let answer = yield* ctx.client.proxied(request)
  const { location } = answer.headers
  if (answer.status === 301 && location !== undefined)
    answer = yield* ctx.client.proxied({ ...request, path: location.split('?')[0]! })
  if (answer.status >= 400) throw new StatusError(statusOf(answer))
  ctx.out(answer.body)
  return 0
}

/** client-go's errors.NewGenericServerResponse: what a status code says where the body is no Status. */
function statusOf({ status: code, headers, body }: HttpResponse): Status {
  if (headers['content-type']?.startsWith('application/json') && body.includes('"Status"')) {
    const { value } = readJson(body, 0) ?? {}
    if ((value as { kind?: unknown } | undefined)?.kind === 'Status') return value as unknown as Status
  }
  const [reason, words] = generic[code] ?? (code >= 500 ? ['InternalError', ''] : ['', ''])
  const told =
    code === 403
      ? body.trim()
      : code >= 500
        ? `an error on the server (${goQuote(body.trim() || 'unknown')}) has prevented the request from succeeding`
        : `the server responded with the status code ${code} but did not return more details`
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    code,
    reason,
    message: words || told,
  }
}

const generic: Readonly<Record<number, readonly [reason: string, words: string]>> = {
  401: ['Unauthorized', 'the server has asked for the client to provide credentials'],
  403: ['Forbidden', ''],
  404: ['NotFound', 'the server could not find the requested resource'],
  405: ['MethodNotAllowed', 'the server does not allow this method on the requested resource'],
  503: ['ServiceUnavailable', 'the server is currently unable to handle the request'],
  504: [
    'Timeout',
    'the server was unable to return a response in the time allotted, but may still be processing the request',
  ],
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
