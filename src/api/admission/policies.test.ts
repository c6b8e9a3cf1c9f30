import { beforeEach, describe, expect, test } from 'vitest'
import { Engine } from '../../engine/engine.ts'
import type { AnyObject } from '../../kinds/object.ts'
import { Server } from '../server.ts'
import type { ApiRequest, ApiResponse } from '../types.ts'

let server: Server

beforeEach(() => {
  server = new Server({ engine: new Engine({ seed: 1, epoch: 1_795_426_200_000 }) })
  for (const name of ['default', 'prod'])
    server.seed([
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name, resourceVersion: '1', labels: { env: name } },
        status: { phase: 'Active' },
      },
    ])
})

const send = (method: ApiRequest['method'], path: string, body?: unknown, more: Partial<ApiRequest> = {}) =>
  server.handle({ method, path, body, ...more }) as ApiResponse & { body: AnyObject }
const admission = '/apis/admissionregistration.k8s.io/v1'

const rules = (resources: string[], apiGroups = ['apps']) => ({
  resourceRules: [{ apiGroups, apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources }],
})
function policy(spec: object, binding: object = {}, kind = 'Validating'): void {
  const base = `${admission}/${kind.toLowerCase()}admissionpolic`
  const made = send('POST', `${base}ies`, {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: `${kind}AdmissionPolicy`,
    metadata: { name: 'demo.example.com' },
    spec: { matchConstraints: rules(['deployments']), ...spec },
  })
  expect(made.body.message ?? made.code).toBe(201)
  const bound = send('POST', `${base}ybindings`, {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: `${kind}AdmissionPolicyBinding`,
    metadata: { name: 'demo' },
    spec: {
      policyName: 'demo.example.com',
      ...(kind === 'Validating' && { validationActions: ['Deny'] }),
      ...binding,
    },
  })
  expect(bound.body.message ?? bound.code).toBe(201)
}
const deployment = (replicas: number, namespace = 'default') =>
  send('POST', `/apis/apps/v1/namespaces/${namespace}/deployments`, {
    metadata: { name: 'big', labels: { app: 'big' } },
    spec: {
      replicas,
      selector: { matchLabels: { app: 'big' } },
      template: {
        metadata: { labels: { app: 'big' } },
        spec: { containers: [{ name: 'web', image: 'nginx' }] },
      },
    },
  })
const denied = (why: string) =>
  `deployments.apps "big" is forbidden: ValidatingAdmissionPolicy 'demo.example.com' with binding 'demo' denied request: ${why}`

describe('ValidatingAdmissionPolicy', () => {
  test('denies what an expression does not hold for, with its reason and causes', () => {
    policy({ validations: [{ expression: 'object.spec.replicas <= 5' }] })
    const { code, body } = deployment(6)
    expect(body).toMatchObject({
      message: denied('failed expression: object.spec.replicas <= 5'),
      reason: 'Invalid',
      code: 422,
      details: {
        group: 'apps',
        kind: 'deployments',
        name: 'big',
        causes: [
          { message: denied('failed expression: object.spec.replicas <= 5').split(' forbidden: ')[1] },
        ],
      },
    })
    expect(code).toBe(422)
    expect(deployment(5).code).toBe(201)
  })

  test('says its message, or what its messageExpression makes of variables', () => {
    policy({
      variables: [{ name: 'most', expression: '3 + 2' }],
      validations: [
        {
          expression: 'object.spec.replicas <= variables.most',
          message: 'too many',
          messageExpression: "'at most ' + string(variables.most)",
          reason: 'Forbidden',
        },
      ],
    })
    expect(deployment(6).body).toMatchObject({ message: denied('at most 5'), reason: 'Forbidden', code: 403 })
  })

  test('an expression that fails counts by failurePolicy', () => {
    const validations = [{ expression: 'object.spec.nope > 1' }]
    policy({ validations })
    expect(deployment(1).body.message).toBe(
      denied("expression 'object.spec.nope > 1' resulted in error: no such key: nope"),
    )
    const path = `${admission}/validatingadmissionpolicies/demo.example.com`
    const { body } = send('GET', path)
    send('PUT', path, { ...body, spec: { ...body.spec, failurePolicy: 'Ignore' } })
    expect(deployment(1).code).toBe(201)
  })

  test('warns where its binding says so', () => {
    policy(
      { validations: [{ expression: 'false', message: 'no' }] },
      { validationActions: ['Warn', 'Audit'] },
    )
    const { code, warnings } = deployment(1)
    expect(code).toBe(201)
    expect(warnings).toEqual([
      "Validation failed for ValidatingAdmissionPolicy 'demo.example.com' with binding 'demo': no",
    ])
  })

  test('matchConditions and selectors of the binding leave requests out', () => {
    policy(
      {
        matchConditions: [{ name: 'many', expression: 'object.spec.replicas > 2' }],
        validations: [{ expression: "namespaceObject.metadata.labels.env != 'prod'" }],
      },
      { matchResources: { namespaceSelector: { matchLabels: { env: 'prod' } } } },
    )
    expect(deployment(3, 'default').code).toBe(201)
    expect(deployment(2, 'prod').code).toBe(201)
    send('DELETE', '/apis/apps/v1/namespaces/prod/deployments/big')
    expect(deployment(3, 'prod').code).toBe(422)
  })

  test('takes parameters from the objects that its binding names', () => {
    policy(
      {
        paramKind: { apiVersion: 'v1', kind: 'ConfigMap' },
        validations: [{ expression: 'object.spec.replicas <= int(params.data.most)' }],
      },
      { paramRef: { name: 'limits', parameterNotFoundAction: 'Deny' } },
    )
    expect(deployment(9).body.message).toBe(
      denied(
        'failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction',
      ),
    )
    send('POST', '/api/v1/namespaces/default/configmaps', {
      metadata: { name: 'limits' },
      data: { most: '8' },
    })
    expect(deployment(9).body.message).toBe(
      denied('failed expression: object.spec.replicas <= int(params.data.most)'),
    )
    expect(deployment(8).code).toBe(201)
  })

  test('sees the old object, the user and what the user may do', () => {
    policy({
      matchConstraints: rules(['configmaps'], ['']),
      validations: [
        {
          expression: "request.operation != 'UPDATE' || object.data.a == oldObject.data.a",
          message: 'a stays',
        },
        { expression: "request.userInfo.username == 'kubernetes-admin'" },
        { expression: "authorizer.requestResource.check('update').allowed()" },
      ],
    })
    const path = '/api/v1/namespaces/default/configmaps'
    expect(send('POST', path, { metadata: { name: 'c' }, data: { a: '1' } }).code).toBe(201)
    expect(send('PUT', `${path}/c`, { metadata: { name: 'c' }, data: { a: '2' } }).body.message).toContain(
      'a stays',
    )
    expect(send('PUT', `${path}/c`, { metadata: { name: 'c' }, data: { a: '1', b: '2' } }).code).toBe(200)
  })

  test('what does not compile is refused when it is created', () => {
    const made = send('POST', `${admission}/validatingadmissionpolicies`, {
      metadata: { name: 'bad.example.com' },
      spec: {
        matchConstraints: rules(['pods'], ['']),
        validations: [{ expression: 'object.spec.replicas <=' }],
      },
    })
    expect(made.body.message).toBe(
      `ValidatingAdmissionPolicy.admissionregistration.k8s.io "bad.example.com" is invalid: spec.validations[0].expression: Invalid value: "object.spec.replicas <=": compilation failed: ERROR: <input>:1:24: Syntax error: mismatched input '<EOF>' expecting {'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}\n | object.spec.replicas <=\n | .......................^`,
    )
    const empty = send('POST', `${admission}/validatingadmissionpolicies`, {
      metadata: { name: 'x' },
      spec: {},
    })
    expect(empty.body.message).toBe(
      'ValidatingAdmissionPolicy.admissionregistration.k8s.io "x" is invalid: [spec.matchConstraints: Required value, spec.validations: Required value: validations or auditAnnotations must contain at least one item, spec.auditAnnotations: Required value: validations or auditAnnotations must contain at least one item]',
    )
    expect(
      send(
        'POST',
        `${admission}/validatingadmissionpolicies`,
        {
          metadata: { name: 'x' },
          spec: { validation: [] },
        },
        { query: { fieldValidation: 'Strict' } },
      ).body.message,
    ).toContain('strict decoding error: unknown field "spec.validation"')
  })
})

describe('MutatingAdmissionPolicy', () => {
  test('applies a configuration, which merges as server-side apply does', () => {
    policy(
      {
        reinvocationPolicy: 'Never',
        mutations: [
          {
            patchType: 'ApplyConfiguration',
            applyConfiguration: {
              expression:
                "Object{metadata: Object.metadata{labels: Object.metadata.labels{team: 'a'}}, spec: Object.spec{template: Object.spec.template{spec: Object.spec.template.spec{containers: [Object.spec.template.spec.containers{name: 'side', image: 'busybox'}]}}}}",
            },
          },
        ],
      },
      {},
      'Mutating',
    )
    const { body } = deployment(1)
    expect(body.metadata.labels).toEqual({ app: 'big', team: 'a' })
    expect(body.spec.template.spec.containers.map((c: AnyObject) => [c.name, c.imagePullPolicy])).toEqual([
      ['web', 'Always'],
      ['side', 'Always'],
    ])
  })

  test('applies JSON patches, each on what the one before left', () => {
    policy(
      {
        reinvocationPolicy: 'Never',
        mutations: ['object.spec.replicas + 1', 'object.spec.replicas * 2'].map(value => ({
          patchType: 'JSONPatch',
          jsonPatch: { expression: `[JSONPatch{op: "replace", path: "/spec/replicas", value: ${value}}]` },
        })),
      },
      {},
      'Mutating',
    )
    expect(deployment(2).body.spec.replicas).toBe(6)
  })
})
