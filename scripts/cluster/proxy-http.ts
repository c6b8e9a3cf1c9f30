// HTTP between a client and a server of the world, whose bodies are text (src/engine/bytes.ts).
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import { toBytes } from '../../src/engine/bytes.ts'
import { heldAtMost } from '../../src/engine/holding.ts'
import type { HttpResponse } from '../../src/engine/network.ts'

/** A body has more bytes than a program of the world can hold. */
export class TooLong extends Error {}

/** All of a request's body; rejects where it is too long or breaks off. */
export async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of message) {
    length += (chunk as Buffer).length
    if (length > heldAtMost) throw new TooLong()
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks)
}

/** Headers of the connection, which is another one here. */
const ofConnection = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'upgrade'])

/** Writes what a server of the world has answered, byte for byte. */
export function writeResponse(response: ServerResponse, answer: HttpResponse): void {
  if (response.headersSent || response.destroyed) return
  const { status, headers } = answer
  const body = toBytes(answer.body)
  response.sendDate = false
  response.statusCode = status
  response.statusMessage = STATUS_CODES[status] ?? ''
  for (const [name, value] of Object.entries(headers))
    if (!ofConnection.has(name.toLowerCase()) && isToken(name))
      response.setHeader(capitalised(name), headerText(value))
  if (headers.connection === 'close') response.setHeader('Connection', 'close')
  const isEmpty = status === 204 || status === 304
  const asked = response.req.method
  if (!isEmpty)
    response.setHeader('Content-Length', (asked === 'HEAD' && headers['content-length']) || body.length)
  response.end(isEmpty || asked === 'HEAD' ? undefined : body)
}

const isToken = (name: string): boolean => /^[!#$%&'*+.^`|~\w-]+$/.test(name)

/** `Content-Type`, as servers write the name of a header. */
const capitalised = (name: string): string => name.replace(/(^|-)[a-z]/g, letter => letter.toUpperCase())

/** A header's bytes as Node takes them: one character each, and none that would end the line. */
const headerText = (value: string): string =>
  Buffer.from(toBytes(value))
    .toString('latin1')
    .replace(/[\0-\x08\x0a-\x1f\x7f]/g, ' ')

/** Header names in lower case, several of a name in one; without those of the connection. */
export const headersOf = (message: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(message.headers)
      .filter(([name]) => !ofConnection.has(name))
      .map(([name, value]) => [name, String(value)]),
  )
