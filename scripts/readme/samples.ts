// One good object of every kind, with content enough for its rules to have something to say: taken from the recorded
// creates where there are such, else written here.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export type Sample = Record<string, unknown> & { metadata: { name: string } }

const labels = { app: 'sample' }
const pod = { metadata: { labels }, spec: { containers: [{ name: 'c', image: 'nginx:1.27' }] } }
const rules = {
  resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
}
const webhooks = [
  {
    name: 'a.example.com',
    admissionReviewVersions: ['v1'],
    sideEffects: 'None',
    clientConfig: { service: { name: 'nobody', namespace: 'default' } },
    rules: [
      { apiGroups: ['example.com'], apiVersions: ['v1'], operations: ['CREATE'], resources: ['widgets'] },
    ],
  },
]
const claim = { devices: { requests: [{ name: 'r', exactly: { deviceClassName: 'c' } }] } }

const written: Readonly<Record<string, object>> = {
  ComponentStatus: {},
  ControllerRevision: { revision: 1, data: { a: 1 } },
  CustomResourceDefinition: {
    metadata: { name: 'widgets.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { plural: 'widgets', kind: 'Widget' },
      versions: [
        { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } },
      ],
    },
  },
  Event: {
    involvedObject: { kind: 'Pod', name: 'p', namespace: 'default' },
    reason: 'Sampled',
    message: 'm',
    type: 'Normal',
  },
  Job: { spec: { template: { spec: { ...pod.spec, restartPolicy: 'Never' } } } },
  PodTemplate: { template: pod },
  Lease: { spec: { holderIdentity: 'me', leaseDurationSeconds: 15 } },
  RuntimeClass: { handler: 'runc' },
  CertificateSigningRequest: {
    spec: { request: '', signerName: 'example.com/signer', usages: ['client auth'] },
  },
  MutatingAdmissionPolicy: {
    spec: {
      matchConstraints: rules,
      reinvocationPolicy: 'Never',
      mutations: [{ patchType: 'ApplyConfiguration', applyConfiguration: { expression: 'Object{}' } }],
    },
  },
  ValidatingAdmissionPolicy: {
    spec: { matchConstraints: rules, validations: [{ expression: 'true' }] },
  },
  MutatingAdmissionPolicyBinding: { spec: { policyName: 'p' } },
  ValidatingAdmissionPolicyBinding: { spec: { policyName: 'p', validationActions: ['Deny'] } },
  MutatingWebhookConfiguration: { webhooks },
  ValidatingWebhookConfiguration: { webhooks },
  APIService: {
    metadata: { name: 'v1.example.com' },
    spec: { group: 'example.com', version: 'v1', groupPriorityMinimum: 100, versionPriority: 10 },
  },
  FlowSchema: {
    spec: {
      priorityLevelConfiguration: { name: 'global-default' },
      matchingPrecedence: 500,
      rules: [
        {
          subjects: [{ kind: 'User', user: { name: 'jane' } }],
          nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
        },
      ],
    },
  },
  PriorityLevelConfiguration: {
    spec: {
      type: 'Limited',
      limited: { limitResponse: { type: 'Queue', queuing: { queues: 8, handSize: 4 } } },
    },
  },
  IPAddress: {
    metadata: { name: '20.1.77.77' },
    spec: { parentRef: { resource: 'services', name: 's', namespace: 'default' } },
  },
  ServiceCIDR: { spec: { cidrs: ['10.77.0.0/24'] } },
  DeviceClass: { spec: { selectors: [{ cel: { expression: 'device.driver == "x"' } }] } },
  ResourceClaim: { spec: claim },
  ResourceClaimTemplate: { spec: { spec: claim } },
  ResourceSlice: {
    spec: { driver: 'd.io', nodeName: 'n', pool: { name: 'p', generation: 1, resourceSliceCount: 1 } },
  },
  CSIDriver: { spec: { fsGroupPolicy: 'File' } },
  CSINode: { spec: { drivers: [{ name: 'd.io', nodeID: 'n', topologyKeys: ['a/b'] }] } },
  CSIStorageCapacity: { storageClassName: 'fast', capacity: '1Gi' },
  VolumeAttachment: { spec: { attacher: 'a.io', nodeName: 'n', source: { persistentVolumeName: 'p' } } },
  VolumeAttributesClass: { driverName: 'd.io', parameters: { a: 'b' } },
}

/** By kind. */
export function samples(root: string): ReadonlyMap<string, Sample> {
  const found = new Map<string, Sample>()
  for (const line of readFileSync(join(root, 'tests/reference/corpus/create.jsonl'), 'utf8').split('\n')) {
    if (!line) continue
    const { body, answer } = JSON.parse(line)
    if (answer.code === 201 && body.metadata?.name && !found.has(body.kind) && !written[body.kind])
      found.set(body.kind, body)
  }
  for (const [kind, content] of Object.entries(written))
    found.set(kind, { metadata: { name: 'sample' }, ...content })
  const [recorded] = globSync('tests/reference/recordings/kubectl/certificate/*.yaml', { cwd: root })
  const [, request] =
    /request: ([A-Za-z0-9+/=]{100,})/.exec(readFileSync(join(root, recorded!), 'utf8')) ?? []
  const { spec } = found.get('CertificateSigningRequest') as unknown as { spec: { request: string } }
  spec.request = request!
  return found
}
