import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { History } from '../../src/lesson/history.ts'
import { writeHistory } from '../../src/lesson/history-text.ts'
import type { Lesson } from '../../src/lesson/lesson.ts'
import { plainPlay, playLesson, playPlace } from '../../src/lesson/playground.ts'
import { createScript } from '../../src/lesson/script.ts'
import { exampleFiles, lessonOf } from '../examples/sources.ts'
import { applyManifests, freshWorld, livedWorld } from './make-world.ts'
import { encodeObject } from './protobuf/envelope.ts'
import { isRecording, recording, recordingHead, replayed } from './recording.ts'
import { protobufBody } from './requests.ts'

const made = {
  seed: 3,
  epoch: Date.UTC(2026, 0, 1),
  workers: 1,
  outside: false,
  addOns: ['metrics'] as const,
}
const manifests = { 'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n' }
const maps = '/api/v1/namespaces/default/configmaps'

test('a recording of requests leads to the same world', () => {
  const world = freshWorld(made)
  expect(applyManifests(world, manifests)).toBe('configmap/a created\n')
  let text = recordingHead(made, manifests)
  const { api, engine } = world.cluster
  const recorded = recording(api, engine, line => (text += line))
  world.advance(1234)
  recorded.handle({ method: 'POST', path: maps, body: '{"metadata":{"name":"b"}}' })
  const bytes = encodeObject({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' } } as never)!
  recorded.handle({ method: 'POST', path: maps, body: protobufBody(Buffer.from(bytes)) })
  world.advance(500)
  recorded.handle({ method: 'DELETE', path: `${maps}/a` })
  recorded.handle({ method: 'GET', path: maps })
  expect(isRecording(text)).toBe(true)
  expect(text.trimEnd().split('\n').length).toBe(4)
  const again = replayed(text).cluster
  expect(again.engine.now).toBe(engine.now)
  expect(again.api.handle({ method: 'GET', path: maps }).body).toEqual(
    api.handle({ method: 'GET', path: maps }).body,
  )
})

test('a manifest that is refused is named', () => {
  const broken = { 'wrong.yaml': 'apiVersion: v1\nkind: Pot\nmetadata: {name: a}\n' }
  expect(() => applyManifests(freshWorld(made), broken)).toThrow(/^wrong\.yaml: .*no matches for kind "Pot"/s)
})

test('a history of the playground leads to where it was left; what is none, or not of these files, is refused', async () => {
  const play = createScript({
    id: playPlace,
    lesson: playLesson(plainPlay),
    files: {},
    transcript: '',
    version: '1',
  })
  const history = new History(play.header)
  history.add({ at: 2000, type: 'input', terminal: 1, text: 'kubectl create configmap from-page\r' })
  history.elapsed = 10_000
  const { cluster } = await livedWorld(writeHistory(history, {}))
  expect(cluster.api.handle({ method: 'GET', path: `${maps}/from-page` }).code).toBe(200)
  await expect(livedWorld('{}')).rejects.toThrow('this is no history')
  const elsewhere = JSON.stringify([{ ...play.header, lesson: '../../etc/x' }, [], 0, 0, []])
  await expect(livedWorld(elsewhere)).rejects.toThrow('there is no lesson ../../etc/x')
  const changed = JSON.stringify([{ ...play.header, lesson: '03-pod/08-restarts' }, [], 0, 0, []])
  await expect(livedWorld(changed)).rejects.toThrow('the files of 03-pod/08-restarts are others now')
})

test('a history of a lesson leads to where its lab was left: the lesson’s world, its files, what was typed', async () => {
  const id = '04-deployment/04-roll-back'
  const path = 'examples/04-deployment/roll-back.console'
  const lesson = (await lessonOf(path)) as Lesson
  const files = exampleFiles('examples/04-deployment')
  const transcript = readFileSync(path, 'utf8')
  const script = createScript({ id, lesson, files, transcript, version: '1' })
  const history = new History(script.header)
  history.add({ at: 1000, type: 'input', terminal: 1, text: 'kubectl apply -f deployment.yaml\r' })
  history.elapsed = 60_000
  const { cluster } = await livedWorld(writeHistory(history, script.files))
  const { body } = cluster.api.handle({ method: 'GET', path: '/apis/apps/v1/namespaces/default/deployments' })
  expect(body.items).toHaveLength(1)
  const [{ spec, status }] = body.items
  expect(status.readyReplicas).toBe(spec.replicas)
})
