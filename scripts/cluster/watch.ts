// Watches: a line of JSON, or a frame of protobuf, for each event, as long as the client listens. What several clients
// watch is written once; who does not read is dropped.
import type { ServerResponse } from 'node:http'
import { failure } from '../../src/api/errors.ts'
import type { ApiRequest, WatchEvent } from '../../src/api/types.ts'
import { json, refuse } from './answers.ts'
import { type Format, mediaTypes } from './media.ts'
import { encodeFrame } from './protobuf/envelope.ts'
import type { World } from './world.ts'

/** Bytes that wait for a reader before it is dropped. */
const mostUnread = 4 * 1024 * 1024
const mostWatches = 2000
/** Events whose text is kept: those of one moment reach all watches right after each other. */
const mostKept = 256

export class Watches {
  readonly #world: World
  readonly #written = new Map<string, Uint8Array>()
  #open = 0

  constructor(world: World) {
    this.#world = world
  }

  begin(request: ApiRequest, response: ServerResponse, format: Format): void {
    if (this.#open >= mostWatches) {
      response.setHeader('Retry-After', '1')
      refuse(
        response,
        failure(429, 'TooManyRequests', 'Too many requests, please try again later.', {
          retryAfterSeconds: 1,
        }),
      )
      return
    }
    const query = { ...request.query, watch: 'true' }
    const started = this.#world.api.watch(
      { ...request, query },
      event => {
        response.write(this.#write(event, format, request.accept === 'table'))
        if (response.writableLength > mostUnread) response.destroy()
      },
      () => response.end(),
    )
    if ('code' in started) {
      json(response, started.code, started.body)
      return
    }
    this.#open++
    response.writeHead(200, {
      'Cache-Control': 'no-cache, private',
      'Content-Type': format === 'protobuf' ? `${mediaTypes.protobuf};stream=watch` : mediaTypes.json,
    })
    response.flushHeaders()
    response.on('close', () => {
      this.#open--
      started.stop()
    })
  }

  #write(event: WatchEvent, format: Format, isTable: boolean): Uint8Array {
    const { type, object } = event
    const { uid, resourceVersion } = (object as { metadata: { uid?: string; resourceVersion?: string } })
      .metadata
    // Rows differ from client to client (the first one heads them); what is not stored has no version.
    const key =
      !isTable && uid && resourceVersion && type !== 'BOOKMARK'
        ? `${format} ${type} ${object.apiVersion} ${object.kind} ${uid} ${resourceVersion}`
        : undefined
    const kept = key && this.#written.get(key)
    if (kept) return kept
    const bytes =
      (format === 'protobuf' && encodeFrame(type, object as never)) ||
      Buffer.from(`${JSON.stringify(event)}\n`)
    if (key) {
      this.#written.set(key, bytes)
      if (this.#written.size > mostKept) this.#written.delete(this.#written.keys().next().value!)
    }
    return bytes
  }
}
