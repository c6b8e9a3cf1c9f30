// How answers are written.
import type { ServerResponse } from 'node:http'
import { type ApiError, failure } from '../../src/api/errors.ts'
import { stringifyYaml } from '../../src/yaml/stringify.ts'
import { type Format, mediaTypes } from './media.ts'
import { encodeObject } from './protobuf/envelope.ts'

export function json(response: ServerResponse, code: number, body: unknown, isPretty = false): void {
  head(response, code, 'application/json')
  response.end(`${JSON.stringify(body, undefined, isPretty ? 2 : undefined)}\n`)
}

/** An object, a list or a Status in the form that the client wants; JSON for what has no protobuf form. */
export function object(
  response: ServerResponse,
  code: number,
  body: object,
  format: Format,
  isPretty: boolean,
): void {
  if (format === 'protobuf') {
    const bytes = 'kind' in body ? encodeObject(body as Parameters<typeof encodeObject>[0]) : undefined
    if (bytes) {
      head(response, code, mediaTypes.protobuf)
      response.end(bytes)
      return
    }
  } else if (format === 'yaml') {
    head(response, code, mediaTypes.yaml)
    response.end(stringifyYaml(body))
    return
  }
  json(response, code, body, isPretty)
}

export function text(response: ServerResponse, code: number, body: string): void {
  head(response, code, 'text/plain; charset=utf-8')
  response.end(body)
}

export const refuse = (response: ServerResponse, { code, status }: ApiError): void =>
  json(response, code, status)

function head(response: ServerResponse, code: number, type: string): void {
  response.writeHead(code, { 'Cache-Control': 'no-cache, private', 'Content-Type': type })
}

const accepted = Object.values(mediaTypes)
export const notAcceptable = (types: readonly string[] = accepted): ApiError =>
  failure(406, 'NotAcceptable', `only the following media types are accepted: ${types.join(', ')}`)
