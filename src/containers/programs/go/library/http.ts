// package net/http: the server's side, as programs use it to answer requests. Left out: the client, cookies, files.
import type { HttpRequest, HttpResponse } from '../../../../engine/network.ts'
import { Notifier, type Task, wait } from '../../../../engine/task.ts'
import { httpDate } from '../../../images/http.ts'
import { startUp } from '../../../listening.ts'
import { type Machine, panicText } from '../machine.ts'
import {
  GoErrorValue,
  isThing,
  type Native,
  type Package,
  Panic,
  Pointer,
  pure,
  type Thing,
} from '../values.ts'
import { logLine } from './log.ts'
import { Mux, ServeMux } from './mux.ts'
import { Request } from './request.ts'
import { ResponseWriter } from './response.ts'
import { statuses, statusText } from './statuses.ts'

const routesOf = (machine: Machine): Mux => machine.of('net/http', () => new Mux())

/** Hands a request to a handler: a function, a mux, or a value with ServeHTTP. */
export function* serve(machine: Machine, handler: unknown, writer: ResponseWriter, request: Request): Task {
  const to = handler instanceof Pointer ? handler.to.value : handler
  if (to instanceof ServeMux) {
    const found = to.mux.find(request)
    if (!found) {
      notFound(writer)
      return
    }
    if (found === 'wrong-method') {
      failed(writer, 'Method Not Allowed', 405)
      return
    }
    return yield* serve(machine, found, writer, request)
  }
  if (isThing(to) || typeof to !== 'function') {
    const method = machine.methodOf(handler, 'ServeHTTP')
    yield* machine.call(method ?? handler, [writer, request])
  } else yield* machine.call(handler, [writer, request])
}

function failed(writer: ResponseWriter, text: string, status: number): void {
  writer.header.set('Content-Type', 'text/plain; charset=utf-8')
  writer.header.set('X-Content-Type-Options', 'nosniff')
  writer.begin(status)
  writer.write(`${text}\n`)
}

const notFound = (writer: ResponseWriter): void => failed(writer, '404 page not found', 404)

/** Listens and answers, each request in a goroutine of its own; comes back only with an error. */
function* listenAndServe(machine: Machine, address: string, handler: unknown): Task<unknown> {
  const { process } = machine
  const [, host = '', text = ''] = /^(.*):([^:]*)$/.exec(address || ':http') ?? []
  const port = text === 'http' ? 80 : text === 'https' ? 443 : Number(text)
  if (!address.includes(':') && address)
    return new GoErrorValue(`listen tcp: address ${address}: missing port in address`)
  if (!Number.isInteger(port)) return new GoErrorValue(`listen tcp: lookup tcp/${text}: unknown port`)
  if (port > 65_535) return new GoErrorValue(`listen tcp: address ${port}: invalid port`)
  const main = handler ?? new ServeMux(routesOf(machine))
  yield* startUp(process, 'go')
  const listener = process.network.listen(port, request => answer(machine, main, request), undefined, host)
  if (!listener) return new GoErrorValue(`listen tcp ${host}:${port}: bind: address already in use`)
  machine.listeners.add(listener)
  for (;;) yield* wait(new Notifier())
}

function* answer(machine: Machine, handler: unknown, asked: HttpRequest): Task<HttpResponse | undefined> {
  const writer = new ResponseWriter()
  try {
    yield* serve(machine, handler, writer, new Request(asked))
  } catch (error) {
    if (!(error instanceof Panic)) {
      machine.fail(error)
      return undefined
    }
    const { address, port } = asked.from
    const told = panicText(error).replace(/^panic: /, '')
    logLine(
      machine,
      `http: panic serving ${address}:${port}: ${told}\ngoroutine 35 [running]:\n${error.trace}`,
    )
    return undefined
  }
  return writer.response(httpDate(machine.process.engine.now))
}

const handle: Native = function* (machine, [pattern, handler]) {
  routesOf(machine).add(String(pattern), handler)
  return null
}

class Server implements Thing {
  readonly goType = '*http.Server'
  readonly #fields: Map<string, unknown>
  constructor(fields: ReadonlyMap<string, unknown>) {
    this.#fields = new Map(fields)
  }
  member(name: string): unknown {
    const fields = this.#fields
    if (name === 'ListenAndServe')
      return function* (machine) {
        return yield* listenAndServe(machine, String(fields.get('Addr') ?? ''), fields.get('Handler') ?? null)
      } as Native
    return (
      fields.get(name) ??
      (/^(Addr|Handler|ReadTimeout|WriteTimeout|IdleTimeout)$/.test(name) ? null : undefined)
    )
  }
  setMember(name: string, value: unknown): void {
    this.#fields.set(name, value)
  }
}

const server = (fields: ReadonlyMap<string, unknown>) => new Server(fields)

export const http: Package = {
  values: {
    ...statuses,
    MethodGet: 'GET',
    MethodHead: 'HEAD',
    MethodPost: 'POST',
    MethodPut: 'PUT',
    MethodPatch: 'PATCH',
    MethodDelete: 'DELETE',
    MethodOptions: 'OPTIONS',
    Handle: handle,
    HandleFunc: handle,
    NewServeMux: pure(() => new ServeMux(new Mux())),
    *ListenAndServe(machine: Machine, [address, handler]: readonly unknown[]) {
      return yield* listenAndServe(machine, String(address), handler)
    },
    StatusText: pure(statusText),
    Error: pure((writer, text, status) => {
      failed(writer, text, status)
      return null
    }),
    NotFound: pure(writer => {
      notFound(writer)
      return null
    }),
    NotFoundHandler: pure(() =>
      pure(writer => {
        notFound(writer)
        return null
      }),
    ),
    Redirect: pure((writer: ResponseWriter, request: Request, url: string, status: number) => {
      writer.header.set('Location', url)
      if (request.asked.method === 'GET') writer.header.set('Content-Type', 'text/html; charset=utf-8')
      writer.begin(status)
      if (request.asked.method === 'GET') writer.write(`<a href="${url}">${statusText(status)}</a>.\n\n`)
      return null
    }),
    ErrServerClosed: new GoErrorValue('http: Server closed'),
  },
  types: {
    ResponseWriter: { zero: () => null },
    Request: { zero: () => null },
    Handler: { zero: () => null },
    HandlerFunc: { zero: () => null },
    Header: { zero: () => null },
    ServeMux: { zero: () => new ServeMux(new Mux()), build: () => new ServeMux(new Mux()) },
    Server: { zero: () => server(new Map()), build: server },
  },
}
