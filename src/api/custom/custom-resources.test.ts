import { expect, test } from 'vitest'
import { Engine } from '../../engine/engine.ts'
import { Server } from '../server.ts'
import type { ApiRequest } from '../types.ts'

const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.example.com' },
  spec: {
    group: 'example.com',
    scope: 'Namespaced',
    names: { plural: 'widgets', singular: 'widget', kind: 'Widget', shortNames: ['wd'] },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        subresources: {
          status: {},
          scale: { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas' },
        },
        additionalPrinterColumns: [{ name: 'Replicas', type: 'integer', jsonPath: '.spec.replicas' }],
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              spec: {
                type: 'object',
                required: ['color'],
                properties: {
                  color: { type: 'string', enum: ['red', 'blue'] },
                  replicas: { type: 'integer', minimum: 1, default: 2 },
                },
              },
              status: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
            },
          },
        },
      },
    ],
  },
}

test('a definition’s objects are served, pruned, defaulted, validated, printed and scaled', () => {
  const engine = new Engine({ seed: 1, epoch: 1_795_426_200_000 })
  const server = new Server({ engine })
  server.seed([
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'default', resourceVersion: '1' },
      status: { phase: 'Active' },
    },
  ])
  const send = (method: ApiRequest['method'], path: string, more: Partial<ApiRequest> = {}) =>
    server.handle({ method, path, ...more })
  const widgets = '/apis/example.com/v1/namespaces/default/widgets'
  const widget = (spec: object) => ({
    apiVersion: 'example.com/v1',
    kind: 'Widget',
    metadata: { name: 'w' },
    spec,
  })

  expect(send('GET', widgets).code).toBe(404)
  expect(
    send('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', { body: definition }).code,
  ).toBe(201)
  engine.advance(100)
  const stored = send(
    'GET',
    '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.example.com',
  ).body
  expect(stored.status.conditions.map((c: { type: string }) => c.type)).toEqual([
    'NamesAccepted',
    'Established',
  ])

  expect(send('POST', widgets, { body: widget({ replicas: 0 }) }).body.message).toBe(
    'Widget.example.com "w" is invalid: [spec.color: Required value, spec.replicas: Invalid value: 0: spec.replicas in body should be greater than or equal to 1]',
  )
  expect(send('POST', widgets, { body: widget({ color: 'green', replicas: 'two' }) }).body.message).toBe(
    'Widget.example.com "w" is invalid: [spec.color: Unsupported value: "green": supported values: "red", "blue", spec.replicas: Invalid value: "string": spec.replicas in body must be of type integer: "string"]',
  )
  expect(
    send('POST', widgets, { body: widget({ color: 'red', colour: 1 }), query: { fieldValidation: 'Strict' } })
      .body.message,
  ).toBe(
    'Widget in version "v1" cannot be handled as a Widget: strict decoding error: unknown field "spec.colour"',
  )
  const made = send('POST', widgets, { body: widget({ color: 'red', colour: 1 }) })
  expect(made).toMatchObject({ code: 201, warnings: ['unknown field "spec.colour"'] })
  expect(made.body.spec).toEqual({ color: 'red', replicas: 2 })

  const patch = { contentType: 'application/merge-patch+json', body: { spec: { replicas: 3 } } }
  expect(send('PATCH', `${widgets}/w/scale`, patch).body.spec).toEqual({ replicas: 3 })
  expect(send('GET', widgets, { accept: 'table' }).body.rows[0].cells).toEqual(['w', 3])
  send('PATCH', `${widgets}/w/status`, { ...patch, body: { status: { replicas: 3 }, spec: { replicas: 9 } } })
  expect(send('GET', `${widgets}/w`).body).toMatchObject({ spec: { replicas: 3 }, status: { replicas: 3 } })

  send('DELETE', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.example.com')
  expect(send('GET', widgets).code).toBe(404)
})

test('rules in CEL hold for a definition’s objects, transitions for their updates, and must compile', () => {
  const server = new Server({ engine: new Engine({ seed: 1, epoch: 1_795_426_200_000 }) })
  const send = (method: ApiRequest['method'], path: string, body?: unknown) =>
    server.handle({ method, path, body }).body as { message?: string; metadata: object }
  const define = (rules: object[], name = 'caps') =>
    send('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', {
      metadata: { name: `${name}.ex.io` },
      spec: {
        group: 'ex.io',
        scope: 'Cluster',
        names: { plural: name, singular: 'cap', kind: 'Cap' },
        versions: [
          {
            name: 'v1',
            served: true,
            storage: true,
            schema: {
              openAPIV3Schema: {
                type: 'object',
                properties: {
                  spec: {
                    type: 'object',
                    properties: {
                      min: { type: 'integer' },
                      max: { type: 'integer', default: 5 },
                      zone: { type: 'string', 'x-kubernetes-validations': [{ rule: 'self == oldSelf' }] },
                    },
                    'x-kubernetes-validations': rules,
                  },
                },
              },
            },
          },
        ],
      },
    })
  const cap = (spec: object, more: object = {}) => ({
    apiVersion: 'ex.io/v1',
    kind: 'Cap',
    metadata: { name: 'a', ...more },
    spec,
  })
  expect(define([{ rule: 'self.min <= self.maxx' }], 'bad').message).toBe(
    'CustomResourceDefinition.apiextensions.k8s.io "bad.ex.io" is invalid: spec.validation.openAPIV3Schema.properties[spec].x-kubernetes-validations[0].rule: Invalid value: {"Rule":"self.min <= self.maxx","Message":"","MessageExpression":"","Reason":null,"FieldPath":"","OptionalOldSelf":null}: compilation failed: ERROR: <input>:1:17: undefined field \'maxx\'\n | self.min <= self.maxx\n | ................^',
  )
  expect(
    define([{ rule: 'self.min <= self.max', message: 'min must not exceed max' }]).message,
  ).toBeUndefined()
  expect(send('POST', '/apis/ex.io/v1/caps', cap({ min: 7 })).message).toBe(
    'Cap.ex.io "a" is invalid: spec: Invalid value: min must not exceed max',
  )
  const made = send('POST', '/apis/ex.io/v1/caps', cap({ min: 1, zone: 'a' }))
  expect(made.message).toBeUndefined()
  expect(send('PUT', '/apis/ex.io/v1/caps/a', cap({ min: 1, zone: 'b' }, made.metadata)).message).toBe(
    'Cap.ex.io "a" is invalid: spec.zone: Invalid value: "b": failed rule: self == oldSelf',
  )
})

test('a status of its own has its defaults from the beginning, and a column may look for one of its conditions', () => {
  const engine = new Engine({ seed: 1, epoch: 1_795_426_200_000 })
  const server = new Server({ engine })
  const conditions = [{ type: 'Accepted', status: 'Unknown' }]
  const [version] = definition.spec.versions
  const body = {
    ...definition,
    spec: {
      ...definition.spec,
      scope: 'Cluster',
      versions: [
        {
          ...version!,
          subresources: { status: {} },
          additionalPrinterColumns: [
            {
              name: 'Accepted',
              type: 'string',
              jsonPath: '.status.conditions[?(@.type=="Accepted")].status',
            },
          ],
          schema: {
            openAPIV3Schema: {
              type: 'object',
              properties: {
                status: {
                  type: 'object',
                  'x-kubernetes-preserve-unknown-fields': true,
                  default: { conditions },
                },
              },
            },
          },
        },
      ],
    },
  }
  const send = (method: ApiRequest['method'], path: string, more: Partial<ApiRequest> = {}) =>
    server.handle({ method, path, ...more })
  send('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', { body })
  engine.advance(100)
  const widgets = '/apis/example.com/v1/widgets'
  send('POST', widgets, {
    body: {
      apiVersion: 'example.com/v1',
      kind: 'Widget',
      metadata: { name: 'w' },
      status: { conditions: [] },
    },
  })
  expect(send('GET', `${widgets}/w`).body.status).toEqual({ conditions })
  const table = send('GET', widgets, { accept: 'table' }).body
  expect(table.rows[0].cells).toEqual(['w', 'Unknown'])
})
