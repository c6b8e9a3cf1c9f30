import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { columnsOf } from './columns.ts'
import { findByWord, findKind, inCategory, servedKinds } from './index.ts'
import { resources } from './resources.ts'
import { schemaNames, structType } from './schema.ts'

const cluster = join(import.meta.dirname, '../../tests/reference/cluster')
const read = (path: string) => JSON.parse(readFileSync(join(cluster, path), 'utf8')) as unknown

/** What is compared of a discovery document. */
interface Discovered {
  readonly groupVersion: string
  readonly resources: readonly {
    readonly name: string
    readonly kind: string
    readonly singularName: string
    readonly verbs: readonly string[]
    readonly shortNames?: readonly string[]
    readonly categories?: readonly string[]
  }[]
}

describe('the kinds', () => {
  it('are those of the recorded discovery documents, with their names, verbs and subresources', () => {
    const recorded = readdirSync(join(cluster, 'discovery')).flatMap(file => {
      const { groupVersion, resources: list } = read(`discovery/${file}`) as Discovered
      return list.map(
        r =>
          `${groupVersion} ${r.name} ${r.kind} ${r.singularName} ${r.verbs} ${r.shortNames ?? ''} ${r.categories ?? ''}`,
      )
    })
    const ours = resources.flatMap(r => {
      const groupVersion = r.group ? `${r.group}/${r.version}` : r.version
      return [
        `${groupVersion} ${r.plural} ${r.kind} ${r.singular} ${r.verbs} ${r.shortNames} ${r.categories}`,
        ...r.subresources.map(s => `${groupVersion} ${r.plural}/${s.name} ${s.kind}  ${s.verbs}  `),
      ]
    })
    expect(ours.sort()).toEqual(recorded.sort())
  })

  it('have the recorded columns', () => {
    const recorded = read('columns.json') as Record<string, { description: string }[]>
    for (const { resource } of servedKinds) {
      const name = `${resource.plural}.${resource.group ? `${resource.group}/` : ''}${resource.version}`
      const expected = recorded[name]?.map(({ description: _, ...column }) => column)
      if (expected) expect([name, columnsOf(resource)]).toEqual([name, expected])
    }
  })

  it('are found by what a person types, core first', () => {
    const resource = (word: string) => findByWord(word)?.resource
    expect(
      ['po', 'pod', 'Pods', 'deploy', 'deployments.apps', 'deployments.v1.apps', 'ev', 'crd', 'nothing'].map(
        word => resource(word)?.plural,
      ),
    ).toEqual([
      'pods',
      'pods',
      'pods',
      'deployments',
      'deployments',
      'deployments',
      'events',
      'customresourcedefinitions',
      undefined,
    ])
    expect(resource('ev')?.group).toBe('')
    expect(inCategory('all').map(served => served.resource.plural)).toEqual([
      'pods',
      'replicationcontrollers',
      'services',
      'daemonsets',
      'deployments',
      'replicasets',
      'statefulsets',
      'horizontalpodautoscalers',
      'cronjobs',
      'jobs',
    ])
  })

  it('keep events of both groups in one version', () => {
    const served = findKind('events.k8s.io', 'v1', 'Event')!
    expect(served.kind).toBe(findKind('', 'v1', 'Event')!.kind)
    const stored = {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: 'e' },
      message: 'm',
      involvedObject: { name: 'a' },
    }
    const shown = served.conversion!.fromStored(stored)
    expect(shown).toMatchObject({ apiVersion: 'events.k8s.io/v1', note: 'm', regarding: { name: 'a' } })
    expect(served.conversion!.toStored(shown)).toEqual(stored)
  })
})

it('every type of the tables can be read, and every field has a type', () => {
  const broken = schemaNames().flatMap(name =>
    (structType(name)?.fields ?? []).filter(field => !field.type).map(field => `${name}.${field.name}`),
  )
  expect(broken).toEqual([])
  expect(
    structType('io.k8s.api.core.v1.ContainerPort')!.fields.map(field => [
      field.name,
      field.type.form,
      field.default,
    ]),
  ).toEqual([
    ['name', 'string', undefined],
    ['hostPort', 'int32', undefined],
    ['containerPort', 'int32', undefined],
    ['protocol', 'string', 'TCP'],
    ['hostIP', 'string', undefined],
  ])
})
