import { expect, test } from 'vitest'
import { loneKubectl } from '../../tests/lone-kubectl.ts'

/** What one line of kubectl's says, either way. */
function workstation() {
  const { api, engine, run } = loneKubectl()
  const said = (line: string) => {
    const { stdout, stderr } = run(...line.split(' '))
    return stdout + stderr
  }
  return { api, engine, run: said }
}

const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'crons.example.com' },
  spec: {
    group: 'example.com',
    scope: 'Namespaced',
    names: { plural: 'crons', singular: 'cron', kind: 'Cron' },
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
                description: 'What to run.',
                required: ['schedule'],
                properties: {
                  schedule: { type: 'string', description: 'When.' },
                  steps: {
                    type: 'array',
                    items: { type: 'object', properties: { run: { type: 'string' } } },
                  },
                },
              },
            },
          },
        },
      },
    ],
  },
}

test('a custom resource is explained from its definition, the definition from its own schema', () => {
  const { api, engine, run } = workstation()
  api.handle({
    method: 'POST',
    path: '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
    body: definition,
  })
  engine.advance(100)
  expect(run('explain cron.spec')).toBe(`GROUP:      example.com
KIND:       Cron
VERSION:    v1

FIELD: spec <Object>


DESCRIPTION:
    What to run.
    
FIELDS:
  schedule\t<string> -required-
    When.

  steps\t<[]Object>
    <no description>


`)
  expect(run('explain cron')).toContain('DESCRIPTION:\n    <empty>\nFIELDS:\n  apiVersion\t<string>\n')
  expect(run('explain cron.metadata.ownerReferences.uid')).toContain('FIELD: uid <string>')
  expect(run('explain cron.nosuch')).toBe(
    'GROUP:      example.com\nKIND:       Cron\nVERSION:    v1\n\nerror: field "nosuch" does not exist\n',
  )
  const crd = run('explain crd.spec.versions')
  expect(crd).toContain('FIELD: versions <[]CustomResourceDefinitionVersion>\n')
  expect(crd).toContain('  schema\t<CustomResourceValidation>\n')
  expect(run('explain crd --recursive')).toContain('openAPIV3Schema\t<JSONSchemaProps>\n')
})

test('every reference in the OpenAPI documents leads to a schema', () => {
  const { api } = workstation()
  const get = (path: string) => api.handle({ method: 'GET', path }).body
  const { paths } = get('/openapi/v3')
  expect(Object.keys(paths)).toEqual(expect.arrayContaining(['api/v1', 'apis/apps/v1']))
  for (const path of Object.keys(paths)) {
    const { schemas } = get(`/openapi/v3/${path}`).components
    const refs = JSON.stringify(schemas).match(/(?<="\$ref":"#\/components\/schemas\/)[^"]+/g) ?? []
    for (const ref of refs) expect(schemas).toHaveProperty([ref])
  }
})

test('a raw watch streams events as lines until its timeout', () => {
  const { run } = workstation()
  const lines = run('get --raw /api/v1/namespaces?watch=true&timeoutSeconds=1').trimEnd().split('\n')
  expect(lines.map(line => [JSON.parse(line).type, JSON.parse(line).object.metadata.name])).toContainEqual([
    'ADDED',
    'default',
  ])
})

test('help of what is no command names it and prints the usage of kubectl', () => {
  const text = workstation().run('help nosuch')
  expect(text).toContain('Unknown help topic [`nosuch`]\n\n\nBasic Commands (Beginner):\n')
  expect(text).not.toContain('kubectl controls the Kubernetes cluster manager')
})
