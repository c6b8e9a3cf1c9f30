// Kinds that few people write by hand: a good one is taken with its defaults, a damaged one is refused in words.
import { expect, test } from 'vitest'
import { Server } from '../../api/server.ts'
import { Engine } from '../../engine/engine.ts'
import type { AnyObject } from '../object.ts'

const server = new Server({ engine: new Engine({ seed: 1, epoch: 1_795_426_200_000 }) })
server.seed([
  {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'default', resourceVersion: '1' },
    status: { phase: 'Active' },
  },
])
const paths: Readonly<Record<string, string>> = {
  csidrivers: '/apis/storage.k8s.io/v1',
  csinodes: '/apis/storage.k8s.io/v1',
  csistoragecapacities: '/apis/storage.k8s.io/v1/namespaces/default',
  volumeattachments: '/apis/storage.k8s.io/v1',
  volumeattributesclasses: '/apis/storage.k8s.io/v1',
  flowschemas: '/apis/flowcontrol.apiserver.k8s.io/v1',
  prioritylevelconfigurations: '/apis/flowcontrol.apiserver.k8s.io/v1',
  deviceclasses: '/apis/resource.k8s.io/v1',
  resourceclaims: '/apis/resource.k8s.io/v1/namespaces/default',
  resourceclaimtemplates: '/apis/resource.k8s.io/v1/namespaces/default',
  resourceslices: '/apis/resource.k8s.io/v1',
  ipaddresses: '/apis/networking.k8s.io/v1',
  servicecidrs: '/apis/networking.k8s.io/v1',
  apiservices: '/apis/apiregistration.k8s.io/v1',
  validatingwebhookconfigurations: '/apis/admissionregistration.k8s.io/v1',
}
const send = (method: 'POST' | 'PUT', plural: string, body: object, name = '') =>
  server.handle({ method, path: `${paths[plural]}/${plural}${name && `/${name}`}`, body }) as {
    code: number
    body: AnyObject
  }
const post = (plural: string, content: object, name = 'a') =>
  send('POST', plural, { metadata: { name }, ...content })

const subjects = [{ kind: 'User', user: { name: 'jane' } }]
const flow = (more: object) => ({
  spec: {
    priorityLevelConfiguration: { name: 'global-default' },
    rules: [{ subjects, nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }] }],
    ...more,
  },
})
const level = (queuing: object) => ({
  spec: { type: 'Limited', limited: { limitResponse: { type: 'Queue', queuing } } },
})
const claim = (request: object) => ({ spec: { devices: { requests: [request] } } })
const hook = (more: object) => ({
  webhooks: [
    {
      name: 'a.example.com',
      sideEffects: 'None',
      admissionReviewVersions: ['v1'],
      clientConfig: { url: 'https://example.com/x' },
      ...more,
    },
  ],
})

test.each<[string, object, string, string?]>([
  [
    'csidrivers',
    { spec: { fsGroupPolicy: 'x' } },
    'spec.fsGroupPolicy: Unsupported value: "x": supported values: "File", "None", "ReadWriteOnceWithFSType"',
  ],
  [
    'csinodes',
    { spec: { drivers: [{ name: 'd.io', nodeID: '', topologyKeys: [] }] } },
    'spec.drivers[0].nodeID: Required value',
  ],
  ['csistoragecapacities', { storageClassName: '', capacity: '1Gi' }, 'storageClassName: Required value'],
  [
    'volumeattachments',
    { spec: { attacher: 'a.io', nodeName: 'n', source: {} } },
    'spec.source: Required value: must specify exactly one of inlineVolumeSpec and persistentVolumeName',
  ],
  [
    'volumeattributesclasses',
    { driverName: 'd.io' },
    'parameters: Required value: must contain at least one key/value pair',
  ],
  [
    'flowschemas',
    flow({ matchingPrecedence: 1 }),
    `spec.matchingPrecedence: Invalid value: 1: only the schema named 'exempt' may have matchingPrecedence 1`,
  ],
  [
    'flowschemas',
    flow({ rules: [{ subjects: [{ kind: 'User' }] }] }),
    `[spec.rules[0].subjects[0].user: Required value: user is required when subject kind is 'User', spec.rules[0]: Required value: at least one of resourceRules and nonResourceRules has to be non-empty]`,
  ],
  [
    'prioritylevelconfigurations',
    level({ queues: 2, handSize: 3 }),
    'spec.limited.limitResponse.queuing.handSize: Invalid value: 3: should not be greater than queues (2)',
  ],
  [
    'deviceclasses',
    { spec: { selectors: [{ cel: { expression: 'device.driver ==' } }] } },
    'spec.selectors[0].cel.expression: Invalid value: "device.driver ==": compilation failed: ERROR: <input>:1:17: Syntax error',
  ],
  [
    'resourceclaims',
    claim({ name: 'r' }),
    'spec.devices.requests[0]: Required value: exactly one of `exactly` or `firstAvailable` is required',
  ],
  [
    'resourceclaimtemplates',
    { spec: claim({ name: 'r', exactly: { deviceClassName: 'c', count: -1 } }) },
    'spec.spec.devices.requests[0].exactly.count: Invalid value: -1: must be greater than zero',
  ],
  [
    'resourceslices',
    { spec: { driver: 'd.io', pool: { name: 'p', resourceSliceCount: 1, generation: 1 } } },
    'spec: Required value: exactly one of `nodeName`',
  ],
  [
    'ipaddresses',
    { spec: { parentRef: { resource: 'services', name: 's' } } },
    'metadata.name: Invalid value: "010.0.0.1": must be a canonical form IP address',
    '010.0.0.1',
  ],
  [
    'servicecidrs',
    { spec: { cidrs: ['10.0.0.1/24'] } },
    'spec.cidrs[0]: Invalid value: "10.0.0.1/24": must be in canonical form ("10.0.0.0/24")',
  ],
  [
    'apiservices',
    { spec: { group: 'ex.io', version: 'v1', groupPriorityMinimum: 0, versionPriority: 1 } },
    'spec.groupPriorityMinimum: Invalid value: 0: must be positive and less than 20000',
    'v1.ex.io',
  ],
  [
    'validatingwebhookconfigurations',
    hook({ name: 'short' }),
    'webhooks[0].name: Invalid value: "short": should be a domain with at least three segments separated by dots',
  ],
  [
    'validatingwebhookconfigurations',
    hook({ timeoutSeconds: 31 }),
    'webhooks[0].timeoutSeconds: Invalid value: 31: the timeout value must be between 1 and 30 seconds',
  ],
  [
    'validatingwebhookconfigurations',
    hook({ clientConfig: { url: 'http://example.com' } }),
    `webhooks[0].clientConfig.url: Invalid value: "http": 'https' is the only allowed URL scheme; desired format: https://host[/path]`,
  ],
])('%s: %j', (plural, content, message, name) => {
  const { code, body } = post(plural, content, name)
  expect(body.message).toContain(`is invalid: ${message}`)
  expect(code).toBe(422)
})

test('good ones get their defaults, and keep what may not change', () => {
  expect(post('csidrivers', { spec: {} }).body.spec).toEqual({
    attachRequired: true,
    podInfoOnMount: false,
    storageCapacity: false,
    fsGroupPolicy: 'ReadWriteOnceWithFSType',
    volumeLifecycleModes: ['Persistent'],
    requiresRepublish: false,
    seLinuxMount: false,
  })
  expect(post('flowschemas', flow({})).body.spec.matchingPrecedence).toBe(1000)
  expect(post('prioritylevelconfigurations', level({})).body.spec.limited).toEqual({
    nominalConcurrencyShares: 30,
    lendablePercent: 0,
    limitResponse: { type: 'Queue', queuing: { queues: 64, handSize: 8, queueLengthLimit: 50 } },
  })
  const request = claim({ name: 'r', exactly: { deviceClassName: 'c' } })
  const made = post('resourceclaims', request)
  expect(made.body.spec.devices.requests[0].exactly).toEqual({
    deviceClassName: 'c',
    allocationMode: 'ExactCount',
    count: 1,
  })
  const other = claim({ name: 'other', exactly: { deviceClassName: 'c' } })
  expect(send('PUT', 'resourceclaims', { ...made.body, ...other }, 'a').body.message).toContain(
    'field is immutable',
  )
  expect(post('validatingwebhookconfigurations', hook({})).body.webhooks[0]).toMatchObject({
    failurePolicy: 'Fail',
    matchPolicy: 'Equivalent',
    timeoutSeconds: 10,
    namespaceSelector: {},
    objectSelector: {},
  })
})
