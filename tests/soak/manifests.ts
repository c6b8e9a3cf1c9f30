// Manifests that mostly pass decoding: objects that work, in which some fields are given other values of their own types.

import { resources } from '../../src/kinds/resources.ts'
import { type FieldType, type StructType, structType, type ValueType } from '../../src/kinds/schema.ts'
import type { Choose } from './choose.ts'

type Json = any

const labels = { app: 'web' }
const container = { name: 'c', image: 'nginx' }
const pod = { metadata: { labels }, spec: { containers: [container] } }
const selector = { matchLabels: labels }

/** What each kind needs to be accepted. */
const bases: Readonly<Record<string, (name: string) => Json>> = {
  'v1 Pod': () => pod,
  'v1 Service': () => ({ spec: { selector: labels, ports: [{ port: 80 }] } }),
  'v1 ConfigMap': () => ({ data: { a: '1', 'b.txt': 'x\n' } }),
  'v1 Secret': () => ({ stringData: { key: 'value' } }),
  'v1 Namespace': () => ({}),
  'v1 ServiceAccount': () => ({}),
  'v1 Endpoints': () => ({ subsets: [{ addresses: [{ ip: '20.2.0.9' }], ports: [{ port: 80 }] }] }),
  'v1 ReplicationController': () => ({ spec: { replicas: 2, selector: labels, template: pod } }),
  'v1 PodTemplate': () => ({ template: pod }),
  'v1 LimitRange': () => ({ spec: { limits: [{ type: 'Container', default: { cpu: '1' } }] } }),
  'v1 ResourceQuota': () => ({ spec: { hard: { pods: '50' } } }),
  'v1 PersistentVolume': () => ({
    spec: { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], hostPath: { path: '/data' } },
  }),
  'v1 PersistentVolumeClaim': () => ({
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  }),
  'v1 Event': () => ({ involvedObject: { kind: 'Pod', name: 'a', namespace: 'default' }, reason: 'R' }),
  'apps/v1 Deployment': () => ({ spec: { replicas: 2, selector, template: pod } }),
  'apps/v1 ReplicaSet': () => ({ spec: { replicas: 2, selector, template: pod } }),
  'apps/v1 StatefulSet': () => ({ spec: { replicas: 2, selector, serviceName: 'web', template: pod } }),
  'apps/v1 DaemonSet': () => ({ spec: { selector, template: pod } }),
  'apps/v1 ControllerRevision': () => ({ revision: 1 }),
  'batch/v1 Job': () => ({
    spec: {
      template: {
        spec: {
          restartPolicy: 'Never',
          containers: [{ name: 'c', image: 'busybox', command: ['sh', '-c', 'echo hi'] }],
        },
      },
    },
  }),
  'batch/v1 CronJob': () => ({
    spec: {
      schedule: '* * * * *',
      jobTemplate: { spec: { template: { spec: { restartPolicy: 'OnFailure', containers: [container] } } } },
    },
  }),
  'networking.k8s.io/v1 Ingress': () => ({
    spec: { defaultBackend: { service: { name: 'web', port: { number: 80 } } } },
  }),
  'networking.k8s.io/v1 NetworkPolicy': () => ({ spec: { podSelector: {} } }),
  'discovery.k8s.io/v1 EndpointSlice': () => ({
    addressType: 'IPv4',
    endpoints: [{ addresses: ['20.2.0.9'] }],
    ports: [{ port: 80 }],
  }),
  'policy/v1 PodDisruptionBudget': () => ({ spec: { minAvailable: 1, selector } }),
  'autoscaling/v2 HorizontalPodAutoscaler': name => ({
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name }, maxReplicas: 4 },
  }),
  'rbac.authorization.k8s.io/v1 Role': () => ({
    rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
  }),
  'rbac.authorization.k8s.io/v1 RoleBinding': name => ({
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
    subjects: [{ kind: 'ServiceAccount', name: 'default', namespace: 'default' }],
  }),
  'rbac.authorization.k8s.io/v1 ClusterRole': () => ({
    rules: [{ nonResourceURLs: ['/healthz'], verbs: ['get'] }],
  }),
  'scheduling.k8s.io/v1 PriorityClass': () => ({ value: 100 }),
  'storage.k8s.io/v1 StorageClass': () => ({ provisioner: 'x.io/y' }),
  'coordination.k8s.io/v1 Lease': () => ({ spec: { holderIdentity: 'a' } }),
  'apiextensions.k8s.io/v1 CustomResourceDefinition': () => ({
    metadata: { name: 'toys.soak.io' },
    spec: {
      group: 'soak.io',
      scope: 'Namespaced',
      names: { plural: 'toys', kind: 'Toy' },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
        },
      ],
    },
  }),
}

const kinds = Object.keys(bases)
/** Pods and what makes pods have the most to go wrong. */
const favourites = kinds.filter(kind => /Pod$|Deployment|StatefulSet|DaemonSet|Job|Service$|Cron/.test(kind))

const schemas = new Map(
  resources.map(({ group, version, kind, schema }) => [
    `${group ? `${group}/` : ''}${version} ${kind}`,
    schema,
  ]),
)

export const names = ['web', 'db', 'a', 'tick', 'x-1']

const strings = [
  '',
  'a',
  'web',
  'default',
  '80',
  'http',
  '/',
  '/data',
  'x'.repeat(254),
  'A_b',
  '-a',
  'a.b.c/d',
  '{{x}}',
  '$(PATH)',
  'True',
  '10%',
  '101%',
  '0',
  '-1',
  '1e3',
  '你好',
  'a😀',
  '\n',
  '127.0.0.1',
  '20.1.0.10',
  '::1',
  '0.0.0.0/0',
  'None',
  'Always',
  'Never',
  'nginx:1.27',
  'busybox',
  'leigg/hellok8s:v1',
  'nosuch/image:v9',
  '__proto__',
  'constructor',
  '* * * * *',
  '@every 1s',
  '0 0 30 2 *',
  'Asia/Shanghai',
  '2026-11-23T10:00:00Z',
  'kubernetes.io/hostname',
  'k8s-node1',
]
const numbers = [
  0,
  1,
  -1,
  2,
  3,
  5,
  10,
  80,
  100,
  255,
  1000,
  8080,
  30080,
  32767,
  65535,
  65536,
  1e6,
  2 ** 31 - 1,
  -(2 ** 31),
]
const quantities = [
  '0',
  '1',
  '100m',
  '1Gi',
  '1Ki',
  '-1',
  '0.5',
  '1e3',
  '1E',
  '9223372036854775807',
  '10Ei',
  '1.5Mi',
  '7Mi',
  '5m',
]

/** A value of a type, mostly well formed. */
function value(choose: Choose, type: ValueType, depth: number): Json {
  switch (type.form) {
    case 'string':
      return type.values?.length && !choose.oneIn(8) ? choose.of(...type.values) : choose.of(...strings)
    case 'int32':
      return choose.of(...numbers)
    case 'int64':
      return choose.of(...numbers, 2 ** 53, -(2 ** 53), 1e18)
    case 'float64':
      return choose.of(0, 0.5, -1, 1e300)
    case 'bool':
      return choose.oneIn(2)
    case 'bytes':
      return choose.of('', 'YQ==', '4pyT', '/w==', '!')
    case 'quantity':
      return choose.of(...quantities)
    case 'time':
    case 'microTime':
      return choose.of<Json>(
        '2026-11-23T10:00:00Z',
        '2026-11-23T10:00:00.123456Z',
        '0001-01-01T00:00:00Z',
        null,
      )
    case 'intOrString':
      return choose.of<number | string>(0, 1, -1, 80, '50%', '101%', 'http', '')
    case 'raw':
      return choose.of<Json>({}, { a: 1 }, [], 'x', null)
    case 'list':
      return depth > 4 ? [] : choose.some(3, () => value(choose, type.items, depth + 1))
    case 'map': {
      const entries = choose.some(2, () => [
        choose.of(...strings, 'cpu', 'memory', 'app'),
        value(choose, type.values, depth + 1),
      ])
      return Object.fromEntries(entries)
    }
    case 'struct':
      return depth > 4 ? {} : struct(choose, type, depth)
  }
}

function struct(choose: Choose, type: StructType, depth: number): Json {
  const out: Json = {}
  for (const field of type.fields)
    if (field.required ? !choose.oneIn(12) : choose.oneIn(6))
      out[field.name] = value(choose, field.type, depth + 1)
  return out
}

const isObject = (value: unknown): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Changes one field somewhere in an object of a struct: another value, none, or one that was not there. */
function change(choose: Choose, type: StructType, object: Json): void {
  const inner: [FieldType, Json][] = []
  for (const field of type.fields) {
    const found = object[field.name]
    const below = field.type.form === 'list' ? found : [found]
    const items = field.type.form === 'list' ? field.type.items : field.type
    if (items.form === 'struct' && Array.isArray(below))
      for (const each of below) if (isObject(each)) inner.push([{ ...field, type: items }, each])
  }
  // Mostly further in, where the rules are.
  if (inner.length && !choose.oneIn(4)) {
    const [field, below] = choose.of(...inner)
    change(choose, field.type as StructType, below)
    return
  }
  const fields = type.fields.filter(({ name }) => name !== 'kind' && name !== 'apiVersion')
  if (fields.length === 0) return
  const field = choose.of(...fields)
  const list = object[field.name]
  if (choose.oneIn(6)) delete object[field.name]
  else if (Array.isArray(list) && field.type.form === 'list' && choose.oneIn(2)) {
    if (list.length && choose.oneIn(2)) list.push(structuredClone(choose.of(...list)))
    else list.push(value(choose, field.type.items, 1))
  } else object[field.name] = value(choose, field.type, 1)
}

/** An object of a schema with some of its fields changed. */
export function changed(choose: Choose, kind: string, object: Json, most: number): Json {
  const schema = schemas.get(kind)
  const type = schema && structType(schema)
  const copy = structuredClone(object)
  if (type) for (let i = choose.below(most + 1); i > 0; i--) change(choose, type, copy)
  return copy
}

/** A manifest; every third is as it should be. */
export function manifest(choose: Choose): Json {
  const kind = choose.oneIn(2) ? choose.of(...favourites) : choose.of(...kinds)
  const [apiVersion, name] = kind.split(' ') as [string, string]
  const called = choose.of(...names)
  const base = {
    apiVersion,
    kind: name,
    metadata: { name: called },
    ...structuredClone(bases[kind]!(called)),
  }
  base.metadata = { name: called, ...base.metadata }
  if (kind === 'v1 Pod') base.metadata.labels = labels
  return choose.oneIn(3) ? base : changed(choose, kind, base, 3)
}

/** JSON is YAML, too; sometimes it is damaged as text. */
export function manifestText(choose: Choose): string {
  const texts = Array.from({ length: 1 + choose.below(2) }, () =>
    JSON.stringify(manifest(choose), undefined, choose.of(0, 2)),
  )
  const text = texts.join('\n---\n')
  if (!choose.oneIn(12)) return `${text}\n`
  const at = choose.below(text.length)
  return (
    text.slice(0, at) +
    choose.of('', '\t', '"', '{', '- ', ': ', '\u0000', '&a *a', '!!x', '😀') +
    text.slice(at + choose.below(3))
  )
}
