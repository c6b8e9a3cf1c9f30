// http.ResponseWriter: what a handler says becomes the answer.

import { byteLength } from '../../../../engine/bytes.ts'
import type { HttpResponse } from '../../../../engine/network.ts'
import { type Bytes, pure, type Thing, Tuple } from '../values.ts'
import { Header } from './headers.ts'

export class ResponseWriter implements Thing {
  readonly goType = '*http.response'
  readonly header = new Header()
  #status: number | undefined
  /** Headers as they were when the answer began: later changes come too late. */
  #sent: Record<string, string> | undefined
  #body = ''

  begin(status: number): void {
    if (this.#status !== undefined) return
    this.#status = status
    this.#sent = this.header.all
  }

  write(text: string): void {
    this.begin(200)
    this.#body += text
  }

  member(name: string): unknown {
    switch (name) {
      case 'Header':
        return pure(() => this.header)
      case 'WriteHeader':
        return pure((status: number) => {
          this.begin(status)
          return null
        })
      case 'Write':
        return pure((data: Bytes) => {
          this.write(data.text)
          return new Tuple([data.text.length, null])
        })
      default:
        return undefined
    }
  }

  response(date: string): HttpResponse {
    this.begin(200)
    const body = this.#body
    const headers = { ...this.#sent, date, 'content-length': String(byteLength(body)) }
    if (body && !('content-type' in headers)) Object.assign(headers, { 'content-type': sniffed(body) })
    return { status: this.#status!, headers, body }
  }
}

/** http.DetectContentType, for texts. */
const sniffed = (body: string): string =>
  /^\s*<(!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p|!--)[\s>]/i.test(
    body,
  )
    ? 'text/html; charset=utf-8'
    : /^\s*<\?xml/.test(body)
      ? 'text/xml; charset=utf-8'
      : 'text/plain; charset=utf-8'
