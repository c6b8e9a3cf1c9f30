// What kubectl logs of itself and its requests with `-v` (klog; client-go's transport/round_trippers.go and rest/request.go).
// From 4 on what the server refused, from 6 on a line for each answer, from 7 on one for each request too, from 8 on headers
// and bodies, from 9 on requests as one would type them.

import type { ApiRequest, Status } from '../api/types.ts'
import { byteLength } from '../engine/bytes.ts'
import { formatTime } from '../engine/engine.ts'
import { statusNames } from '../engine/http-statuses.ts'
import { latencies } from '../engine/latencies.ts'
import { Random } from '../engine/random.ts'
import { goQuote } from '../kinds/machinery/quote.ts'
import type { Context } from './context.ts'
import { klogPrefix } from './klog.ts'

/** client-go 0.36, in the order of its names (the real client goes through a map, so in any order). */
const features = {
  AtomicFIFO: true,
  ClientsAllowCARotation: true,
  ClientsAllowCBOR: false,
  ClientsAllowTLSCacheGC: true,
  ClientsPreferCBOR: false,
  InOrderInformers: true,
  InOrderInformersBatchProcess: true,
  InformerResourceVersion: true,
  WatchListClient: true,
}

const agent = 'kubectl/v1.36.3 (linux/amd64) kubernetes/0f29094'
const forms = {
  object: () => 'application/json',
  table: () => tableForms('Table'),
  metadata: () => tableForms('PartialObjectMetadata'),
}
const tableForms = (kind: string): string =>
  `application/json;as=${kind};v=v1;g=meta.k8s.io,application/json;as=${kind};v=v1beta1;g=meta.k8s.io,application/json`

/** Which line of its source sends what; those of POST and PUT were not seen in a log of this version. */
const senders: Readonly<Record<ApiRequest['method'], string>> = {
  GET: 'helper.go:113',
  DELETE: 'helper.go:202',
  POST: 'helper.go:246',
  PATCH: 'helper.go:269',
  PUT: 'helper.go:298',
}

/** How much of a body is logged (rest.truncateBody). */
const bodyLimits: Readonly<Record<number, number>> = { 8: 1024, 9: 10_240 }
/** Go's server tells the length of what it sends in one piece. */
const onePiece = 2048

export interface Answer {
  /** Undefined where there was none. */
  readonly code?: number
  readonly body?: unknown
}

export const requestLog = (ctx: Context, level: number): RequestLog => new RequestLog(ctx, level)

export class RequestLog {
  readonly #ctx: Context
  readonly #level: number
  readonly #random: Random
  /** Virtual ms at which the last line was written: answers come at once here, and a real network takes its time. */
  #at: number
  #begun = false

  constructor(ctx: Context, level: number) {
    this.#ctx = ctx
    this.#level = level
    this.#at = ctx.now
    // A stream of its own: what is logged changes nothing of the world.
    this.#random = new Random(ctx.now).fork(`log of kubectl ${ctx.process.pid}`)
    if (level >= 5) {
      const switched = ctx.process.env.get('KUBECTL_COMMAND_HEADERS')
      const on = switched === 'false' || switched === '0' ? 'off' : 'on'
      this.#line('cmd.go:527', `kubectl command headers turned ${on}`)
    }
  }

  /** Begins a request; what is returned is told the answer. */
  request(request: ApiRequest): (answer: Answer) => void {
    const level = this.#level
    if (level < 6) return () => {}
    this.#begin()
    const { method } = request
    const url = goQuote(this.#ctx.urlOf(request))
    const headers = this.#requestHeaders(request)
    if (level >= 8) this.#body('Request Body', method, request.body)
    if (level >= 9)
      this.#line(
        'round_trippers.go:527',
        `"Request" curlCommand=${block([`curl -v -X${method}  ${headers.map(each => `-H "${each}"`).join(' ')} '${this.#ctx.urlOf(request)}'`])}`,
      )
    else if (level >= 7)
      this.#line('round_trippers.go:527', `"Request" verb="${method}" url=${url} headers=${block(headers)}`)
    return answer => this.#answer(request, url, answer)
  }

  #begin(): void {
    if (this.#begun) return
    this.#begun = true
    for (const { path, exists } of this.#ctx.config.files)
      if (exists) this.#line('loader.go:407', `Config loaded from file:  ${path}`)
    for (const [feature, enabled] of Object.entries(features))
      this.#line('envvar.go:195', `"Feature gate default state" feature="${feature}" enabled=${enabled}`)
  }

  #answer({ method }: ApiRequest, url: string, { code, body }: Answer): void {
    const level = this.#level
    const took = code === undefined ? 0 : Math.round(this.#random.draw(latencies.write))
    this.#at = Math.max(this.#at, this.#ctx.now) + took
    const text = textOf(body)
    const parts = [
      ...(level === 7 || level === 8 ? [] : [`verb="${method}"`, `url=${url}`]),
      `status="${code === undefined ? '' : `${code} ${statusNames[code] ?? ''}`.trimEnd()}"`,
      ...(level >= 8 && code !== undefined ? [`headers=${block(this.#answerHeaders(body, text))}`] : []),
      `milliseconds=${took}`,
      ...(level >= 9 && code !== undefined
        ? [
            `dnsLookupMilliseconds=0 dialMilliseconds=0 tlsHandshakeMilliseconds=0 serverProcessingMilliseconds=${took}`,
          ]
        : []),
    ]
    this.#line('round_trippers.go:632', `"Response" ${parts.join(' ')}`)
    if (level >= 8 && body !== undefined) this.#body('Response Body', method, body)
  }

  /** What a command ends with (cmdutil.StandardErrorMessage): the Status, in the words of a format that is not filled in. */
  failed(status: Status): void {
    if (status.reason !== 'Invalid')
      this.#line('helpers.go:246', `server response object: %s[${JSON.stringify(status, undefined, 2)}]`)
  }

  #requestHeaders({ accept = 'object', method, contentType, body, path }: ApiRequest): string[] {
    const form =
      path.startsWith('/api/') || path.startsWith('/apis/') ? forms[accept]() : 'application/json, */*'
    const type = contentType ?? (method === 'GET' || body === undefined ? undefined : 'application/json')
    return [`Accept: ${form}`, ...(type ? [`Content-Type: ${type}`] : []), `User-Agent: ${agent}`]
  }

  #answerHeaders(body: unknown, text: string): string[] {
    const length = byteLength(text)
    return [
      `Audit-Id: ${this.#random.uuid()}`,
      'Cache-Control: no-cache, private',
      ...(body !== undefined && length <= onePiece ? [`Content-Length: ${length}`] : []),
      ...(body === undefined
        ? []
        : [`Content-Type: ${typeof body === 'string' ? 'text/plain' : 'application/json'}`]),
      `Date: ${httpDate(this.#at)}`,
      ...this.#flowControl(),
    ]
  }

  /** Which schema of API priority and fairness let it through: what nobody else claims. */
  #flowControl(): string[] {
    return (
      [
        ['Flowschema', 'flowschemas'],
        ['Prioritylevel', 'prioritylevelconfigurations'],
      ] as const
    ).flatMap(([title, plural]) => {
      const path = `/apis/flowcontrol.apiserver.k8s.io/v1/${plural}/global-default`
      const { code, body } = this.#ctx.connection.api.handle({ method: 'GET', path, looks: true })
      return code === 200 ? [`X-Kubernetes-Pf-${title}-Uid: ${body.metadata.uid}`] : []
    })
  }

  #body(title: string, method: ApiRequest['method'], body: unknown): void {
    const text = textOf(body)
    const limit = bodyLimits[this.#level] ?? Number.POSITIVE_INFINITY
    const shown =
      text.length > limit ? `${text.slice(0, limit)} [truncated ${text.length - limit} chars]` : text
    const value = shown.includes('\n') ? block(shown.replace(/\n$/, '').split('\n')) : goQuote(shown)
    this.#line(senders[method], `"${title}" body=${value}`)
  }

  #line(place: string, text: string): void {
    this.#at = Math.max(this.#at, this.#ctx.now) + 0.01
    this.#ctx.err(`${klogPrefix(this.#ctx, 'I', this.#at - this.#ctx.now)} ${place}] ${text}\n`)
  }
}

/** A value of several lines, as klog writes it. */
const block = (lines: readonly string[]): string => `<\n${lines.map(line => `\t${line}\n`).join('')} >`

const weekdays = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `Mon, 23 Nov 2026 09:30:00 GMT`. */
function httpDate(ms: number): string {
  const time = formatTime(ms)
  const month = months[Number(time.slice(5, 7)) - 1]
  const day = weekdays[Math.floor(ms / 86_400_000) % 7]
  return `${day}, ${time.slice(8, 10)} ${month} ${time.slice(0, 4)} ${time.slice(11, 19)} GMT`
}

/** As it travels: what encodes objects ends them with a line feed. */
function textOf(body: unknown): string {
  if (body === undefined) return ''
  return typeof body === 'string' ? body : `${JSON.stringify(body)}\n`
}
