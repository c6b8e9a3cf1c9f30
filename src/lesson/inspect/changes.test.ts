import { expect, test } from 'vitest'
import { webOf } from '../../../tests/web-deployment.ts'
import { Life } from '../life.ts'
import { createScript } from '../script.ts'
import { changedFields, changedLines, shownObject, writesOf } from './changes.ts'
import { linesOf } from './lines.ts'
import { ownerOf } from './owners.ts'

const manifest = webOf("{name: web, image: 'leigg/hellok8s:v1', ports: [{containerPort: 3000}]}")
const script = createScript({
  id: '01-a/01-b',
  lesson: { transcript: 'web.console', exercises: [] },
  files: { 'web.yaml': manifest },
  transcript: '## step: none\n$ true\n',
  version: '1',
})
const type = (life: Life, text: string, seconds: number) => {
  for (const _ of life.perform({ at: Math.ceil(life.elapsed), type: 'input', terminal: 1, text }));
  life.advance(seconds * 1000)
}
const live = () => {
  const life = new Life(script)
  type(life, 'kubectl apply -f web.yaml', 10)
  return life
}
const at = (life: Life, moment: number) => {
  const stored = life.world.cluster.api.stored('deployments.apps', 'default/web')
  const found = life.journal.versionAt('deployments.apps', 'default/web', moment, stored)
  return found && shownObject(found)
}
const signed = (life: Life, from: number, to: number) =>
  changedLines(at(life, from), at(life, to))
    .filter(each => each.sign !== ' ')
    .map(({ sign, text, owner }) => `${sign} ${text.trim()} ${owner ?? ''}`.trim())

test('an object is told in the lines that kubectl prints', () => {
  const life = live()
  const printed = life.world.run('kubectl get deployment web -o yaml').stdout
  const object = at(life, life.elapsed)!
  const own = linesOf(object).map(each => each.text)
  expect(own).toEqual(
    printed
      .trimEnd()
      .split('\n')
      .filter(line => !line.startsWith('  resourceVersion:')),
  )
})

test('what a command changed, and who changed it afterwards, by field owner', () => {
  const life = live()
  const from = life.elapsed
  type(life, 'kubectl set image deployment/web web=leigg/hellok8s:v2', 10)
  const changes = signed(life, from, life.elapsed)
  expect(changes).toContain('- - image: leigg/hellok8s:v1 you')
  expect(changes).toContain('+ - image: leigg/hellok8s:v2 you')
  expect(changes).toContain('+ deployment.kubernetes.io/revision: "2" controller')
  expect(changes.some(each => each.includes('replicas: 2'))).toBe(false)
  const writes = writesOf(life.journal.versions('deployments.apps', 'default/web'), from, life.elapsed)
  expect(writes[0]).toMatchObject({
    type: 'MODIFIED',
    manager: 'kubectl-set',
    fields: ['spec.template.spec.containers.web.image: leigg/hellok8s:v1 → leigg/hellok8s:v2'],
  })
  expect(writes.slice(1).map(each => each.manager)).toContain('kube-controller-manager')
  expect(writes.slice(1).every(each => each.manager === 'kube-controller-manager')).toBe(true)
})

test('a default belongs to nobody: what the last apply did not send', () => {
  const life = live()
  const lines = changedLines(undefined, at(life, life.elapsed))
  const owner = (text: string) => lines.find(each => each.text.trim().startsWith(text))?.owner
  expect(owner('replicas: 2')).toBe('you')
  expect(owner('- containerPort: 3000')).toBe('you')
  expect(owner('revisionHistoryLimit:')).toBe('default')
  expect(owner('protocol: TCP')).toBe('default')
  expect(owner('readyReplicas:')).toBe('controller')
  expect(owner('uid:')).toBeUndefined()
  expect(['kubelet', 'kube-scheduler', 'kubectl-edit', 'helm'].map(ownerOf)).toEqual([
    'node',
    'controller',
    'you',
    'you',
  ])
})

test('a moment before an object was there, and one after it was gone, show none', () => {
  const life = live()
  expect(at(life, 0)).toBeUndefined()
  const there = life.elapsed
  type(life, 'kubectl delete deployment web', 20)
  expect(at(life, life.elapsed)).toBeUndefined()
  expect(at(life, there)?.metadata.name).toBe('web')
  expect(signed(life, there, life.elapsed).every(each => each.startsWith('-'))).toBe(true)
})

test('fields that differ are told by the names of their items, without times and counters', () => {
  const pod = (image: string, more: object) =>
    ({
      metadata: { name: 'a', resourceVersion: image },
      spec: { containers: [{ name: 'x', image }, more] },
    }) as never
  expect(changedFields(pod('1', { name: 'y' }), pod('2', { name: 'z' }))).toEqual([
    'spec.containers.x.image: 1 → 2',
    'spec.containers.y: {"name":"y"} → ∅',
    'spec.containers.z: ∅ → {"name":"z"}',
  ])
})
