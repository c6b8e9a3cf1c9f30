// Watches: a line of JSON for each event, as long as the client listens.
import type { ServerResponse } from 'node:http'
import type { ApiRequest } from '../../src/api/types.ts'
import { json } from './answers.ts'
import type { World } from './world.ts'

export function watch({ api }: World, request: ApiRequest, response: ServerResponse) {
  const query = { ...request.query, watch: 'true' }
  const started = api.watch(
    { ...request, query },
    event => void response.write(`${JSON.stringify(event)}\n`),
    () => response.end(),
  )
  if ('code' in started) return json(response, started.code, started.body)
  response.writeHead(200, { 'Content-Type': 'application/json' })
  response.flushHeaders()
  response.on('close', () => started.stop())
}
