// What components write as decoding would (`decoded`), the server does not decode again: so decoding it must change nothing.
// Looked for in transcripts whose pods come, fail, end and are refused in many ways; `npm run soak` takes all of them.
import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { exampleFiles, lessonOf } from '../scripts/examples/sources.ts'
import { Server } from '../src/api/server.ts'
import { decode } from '../src/kinds/machinery/decode.ts'
import type { AnyObject } from '../src/kinds/object.ts'
import { resources } from '../src/kinds/resources.ts'
import { lessonWorld } from '../src/lesson/lesson.ts'
import { play } from '../src/lesson/player.ts'
import { parseTranscript } from '../src/lesson/transcript.ts'
import { whole } from './sample.ts'

const root = join(import.meta.dirname, '..')
const pattern = whole
  ? '**/*'
  : '{03-pod/{init,resources,sidecar},04-deployment/strategy,06-job/failure,09-namespace/quota}'
const schemas = new Map(
  resources.map(({ group, version, kind, schema }) => [
    `${group ? `${group}/` : ''}${version} ${kind}`,
    schema,
  ]),
)

/** What a write brings: of a status, what else it has is the stored object's. */
const brought = (method: string, body: AnyObject): string =>
  JSON.stringify(method === 'PUT' ? body.status : body)

test('what components leave to the server as decoded is as decoding gives it', async () => {
  const sorts = new Set<string>()
  const different = new Set<string>()
  const { handle } = Server.prototype
  const spy = vi.spyOn(Server.prototype, 'handle').mockImplementation(function (this: Server, request) {
    if (request.decoded) {
      const { method } = request
      const body = request.body as AnyObject
      const { object } = decode(schemas.get(`${body.apiVersion} ${body.kind}`)!, body)
      sorts.add(`${method} ${body.kind}`)
      if (brought(method, body) !== brought(method, object))
        different.add(`${brought(method, body)} becomes ${brought(method, object)}`)
    }
    return handle.call(this, request)
  })
  for (const path of globSync(`examples/${pattern}.console`, { cwd: root })) {
    const { steps } = parseTranscript(readFileSync(join(root, path), 'utf8'), path)
    const world = lessonWorld(await lessonOf(path), exampleFiles(dirname(path)))
    play(
      world,
      steps.flatMap(step => step.commands),
    )
  }
  spy.mockRestore()
  expect([...different]).toEqual([])
  expect([...sorts].sort()).toEqual(['POST Event', 'POST Pod', 'PUT Deployment', 'PUT Pod', 'PUT ReplicaSet'])
})
