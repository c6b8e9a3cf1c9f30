// What raw clients send as text. Words and codes: k8s.io/apiserver/pkg/endpoints/handlers, encoding/json, sigs.k8s.io/json.
import { expect, test } from 'vitest'
import { type Cluster, createCluster } from '../cluster/cluster.ts'
import type { ApiRequest } from './types.ts'

const path = '/api/v1/namespaces/default/configmaps'
const send = (cluster: Cluster, body: string, more: Partial<ApiRequest> = {}) => {
  const { code, body: answer, warnings } = cluster.api.handle({ method: 'POST', path, body, ...more })
  return { code, message: answer.message, reason: answer.reason, data: answer.data, warnings }
}
const yaml = { contentType: 'application/yaml' }
const map = '{"metadata":{"name":"a"},"data":{"x":"1"}}'

test('a body without a type, or of JSON, is JSON: what is only YAML is not read', () => {
  const cluster = createCluster()
  for (const more of [
    {},
    { contentType: 'application/json' },
    { contentType: 'Application/JSON; charset=utf-8' },
  ])
    expect(send(cluster, 'metadata: {name: a}', more)).toMatchObject({
      code: 400,
      reason: 'BadRequest',
      message:
        "the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; json parse error: invalid character 'm' looking for beginning of value (6d657461646174613a207b6e616d653a20617d)",
    })
  expect(send(cluster, map).code).toBe(201)
  expect(send(cluster, 'metadata: {name: b}\ndata: {x: "1"}', yaml)).toMatchObject({
    code: 201,
    data: { x: '1' },
  })
})

test('of text that is no JSON the fault is told, and how it begins', () => {
  const cluster = createCluster()
  const said = (body: string, more?: Partial<ApiRequest>) => send(cluster, body, more).message
  const unrecognized = 'the object provided is unrecognized (must be of type ConfigMap): '
  const parse = `${unrecognized}couldn't get version/kind; json parse error: `
  expect(said('{"metadata":')).toBe(`${parse}unexpected end of JSON input ({"metadata":)`)
  expect(said('{"metadata":{"name":"of-many-letters",}}')).toBe(
    `${parse}invalid character '}' looking for beginning of object key string ({"metadata":{"name":"of-many-l ...)`,
  )
  expect(said('{} {}')).toBe(`${parse}invalid character '{' after top-level value ({} {})`)
  expect(said('[]')).toBe(
    `${parse}json: cannot unmarshal array into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" } (5b5d)`,
  )
  expect(said('{"kind":5}')).toBe(
    `${parse}json: cannot unmarshal number into Go struct field .kind of type string ({"kind":5})`,
  )
  expect(said('a: [', yaml)).toContain(`${unrecognized}yaml: `)
  expect(said('a: [', yaml)).toMatch(/ \(613a205b\)$/)
  expect(said('k8s', { contentType: 'application/vnd.kubernetes.protobuf' })).toBe(
    `${unrecognized}provided data does not appear to be a protobuf message, expected prefix [107 56 115 0] (6b3873)`,
  )
  // Empty objects are objects: what they lack is told by who looks at them.
  expect(said('null')).toContain('name or generateName is required')
  const scale = { method: 'PUT', path: '/apis/apps/v1/namespaces/default/deployments/x/scale' } as const
  expect(said('x', scale)).toContain('(must be of type Scale)')
})

test('what cannot be read of the options of a deletion is no Status of its own', () => {
  const cluster = createCluster()
  expect(send(cluster, map).code).toBe(201)
  expect(send(cluster, '{', { method: 'DELETE', path: `${path}/a` })).toMatchObject({
    code: 500,
    message: "couldn't get version/kind; json parse error: unexpected end of JSON input",
  })
  expect(send(cluster, '{"dryRun":["All"]}', { method: 'DELETE', path: `${path}/a` }).code).toBe(200)
  expect(cluster.api.handle({ method: 'GET', path: `${path}/a` }).code).toBe(200)
})

test('a field that stands there twice is warned of, refused where that is asked for, and counts as it was last', () => {
  const cluster = createCluster()
  const twice =
    '{"metadata":{"name":"d","name":"a","labels":{"l":"1","l":"2","l":"3"}},"data":{"x":"1"},"dta":1,"data":{"x":"2"}}'
  const strict = [
    'duplicate field "metadata.name"',
    'duplicate field "metadata.labels.l"',
    'unknown field "dta"',
    'duplicate field "data"',
  ]
  expect(send(cluster, twice, { query: { fieldValidation: 'Strict' } })).toMatchObject({
    code: 400,
    message: `ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: ${strict.join(', ')}`,
  })
  expect(send(cluster, twice)).toMatchObject({ code: 201, data: { x: '2' }, warnings: strict })
  const again = { method: 'PUT', path: `${path}/a` } as const
  const kept = twice.replace('"name":"d",', '')
  expect(send(cluster, kept, { ...again, query: { fieldValidation: 'Ignore' } }).warnings).toEqual([])
  const pod =
    '{"metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"nginx"},{"name":"e","image":"a","image":"b"}]}}'
  const { warnings } = send(cluster, pod, { path: '/api/v1/namespaces/default/pods' })
  expect(warnings).toContain('duplicate field "spec.containers[1].image"')
})

// test/integration/apiserver/field_validation_test.go has such a body, with these words.
const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: d
  name: a
  unknownMeta: metaVal
spec:
  unknown1: val1
  unknownDupe: valDupe
  unknownDupe: valDupe2
  paused: true
  paused: false
  selector: {matchLabels: {app: a}}
  template:
    metadata: {labels: {app: a}}
    spec:
      containers:
      - name: c
        image: nginx
        unknownNested: val1
        imagePullPolicy: Always
        imagePullPolicy: Never
`
const deployments = '/apis/apps/v1/namespaces/default/deployments'

test('of a struct in JSON all is said in the order of the text, and of an unknown field only that', () => {
  const cluster = createCluster()
  const body = `{"metadata":{"name":"d","name":"a","unknownMeta":{"x":1,"x":2}},"spec":{"unknown1":"v","unknownDupe":1,"unknownDupe":2,
    "paused":true,"paused":false,"selector":{"matchLabels":{"app":"a"}},"template":{"metadata":{"labels":{"app":"a"}},
    "spec":{"containers":[{"name":"c","image":"nginx","unknownNested":1,"imagePullPolicy":"Always","imagePullPolicy":"Never"}]}}}}`
  const container = 'spec.template.spec.containers[0]'
  const strict = [
    'duplicate field "metadata.name"',
    'unknown field "metadata.unknownMeta"',
    'unknown field "spec.unknown1"',
    'unknown field "spec.unknownDupe"',
    'duplicate field "spec.paused"',
    `unknown field "${container}.unknownNested"`,
    `duplicate field "${container}.imagePullPolicy"`,
  ]
  expect(send(cluster, body, { path: deployments, query: { fieldValidation: 'Strict' } }).message).toBe(
    `Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: ${strict.join(', ')}`,
  )
  expect(send(cluster, body, { path: deployments }).warnings).toEqual(strict)
})

test('in YAML a key that a map has already is told by its line, in one error or in a warning each', () => {
  const cluster = createCluster()
  const yaml = { path: deployments, contentType: 'application/yaml' }
  const lines = [
    'line 5: key "name"',
    'line 10: key "unknownDupe"',
    'line 12: key "paused"',
    'line 22: key "imagePullPolicy"',
  ].map(each => `${each} already set in map`)
  const unknown = [
    'metadata.unknownMeta',
    'spec.template.spec.containers[0].unknownNested',
    'spec.unknown1',
    'spec.unknownDupe',
  ].map(each => `unknown field "${each}"`)
  expect(send(cluster, deployment, { ...yaml, query: { fieldValidation: 'Strict' } })).toMatchObject({
    code: 400,
    message: `Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: yaml: unmarshal errors:\n  ${lines.join('\n  ')}, ${unknown.join(', ')}`,
  })
  expect(send(cluster, deployment, yaml)).toMatchObject({ code: 201, warnings: [...lines, ...unknown] })
  const put = { ...yaml, method: 'PUT', path: `${deployments}/a` } as const
  expect(send(cluster, deployment, put).warnings).toEqual([...lines, ...unknown])
  expect(send(cluster, deployment, { ...put, query: { fieldValidation: 'Ignore' } })).toMatchObject({
    code: 200,
    warnings: [],
  })
})

test('of an applied configuration too, once it could be applied', () => {
  const cluster = createCluster()
  const apply = (text: string, fieldValidation: string) =>
    send(cluster, text, {
      method: 'PATCH',
      path: `${path}/a`,
      contentType: 'application/apply-patch+yaml',
      query: { fieldManager: 'me', fieldValidation },
    })
  const twice =
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  labels: {a: "1", a: "2"}\ndata:\n  x: "1"\n  x:\n    "2"\n'
  const lines = ['line 4: key "a" already set in map', 'line 8: key "x" already set in map']
  expect(apply(twice, 'Strict')).toMatchObject({
    code: 400,
    message: `error strict decoding YAML: error converting YAML to JSON: yaml: unmarshal errors:\n  ${lines.join('\n  ')}`,
  })
  expect(cluster.api.handle({ method: 'GET', path: `${path}/a` }).code).toBe(404)
  expect(apply(twice, '')).toMatchObject({ code: 201, data: { x: '2' }, warnings: lines })
  expect(apply(twice, 'Ignore')).toMatchObject({ code: 200, warnings: [] })
  expect(apply(`${twice}dta: 1\n`, 'Strict').message).toMatch(
    /^failed to create typed patch object .*field not declared/s,
  )
})

test('bodies of subresources are looked at as others are', () => {
  const cluster = createCluster()
  const scale = '/apis/apps/v1/namespaces/kube-system/deployments/coredns/scale'
  const put = { method: 'PUT', path: scale } as const
  const body =
    '{"metadata":{"name":"coredns","namespace":"kube-system"},"spec":{"replicas":2,"replica":3,"replicas":1}}'
  const strict = ['unknown field "spec.replica"', 'duplicate field "spec.replicas"']
  expect(send(cluster, body, { ...put, query: { fieldValidation: 'Strict' } }).message).toBe(
    `Scale in version "v1" cannot be handled as a Scale: strict decoding error: ${strict.join(', ')}`,
  )
  expect(send(cluster, body, put)).toMatchObject({ code: 200, warnings: strict })
  const names = { eviction: 'Eviction', binding: 'Binding' }
  for (const [name, kind] of Object.entries(names))
    expect(
      send(cluster, '{"what":1}', {
        path: `/api/v1/namespaces/default/pods/p/${name}`,
        query: { fieldValidation: 'Strict' },
      }).message,
    ).toBe(
      `${kind} in version "v1" cannot be handled as a ${kind}: strict decoding error: unknown field "what"`,
    )
})

test('patches are JSON, applied configurations YAML, each with its own words', () => {
  const cluster = createCluster()
  send(cluster, map)
  const patch = (type: string, body: string, query = {}) =>
    send(cluster, body, { method: 'PATCH', path: `${path}/a`, contentType: `application/${type}`, query })
  const broken = "invalid character 'x' looking for beginning of value"
  expect(patch('json-patch+json', 'x')).toMatchObject({
    code: 400,
    message: `error decoding patch: ${broken}`,
  })
  expect(patch('merge-patch+json', 'x')).toMatchObject({
    code: 400,
    message: `error decoding patch: ${broken}`,
  })
  expect(patch('strategic-merge-patch+json', 'x')).toMatchObject({ code: 400, message: broken })
  const manager = { fieldManager: 'me' }
  expect(patch('apply-patch+yaml', 'a: [', manager).message).toMatch(
    /^error decoding YAML: error converting YAML to JSON: yaml: /,
  )
  expect(patch('apply-patch+yaml', 'apiVersion: v1\nkind: ConfigMap\ndata: {z: "1"}', manager).code).toBe(200)
  expect(patch('merge-patch+json', '{"data":{"x":"2","x":"3"}}')).toMatchObject({
    code: 200,
    data: { x: '3', z: '1' },
    warnings: ['duplicate field "data.x"'],
  })
  expect(
    patch('json-patch+json', '[{"op":"replace","path":"/data/x","value":"4","value":"5"}]').warnings,
  ).toEqual(['json patch duplicate field "[0].value"'])
  const odd =
    '[{"op":"add","path":"/data/y","value":"1","foo":"bar"},{"op":"add","path":"/x","path":"/data/u","value":"1"}]'
  expect(patch('json-patch+json', odd).warnings).toEqual([
    'json patch unknown field "[0].foo"',
    'json patch duplicate field "[1].path"',
  ])
  expect(patch('json', '[')).toMatchObject({ code: 415, reason: 'UnsupportedMediaType' })
})

test('forms that are not known are refused, by whatever way they come', () => {
  const cluster = createCluster()
  for (const contentType of ['application/x-www-form-urlencoded', 'application/cbor', 'text/plain'])
    for (const method of ['POST', 'PUT', 'DELETE'] as const)
      expect(
        send(cluster, map, { contentType, method, path: method === 'POST' ? path : `${path}/a` }),
      ).toMatchObject({
        code: 415,
        reason: 'UnsupportedMediaType',
      })
})
