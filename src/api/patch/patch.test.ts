import { describe, expect, test } from 'vitest'
import type { PodSpec } from '../../kinds/schema/types.ts'
import { structType } from '../../kinds/schema.ts'
import { pathsOf } from './field-set.ts'
import { jsonPatch } from './json-patch.ts'
import { mergePatch } from './merge.ts'
import { strategicMergePatch } from './strategic.ts'
import { compare, mergeTyped, toFieldSet } from './typed.ts'
import { typedErrors } from './validate-typed.ts'

const podSpec = structType('io.k8s.api.core.v1.PodSpec')!
const strategic = (original: object, patch: object): PodSpec =>
  strategicMergePatch(
    original as Record<string, unknown>,
    structuredClone(patch) as Record<string, unknown>,
    podSpec,
  ) as unknown as PodSpec
const spec = {
  containers: [
    {
      name: 'web',
      image: 'nginx',
      env: [
        { name: 'A', value: '1' },
        { name: 'B', value: '2' },
      ],
    },
    { name: 'side', image: 'busybox' },
  ],
  nodeSelector: { disk: 'ssd' },
}

describe('a strategic merge patch', () => {
  test('merges containers by name and puts new ones first', () => {
    expect(
      strategic(spec, {
        containers: [
          { name: 'web', image: 'nginx:2' },
          { name: 'new', image: 'x' },
        ],
      }).containers,
    ).toEqual([{ ...spec.containers[0], image: 'nginx:2' }, { name: 'new', image: 'x' }, spec.containers[1]])
  })

  test('takes items away with $patch: delete, and replaces lists and maps with $patch: replace', () => {
    expect(
      strategic(spec, { containers: [{ name: 'web', env: [{ name: 'A', $patch: 'delete' }] }] })
        .containers[0]!.env,
    ).toEqual([{ name: 'B', value: '2' }])
    expect(
      strategic(spec, { containers: [{ $patch: 'replace' }, { name: 'x', image: 'y' }] }).containers,
    ).toEqual([{ name: 'x', image: 'y' }])
    expect(strategic(spec, { nodeSelector: { $patch: 'replace', zone: 'a' } }).nodeSelector).toEqual({
      zone: 'a',
    })
  })

  test('keeps to $setElementOrder, with the server’s own items where they stood', () => {
    const patch = {
      '$setElementOrder/containers': [{ name: 'side' }, { name: 'web' }],
      containers: [{ name: 'side', image: 'busybox:2' }],
    }
    expect(
      strategic({ containers: [...spec.containers, { name: 'injected', image: 'i' }] }, patch).containers.map(
        c => c.name,
      ),
    ).toEqual(['side', 'web', 'injected'])
  })

  test('lets new items take the places of deleted ones', () => {
    const patch = {
      '$setElementOrder/containers': [{ name: 'new' }],
      containers: [{ name: 'new' }, { name: 'web', $patch: 'delete' }],
    }
    expect(strategic(spec, patch).containers.map(c => c.name)).toEqual(['side', 'new'])
    expect(strategic(spec, { ...patch, containers: [{ name: 'new' }] }).containers.map(c => c.name)).toEqual([
      'new',
      'web',
      'side',
    ])
  })

  test('removes nulls, retains only $retainKeys and deletes from lists of values', () => {
    expect(strategic(spec, { nodeSelector: null })).toEqual({ containers: spec.containers })
    const volume = { volumes: [{ name: 'v', emptyDir: {} }] }
    expect(
      strategic(volume, {
        volumes: [{ name: 'v', $retainKeys: ['name', 'hostPath'], hostPath: { path: '/x' } }],
      }).volumes,
    ).toEqual([{ name: 'v', hostPath: { path: '/x' } }])
    const meta = structType('io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta')!
    expect(
      strategicMergePatch({ finalizers: ['a', 'b'] }, { '$deleteFromPrimitiveList/finalizers': ['a'] }, meta),
    ).toEqual({ finalizers: ['b'] })
  })

  test('needs the merge key', () => {
    expect(() => strategic(spec, { containers: [{ image: 'nginx:1.26' }] })).toThrow(
      'map: map[image:nginx:1.26] does not contain declared merge key: name',
    )
  })

  test('changes neither the object nor what it does not name', () => {
    const before = JSON.stringify(spec)
    const after = strategic(spec, { containers: [{ name: 'web', image: 'x' }] })
    expect(JSON.stringify(spec)).toBe(before)
    expect(after.nodeSelector).toBe(spec.nodeSelector)
    expect(after.containers[1]).toBe(spec.containers[1])
  })
})

test('a merge patch replaces lists, removes nulls and takes any name', () => {
  expect(mergePatch({ a: [1], b: { c: 1, d: 2 } }, { a: [2], b: { c: null } })).toEqual({
    a: [2],
    b: { d: 2 },
  })
  const patched = mergePatch({}, JSON.parse('{"__proto__": {"x": 1}}')) as object
  expect(JSON.stringify(patched)).toBe('{"__proto__":{"x":1}}')
  expect(({} as { x?: unknown }).x).toBeUndefined()
})

describe('a JSON patch', () => {
  const document = { a: [1, 2, 3], b: { 'c/d': 1 } }
  const cases: [string, object[], unknown][] = [
    [
      'adds before an index and at the end',
      [
        { op: 'add', path: '/a/1', value: 9 },
        { op: 'add', path: '/a/-', value: 8 },
      ],
      { ...document, a: [1, 9, 2, 3, 8] },
    ],
    ['counts from the end', [{ op: 'remove', path: '/a/-1' }], { ...document, a: [1, 2] }],
    ['reads escaped names', [{ op: 'replace', path: '/b/c~1d', value: 2 }], { ...document, b: { 'c/d': 2 } }],
    [
      'moves and copies',
      [
        { op: 'move', from: '/a', path: '/x' },
        { op: 'copy', from: '/x/0', path: '/y' },
      ],
      { b: document.b, x: [1, 2, 3], y: 1 },
    ],
    [
      'adds what it replaces',
      [{ op: 'replace', path: '/b/new', value: 1 }],
      { ...document, b: { 'c/d': 1, new: 1 } },
    ],
  ]
  test.each(cases)('%s', (_, patch, expected) => expect(jsonPatch(document, patch)).toEqual(expected))

  test.each([
    [[{ op: 'remove', path: '/none' }]],
    [[{ op: 'test', path: '/a/0', value: 2 }]],
    [[{ op: 'add', path: '/a/9', value: 1 }]],
    [[{ op: 'add', path: '/x/y', value: 1 }]],
    [[{ op: 'jump', path: '/a' }]],
  ])('is refused in general words: %j', patch => {
    expect(() => jsonPatch(document, patch)).toThrow(
      'the server rejected our request due to an error in our request',
    )
  })
})

describe('fields', () => {
  const deployment = structType('io.k8s.api.apps.v1.Deployment')
  const object = (image: string, ...more: object[]) => ({
    metadata: { labels: { app: 'web' } },
    spec: {
      template: { spec: { containers: [{ name: 'web', image, ports: [{ containerPort: 80 }] }, ...more] } },
    },
  })

  test('are told apart by the keys of lists, defaults included', () => {
    expect(pathsOf(toFieldSet(deployment, object('a')))).toEqual([
      '.metadata.labels.app',
      '.spec.template.spec.containers[name="web"]',
      '.spec.template.spec.containers[name="web"].image',
      '.spec.template.spec.containers[name="web"].name',
      '.spec.template.spec.containers[name="web"].ports[containerPort=80,protocol="TCP"]',
      '.spec.template.spec.containers[name="web"].ports[containerPort=80,protocol="TCP"].containerPort',
    ])
  })

  test('are compared as added, modified and removed', () => {
    const { added, modified, removed } = compare(
      deployment,
      object('a', { name: 'old' }),
      object('b', { name: 'new' }),
    )
    const at = '.spec.template.spec.containers'
    expect([added, modified, removed].map(set => pathsOf(set))).toEqual([
      [`${at}[name="new"]`, `${at}[name="new"].name`],
      [`${at}[name="web"].image`],
      [`${at}[name="old"]`, `${at}[name="old"].name`],
    ])
  })

  test('of an applied configuration are merged into the object, in an order that suits both', () => {
    const merged = mergeTyped(podSpec, spec, {
      containers: [
        { name: 'side', image: 'b2' },
        { name: 'web', image: 'n2' },
      ],
    }) as unknown as PodSpec
    expect(merged.containers.map(c => `${c.name}=${c.image}`)).toEqual(['side=b2', 'web=n2'])
    expect(merged.containers[1]!.env).toBe(spec.containers[0]!.env)
  })

  test('must fit the schema', () => {
    const bad = {
      spec: { replicas: 'two', template: { spec: { containers: [{ name: 'a' }, { name: 'a' }] } }, x: 1 },
    }
    expect(typedErrors(deployment, bad)).toBe(
      'errors:\n  .spec.replicas: expected numeric (int or float), got string\n  .spec.template.spec.containers: duplicate entries for key [name="a"]\n  .spec.x: field not declared in schema',
    )
  })
})
