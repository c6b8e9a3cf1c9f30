// No input makes the server throw: every answer is an object, a list, a Table, a Status or text.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Engine } from '../engine/engine.ts'
import { servedKinds } from '../kinds/index.ts'
import { type FieldType, structType, type ValueType } from '../kinds/schema.ts'
import { Server } from './server.ts'
import type { ApiRequest, ApiResponse } from './types.ts'

const epoch = 1_795_426_200_000
const object = (kind: string, name: string, namespace?: string, more: object = {}) => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, ...(namespace && { namespace }), uid: `${kind}-${name}`, resourceVersion: '1' },
  ...more,
})

function newServer(): Server {
  const server = new Server({ engine: new Engine({ seed: 1, epoch }) })
  server.seed([
    object('Namespace', 'default', undefined, {
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    }),
    object('ServiceAccount', 'default', 'default'),
  ])
  return server
}

function expectAnswer(request: ApiRequest, { code, body }: ApiResponse): void {
  const told = JSON.stringify(request).slice(0, 2000)
  expect(code, told).toBeGreaterThanOrEqual(200)
  if (typeof body === 'string') return
  expect(typeof body?.kind === 'string' || Array.isArray(body?.paths) || body?.gitVersion, told).toBeTruthy()
  if (code >= 300) expect(body, told).toMatchObject({ kind: 'Status', status: 'Failure', code })
  expect(body.message ?? '', told).not.toMatch(/Internal error occurred: (?:Cannot|.* is not|undefined)/)
  JSON.stringify(body)
}

const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    -1,
    0,
    1.5,
    1e20,
    true,
    [],
    {},
    'web',
    '10%',
    'a b',
    '中',
    '20.1.0.5',
    '100m',
    '__proto__',
  ),
  fc.jsonValue({ maxDepth: 2 }),
)

/** A value that fits the type in most places and not in a few. */
function anyOf(type: ValueType, depth: number): fc.Arbitrary<unknown> {
  const good = (): fc.Arbitrary<unknown> => {
    switch (type.form) {
      case 'struct': {
        if (depth <= 0) return fc.constant({})
        const fields = type.fields.filter(f => f.name !== 'status')
        return fc
          .subarray([...fields], { maxLength: Math.min(6, fields.length) })
          .chain(chosen => recordOf([...new Set([...chosen, ...fields.filter(f => f.required)])], depth))
      }
      case 'list':
        return fc.array(anyOf(type.items, depth - 1), { maxLength: 2 })
      case 'map':
        return fc.dictionary(
          fc.constantFrom('app', 'cpu', 'memory', 'A', 'kubernetes.io/x', '__proto__'),
          anyOf(type.values, depth - 1),
          { maxKeys: 2 },
        )
      case 'bool':
        return fc.boolean()
      case 'int32':
      case 'int64':
        return fc.integer({ min: -2, max: 70000 })
      case 'quantity':
        return fc.constantFrom('1', '100m', '1Gi', '-1', 'x')
      case 'string':
        return 'values' in type && type.values?.length
          ? fc.constantFrom(...type.values)
          : fc.constantFrom('a', 'web', '', 'A_', '/x', 'x'.repeat(70))
      default:
        return fc.constantFrom<unknown>('8080', 80, 'http', '2026-01-01T00:00:00Z', 'YQ==')
    }
  }
  return fc.oneof({ weight: 30, arbitrary: fc.constant(0).chain(good) }, { weight: 1, arbitrary: junk })
}

const recordOf = (fields: readonly FieldType[], depth: number): fc.Arbitrary<unknown> =>
  fc
    .tuple(...fields.map(field => anyOf(field.type, depth - 1)))
    .map(values => Object.fromEntries(fields.map((field, i) => [field.name, values[i]])))

const stored = servedKinds.filter(
  ({ resource }) => resource.verbs.includes('create') && structType(resource.schema),
)

const labelsOf = (metadata: unknown): object | undefined =>
  metadata ? { labels: (metadata as { labels?: unknown }).labels } : undefined

const manifest = fc.constantFrom(...stored).chain(({ resource }) =>
  anyOf(structType(resource.schema)!, 7).map(value => ({
    resource,
    body:
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? {
            ...value,
            apiVersion: resource.group ? `${resource.group}/${resource.version}` : resource.version,
            kind: resource.kind,
            metadata: {
              name: 'a',
              ...('metadata' in value && labelsOf(value.metadata)),
            },
          }
        : value,
  })),
)

const verbs = fc.constantFrom(
  'json',
  'merge',
  'strategic',
  'apply',
  'update',
  'delete',
  'get',
  'table',
  'list',
  'status',
  'scale',
)
const types: Record<string, string> = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
}

describe('the API server', () => {
  test('answers random objects of every kind, and random requests about them, with objects, lists and Statuses', () => {
    fc.assert(
      fc.property(
        manifest,
        fc.array(
          fc.tuple(
            verbs,
            fc.oneof(
              junk,
              manifest.map(m => m.body),
            ),
          ),
          { maxLength: 4 },
        ),
        (made, requests) => {
          const server = newServer()
          const { resource } = made
          const root = resource.group
            ? `/apis/${resource.group}/${resource.version}`
            : `/api/${resource.version}`
          const collection = `${root}${resource.namespaced ? '/namespaces/default' : ''}/${resource.plural}`
          const send = (request: ApiRequest) => expectAnswer(request, server.handle(request))
          send({ method: 'POST', path: collection, body: made.body, query: { fieldValidation: 'Ignore' } })
          for (const [verb, body] of requests) {
            const path = `${collection}/a${verb === 'status' || verb === 'scale' ? `/${verb}` : ''}`
            if (types[verb])
              send({
                method: 'PATCH',
                path,
                contentType: types[verb]!,
                body,
                query: { ...(verb === 'apply' && { fieldManager: 'f', force: 'true' }) },
              })
            else if (verb === 'get') send({ method: 'GET', path })
            else if (verb === 'list')
              send({ method: 'GET', path: collection, query: { labelSelector: String(body) } })
            else if (verb === 'table') send({ method: 'GET', path: collection, accept: 'table' })
            else if (verb === 'delete') send({ method: 'DELETE', path, body })
            else send({ method: 'PUT', path, body: verb === 'update' ? body : made.body })
          }
        },
      ),
      { numRuns: 600, seed: 36 },
    )
  })

  test('answers random paths and queries', () => {
    const part = fc.constantFrom(
      'api',
      'apis',
      'v1',
      'apps',
      'namespaces',
      'default',
      'pods',
      'a',
      'log',
      'exec',
      'status',
      '',
      '%',
      '..',
      '__proto__',
    )
    const query = fc.dictionary(
      fc.constantFrom(
        'limit',
        'continue',
        'fieldSelector',
        'labelSelector',
        'dryRun',
        'fieldValidation',
        'gracePeriodSeconds',
        'tailLines',
      ),
      fc.string({ maxLength: 12 }),
    )
    fc.assert(
      fc.property(
        fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE'),
        fc.array(part, { maxLength: 7 }),
        query,
        junk,
        (method, parts, query, body) => {
          const request = { method, path: `/${parts.join('/')}`, query, body } as ApiRequest
          expectAnswer(request, newServer().handle(request))
        },
      ),
      { numRuns: 1500, seed: 4 },
    )
  })
})
