// How answers are written.
import type { ServerResponse } from 'node:http'

export function json(response: ServerResponse, code: number, body: unknown): void {
  response.writeHead(code, { 'Content-Type': 'application/json' })
  response.end(`${JSON.stringify(body)}\n`)
}
