// What is proposed in a cluster: with its objects, the reader's files and the kinds that definitions add.
import { expect, test } from 'vitest'
import { World } from './world.ts'
import { completeIn, type Draft, describeIn } from './writing.ts'

const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  COLOUR: red\n'
const crontab = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: crontabs.stable.example.com
spec:
  group: stable.example.com
  scope: Namespaced
  names: { plural: crontabs, singular: crontab, kind: CronTab }
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              required: [cronSpec]
              properties:
                cronSpec: { type: string, description: When it runs. As cron has it. }
                policy: { type: string, enum: [Allow, Forbid] }
                places: { type: array, items: { type: object, properties: { room: { type: string } } } }
`

function world(): World {
  const made = new World({
    seed: 1,
    files: { 'settings.yaml': settings, 'crd.yaml': crontab, 'note.txt': 'x' },
  })
  const run = (line: string) => {
    made.terminal(1).input(line)
    made.advance(20_000)
  }
  run('kubectl create configmap kept --from-literal=SIZE=3')
  run('kubectl apply -f crd.yaml')
  return made
}

const draft = (marked: string, others: Draft['others'] = {}): Draft => ({
  text: marked.replace('‸', ''),
  offset: marked.indexOf('‸'),
  file: 'pod.yaml',
  others,
})

test('names from the cluster, from saved files and from what is open and not saved', () => {
  const it = world()
  const pod =
    'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - envFrom:\n    - configMapRef:\n        name: ‸'
  const others = { 'new.yaml': settings.replace('settings', 'drafted') }
  const found = completeIn(it, draft(pod, others))!.candidates
  expect(found.map(each => [each.label, each.origin])).toEqual([
    ['settings', 'settings.yaml'],
    ['drafted', 'new.yaml'],
    ['kept', ''],
    ['kube-root-ca.crt', ''],
  ])
  // The draft of a file stands for the file.
  const changed = completeIn(it, draft(pod, { 'settings.yaml': '' }))!.candidates
  expect(changed.map(each => each.label)).not.toContain('settings')
})

test('kinds of definitions: their pair, their keys, enums and descriptions; also of a definition in the same text', () => {
  const it = world()
  const labels = (marked: string) => completeIn(it, draft(marked))?.candidates.map(each => each.label)
  expect(labels('apiVersion: stable.example.com/v1\nkind: ‸')).toEqual(['CronTab'])
  const head = 'apiVersion: stable.example.com/v1\nkind: CronTab\nmetadata:\n  name: a\n'
  expect(labels(`${head}‸`)).toEqual(['spec'])
  expect(completeIn(it, draft(`${head}spec:\n  ‸`))!.candidates[0]).toEqual({
    label: 'cronSpec',
    insert: 'cronSpec: ',
    sort: 'key',
    type: 'string',
    required: true,
    text: 'When it runs.',
  })
  expect(labels(`${head}spec:\n  policy: ‸`)).toEqual(['Allow', 'Forbid'])
  expect(labels(`${head}spec:\n  places:\n    - ‸`)).toEqual(['room'])
  expect(labels('apiVersion: stable.example.com/v1\nkind: CronTab\nmetadata:\n  ‸')).toContain('labels')
  expect(describeIn(it, draft(`${head}spec:\n  cron‸Spec: x`))).toMatchObject({
    field: 'crontab.spec.cronSpec',
    required: true,
    text: 'When it runs. As cron has it.',
  })
  const text = crontab.replaceAll('CronTab', 'Bell').replaceAll('crontab', 'bell')
  expect(labels(`${text}---\napiVersion: stable.example.com/v1\nkind: Bell\nspec:\n  ‸`)).toContain(
    'cronSpec',
  )
})

test('a definition has keys too, though the tables leave its type out', () => {
  const it = world()
  const head = 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec:\n'
  const found = completeIn(
    it,
    draft(`${head}  versions:\n    - schema:\n        openAPIV3Schema:\n          ‸`),
  )!
  expect(found.candidates.map(each => each.label)).toContain('properties')
  expect(completeIn(it, draft(`${head}  ‸`))!.candidates[0]).toMatchObject({ required: true })
})

test('what kubectl explain says of a field, and images of the registry', () => {
  const it = world()
  const about = describeIn(it, draft('apiVersion: apps/v1\nkind: Deployment\nspec:\n  repl‸icas: 2'))!
  expect(about.field).toBe('deployment.spec.replicas')
  let printed = ''
  const terminal = it.terminal(1)
  terminal.onOutput = text => {
    printed += text
  }
  terminal.input(`kubectl explain ${about.field}`)
  it.advance(5_000)
  expect(printed.replace(/\s+/g, ' ')).toContain(about.text.replace(/\s+/g, ' '))
  const images = completeIn(it, draft('apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: ‸'))!
  expect(images.candidates.map(each => each.label)).toContain('nginx')
})

test('a text that is too long is not looked through', () => {
  const it = world()
  expect(completeIn(it, draft(`${'# x\n'.repeat(70_000)}‸`))).toBeUndefined()
})
