// Whose texts these are, and under which license: the file at the root of the project.
import { readFileSync } from 'node:fs'

export const GET = (): Response =>
  new Response(readFileSync('NOTICE', 'utf8'), { headers: { 'content-type': 'text/plain; charset=utf-8' } })
