// What the server makes of manifests of the kinds that are not workloads: defaults, faults in its order and words, rows.
import { describe, expect, it } from 'vitest'
import { columnsOf } from './columns.ts'
import { findKind, kinds } from './index.ts'
import { decode } from './machinery/decode.ts'
import { errorText } from './machinery/field-error.ts'
import type { AnyObject } from './object.ts'

const now = Date.UTC(2026, 10, 23, 10)
const context = { now, timestamp: '2026-11-23T10:00:00Z' }

function made(apiVersion: string, kind: string, content: object, metadata: object = {}): AnyObject {
  const [version, group = ''] = apiVersion.split('/').reverse() as [string, string?]
  const rules = findKind(group, version, kind)!.kind
  const namespace = rules.namespaced ? { namespace: 'default' } : {}
  const { object, error, strict } = decode(rules.schema, {
    apiVersion,
    kind,
    metadata: { name: 'x', ...namespace, ...metadata },
    ...content,
  })
  expect([error, strict]).toEqual([undefined, []])
  rules.defaults?.(object as AnyObject)
  rules.prepareForCreate?.(object as AnyObject, context)
  return object as AnyObject
}

const rulesOf = ({ apiVersion, kind }: AnyObject) => {
  const [version, group = ''] = apiVersion.split('/').reverse() as [string, string?]
  return findKind(group, version, kind)!.kind
}
const faults = (object: AnyObject): string[] => rulesOf(object).validate!(object).map(errorText)
const row = (object: AnyObject) =>
  rulesOf(object).row!(
    { ...object, metadata: { ...object.metadata, creationTimestamp: context.timestamp } },
    { now: now + 90_000 },
  )

/** The faults of a change: `object` as a client sends it back, with what it changed. */
function changeFaults(old: AnyObject, change: (object: AnyObject) => void): string[] {
  const rules = rulesOf(old)
  old.metadata.resourceVersion = '1'
  const object = structuredClone(old)
  change(object)
  rules.defaults?.(object)
  rules.prepareForUpdate?.(object, old, context)
  return rules.validateUpdate!(object, old).map(errorText)
}

describe('rows', () => {
  it('have a cell for each column, even of objects that say next to nothing', () => {
    const wrong = kinds.flatMap(kind => {
      if (!kind.row) return []
      const content = kind.schema ? decode(kind.schema, {}).object : { spec: {}, status: {} }
      const object = { ...(content as AnyObject), metadata: { name: 'x' } }
      const cells = kind.row(object, { now }).length
      return cells === columnsOf(kind).length ? [] : [`${kind.plural}: ${cells}`]
    })
    expect(wrong).toEqual([])
  })

  it('show volumes, claims and autoscalers as kubectl get does', () => {
    const volume = made('v1', 'PersistentVolume', {
      spec: {
        capacity: { storage: '1Gi' },
        accessModes: ['ReadWriteMany', 'ReadWriteOnce'],
        hostPath: { path: '/data' },
        storageClassName: 'slow',
        claimRef: { namespace: 'default', name: 'data' },
      },
    })
    expect(row(volume)).toEqual([
      'x',
      '1Gi',
      'RWO,RWX',
      'Retain',
      'Pending',
      'default/data',
      'slow',
      '<unset>',
      '',
      '90s',
      'Filesystem',
    ])
    const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }
    const memory = { name: 'memory', target: { type: 'AverageValue', averageValue: '100Mi' } }
    const requests = { metric: { name: 'rps' }, target: { type: 'AverageValue', averageValue: '10' } }
    const autoscaler = made('autoscaling/v2', 'HorizontalPodAutoscaler', {
      spec: {
        scaleTargetRef,
        maxReplicas: 5,
        metrics: [
          {
            type: 'Resource',
            resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } },
          },
          { type: 'Resource', resource: memory },
          { type: 'Pods', pods: requests },
        ],
      },
    })
    expect(row(autoscaler)).toEqual([
      'x',
      'Deployment/web',
      'cpu: <unknown>/60%, memory: <unknown>/100Mi + 1 more...',
      '1',
      5,
      0,
      '90s',
    ])
  })
})

describe('a limit range', () => {
  it('fills its defaults from its bounds, and refuses those that cross', () => {
    const limits = [
      { type: 'Container', max: { cpu: '2' }, min: { memory: '32Mi' }, defaultRequest: { cpu: '3' } },
      { type: 'Pod', default: { cpu: '1' } },
    ]
    const object = made('v1', 'LimitRange', { spec: { limits } })
    expect(object.spec.limits[0]).toEqual({
      type: 'Container',
      max: { cpu: '2' },
      min: { memory: '32Mi' },
      default: { cpu: '2' },
      defaultRequest: { cpu: '3', memory: '32Mi' },
    })
    expect(faults(object)).toEqual([
      'spec.limits[0].defaultRequest[cpu]: Invalid value: "3": default request value 3 is greater than max value 2',
      'spec.limits[0].defaultRequest[cpu]: Invalid value: "3": default request value 3 is greater than default limit value 2',
      "spec.limits[1].default: Forbidden: may not be specified when `type` is 'Pod'",
    ])
  })
})

describe('an ingress', () => {
  it('is told every fault of its rules, in the order of its fields', () => {
    const object = made('networking.k8s.io/v1', 'Ingress', {
      spec: {
        defaultBackend: { service: { name: 'web', port: { name: 'http', number: 80 } } },
        rules: [
          { host: '10.0.0.1', http: { paths: [{ path: 'a//b', pathType: 'Prefix', backend: {} }] } },
          { host: '*.example.com', http: { paths: [] } },
        ],
        tls: [{ hosts: ['*'] }],
      },
    })
    expect(faults(object).map(text => text.replace(/ \(e\.g\..*/, ''))).toEqual([
      'spec.defaultBackend: Invalid value: "": cannot set both port name & port number',
      'spec.rules[0].host: Invalid value: "10.0.0.1": must be a DNS name, not an IP address',
      'spec.rules[0].http.paths[0].path: Invalid value: "a//b": must be an absolute path',
      'spec.rules[0].http.paths[0].path: Invalid value: "a//b": must not contain \'//\'',
      'spec.rules[0].http.paths[0].backend: Invalid value: "": resource or service backend is required',
      'spec.rules[1].http.paths: Required value',
      "spec.tls[0].hosts[0]: Invalid value: \"*\": a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character",
    ])
  })
})

describe('a network policy', () => {
  it('is for ingress unless it has rules for egress, and wants peers that say something', () => {
    const policyTypes = (spec: object) =>
      made('networking.k8s.io/v1', 'NetworkPolicy', { spec: { podSelector: {}, ...spec } }).spec.policyTypes
    expect(policyTypes({})).toEqual(['Ingress'])
    expect(policyTypes({ egress: [] })).toEqual(['Ingress'])
    expect(policyTypes({ egress: [{}] })).toEqual(['Ingress', 'Egress'])
    const object = made('networking.k8s.io/v1', 'NetworkPolicy', {
      spec: {
        podSelector: {},
        ingress: [
          {
            from: [{}, { podSelector: {}, ipBlock: { cidr: '10.0.0.0/8', except: ['10.0.0.0/8'] } }],
            ports: [{ port: 80, endPort: 79 }],
          },
        ],
      },
    })
    expect(faults(object)).toEqual([
      'spec.ingress[0].ports[0].endPort: Invalid value: 80: must be greater than or equal to `port`',
      'spec.ingress[0].from[0]: Required value: must specify a peer',
      'spec.ingress[0].from[1].ipBlock.except[0]: Invalid value: "10.0.0.0/8": must be a strict subset of `cidr`',
      'spec.ingress[0].from[1]: Forbidden: may not specify both ipBlock and another peer',
    ])
  })
})

describe('what an update may not change', () => {
  it('is shown as a diff for a claim, until it is bound and grows', () => {
    const claim = made('v1', 'PersistentVolumeClaim', {
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '2Gi' } } },
    })
    const resize = (storage: string) => (object: AnyObject) => {
      object.spec.resources = { requests: { storage } }
    }
    expect(changeFaults(claim, resize('3Gi'))).toEqual([
      `spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims
@@ -6,7 +6,7 @@
  "Resources": {
   "Limits": null,
   "Requests": {
-   "storage": "2Gi"
+   "storage": "3Gi"
   }
  },
  "VolumeName": "",
`,
    ])
    claim.status = { phase: 'Bound', capacity: { storage: '2Gi' } }
    expect(changeFaults(claim, resize('3Gi'))).toEqual([])
    expect(changeFaults(claim, resize('1Gi'))).toEqual([
      'spec.resources.requests.storage: Forbidden: field can not be less than status.capacity',
    ])
  })

  it('are the role of a binding, the value of a priority, the controller of an ingress class', () => {
    const group = 'rbac.authorization.k8s.io'
    const binding = made(`${group}/v1`, 'RoleBinding', {
      roleRef: { kind: 'Role', name: 'reader', apiGroup: group },
      subjects: [{ kind: 'User', name: 'jane' }],
    })
    expect(binding.subjects[0].apiGroup).toBe(group)
    expect(changeFaults(binding, object => (object.roleRef.name = 'writer'))).toEqual([
      'roleRef: Invalid value: {"APIGroup":"rbac.authorization.k8s.io","Kind":"Role","Name":"writer"}: cannot change roleRef',
    ])
    const priority = made('scheduling.k8s.io/v1', 'PriorityClass', { value: 5 })
    expect(changeFaults(priority, object => (object.value = 6))).toEqual([
      'value: Forbidden: may not be changed in an update.',
    ])
    const ingressClass = made('networking.k8s.io/v1', 'IngressClass', { spec: { controller: 'a.io/b' } })
    expect(changeFaults(ingressClass, object => (object.spec.controller = 'nginx'))).toEqual([
      'spec.controller: Invalid value: "nginx": field is immutable',
      'spec.controller: Invalid value: "nginx": must be a domain-prefixed path (such as "acme.io/foo")',
    ])
  })
})

it('an autoscaler of autoscaling/v1 is kept as v2 and shown with what v1 lacks in annotations', () => {
  const { conversion, kind } = findKind('autoscaling', 'v1', 'HorizontalPodAutoscaler')!
  const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }
  const old: AnyObject = {
    apiVersion: 'autoscaling/v1',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'x' },
    spec: { scaleTargetRef, maxReplicas: 3, targetCPUUtilizationPercentage: 50 },
  }
  const stored: AnyObject = conversion!.toStored(old)
  kind.defaults!(stored)
  const cpu = { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } }
  expect(stored.spec).toEqual({
    scaleTargetRef,
    minReplicas: 1,
    maxReplicas: 3,
    metrics: [{ type: 'Resource', resource: cpu }],
  })
  const memory = { name: 'memory', target: { type: 'AverageValue', averageValue: '1Gi' } }
  stored.spec.metrics.push({ type: 'Resource', resource: memory })
  const shown = conversion!.fromStored(stored)
  expect(shown).toEqual({
    apiVersion: 'autoscaling/v1',
    kind: 'HorizontalPodAutoscaler',
    metadata: {
      name: 'x',
      annotations: {
        'autoscaling.alpha.kubernetes.io/metrics':
          '[{"type":"Resource","resource":{"name":"memory","targetAverageValue":"1Gi"}}]',
      },
    },
    spec: { scaleTargetRef, minReplicas: 1, maxReplicas: 3, targetCPUUtilizationPercentage: 50 },
    status: { currentReplicas: 0, desiredReplicas: 0 },
  })
  const again: AnyObject = conversion!.toStored(shown)
  expect(again.spec.metrics).toEqual(stored.spec.metrics)
})

it.each(['5', '{"type":"Resource"}', '[5]', '[{"type":"Resource","resource":{"name":5}}]', 'no JSON'])(
  'what an annotation of an autoscaler says that is no list of metrics is dropped: %s',
  text => {
    const { conversion, kind } = findKind('autoscaling', 'v1', 'HorizontalPodAutoscaler')!
    const note = 'autoscaling.alpha.kubernetes.io/'
    const old: AnyObject = {
      apiVersion: 'autoscaling/v1',
      kind: 'HorizontalPodAutoscaler',
      metadata: {
        name: 'x',
        namespace: 'default',
        annotations: { [`${note}metrics`]: text, [`${note}behavior`]: '{"scaleUp":5}', other: 'kept' },
      },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
        maxReplicas: 3,
        targetCPUUtilizationPercentage: 50,
      },
    }
    const stored: AnyObject = conversion!.toStored(old)
    kind.defaults!(stored)
    expect(kind.validate!(stored)).toEqual([])
    expect(stored.metadata.annotations).toEqual({ other: 'kept' })
    expect(stored.spec.behavior).toBeUndefined()
    expect(stored.spec.metrics).toMatchObject([{ resource: { name: 'cpu' } }])
  },
)

it.each(['[{}]', '[null]'])('a metric without a type is for the validation to refuse: %s', metrics => {
  const { conversion, kind } = findKind('autoscaling', 'v1', 'HorizontalPodAutoscaler')!
  const stored = conversion!.toStored({
    apiVersion: 'autoscaling/v1',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'x', annotations: { 'autoscaling.alpha.kubernetes.io/metrics': metrics } },
    spec: { scaleTargetRef: { kind: 'Deployment', name: 'web' }, maxReplicas: 3 },
  } as AnyObject)
  kind.defaults!(stored)
  expect(kind.validate!(stored).map(each => each.field)).toContain('spec.metrics[0].type')
})
