// An exception in any controller, in the scheduler or in the kubelet: it is listed, everything else goes on, and what it
// hit is tried again until it succeeds.

import { describe, expect, test, vi } from 'vitest'
import { Container } from '../containers/container.ts'
import { controllers } from '../controllers/index.ts'
import { encodeBase64 } from '../engine/bytes.ts'
import { makeKey } from '../engine/certificates/rsa.ts'
import { makeRequest } from '../engine/certificates/x509.ts'
import { FileError } from '../engine/files.ts'
import { Random } from '../engine/random.ts'
import { Fiber, sleep } from '../engine/task.ts'
import type { AnyObject } from '../kinds/object.ts'
import { World } from '../lesson/world.ts'
import { type Cluster, createCluster } from './cluster.ts'

class Setup {
  readonly cluster: Cluster
  readonly hit = new Set<string>()
  broken = true

  constructor(component: string) {
    this.cluster = createCluster({
      seed: 1,
      beforeWork: (name, key) => {
        if (this.broken && name === component && this.hit.has(key)) throw new TypeError(`injected for ${key}`)
      },
    })
  }

  resource<Name extends string>(name: Name) {
    return this.cluster.client('test').resource(name)
  }

  create(resource: string, name: string, content: object, namespace?: string): AnyObject {
    const { metadata, ...rest } = content as { metadata?: object }
    const object = { metadata: { name, ...(namespace && { namespace }), ...metadata }, ...rest }
    return this.resource(resource).create(object as never)
  }

  /** Is there one whose controller has this name? */
  owns(resource: string, name: string): boolean {
    return this.resource(resource)
      .list({ namespace: 'default' })
      .some(each => each.metadata.ownerReferences?.[0]?.name === name)
  }
}

interface Row {
  /** What the controller has to do something for; answers with the key that it knows it by (`default/NAME`). */
  make(setup: Setup, name: string): string | undefined
  /** Done once for all. */
  begin?(setup: Setup): void
  done(setup: Setup, name: string): boolean
  /** Until it is done, in s (5). */
  seconds?: number
}

const container = { name: 'c', image: 'busybox:1.36', command: ['sleep', '1000'] }
const template = (name: string, spec: object = {}) => ({
  metadata: { labels: { app: name } },
  spec: { containers: [container], ...spec },
})
const workload = (name: string) => ({
  spec: { selector: { matchLabels: { app: name } }, template: template(name), serviceName: name },
})
const makes = (resource: string, dependents: string, content: (name: string) => object): Row => ({
  make: (setup, name) => void setup.create(resource, name, content(name), 'default'),
  done: (setup, name) => setup.owns(dependents, name),
})
const service = (selector?: object) => ({ spec: { ...(selector && { selector }), ports: [{ port: 80 }] } })
const slicesOf = (setup: Setup, name: string) =>
  setup
    .resource('endpointslices.discovery.k8s.io')
    .list({ labelSelector: `kubernetes.io/service-name=${name}` }).length > 0
const isGone = (resource: string, namespace: string) => (setup: Setup, name: string) =>
  setup.resource(resource).find(namespace, name) === undefined
const storage = { accessModes: ['ReadWriteOnce'], storageClassName: 'none' }
const claim = { spec: { ...storage, resources: { requests: { storage: '1Gi' } } } }
const requests = 'certificatesigningrequests.certificates.k8s.io'
const inNamespace = (resource: string, object: string): Row => ({
  make(setup, name) {
    setup.create('namespaces', name, {})
    return name
  },
  done: (setup, name) => setup.resource(resource).find(name, object) !== undefined,
})

const rows: Record<string, Row> = {
  'endpoints-controller': {
    make: (setup, name) => void setup.create('services', name, service({ app: name }), 'default'),
    done: (setup, name) => setup.resource('endpoints').find('default', name) !== undefined,
  },
  'endpointslice-controller': {
    make: (setup, name) => void setup.create('services', name, service({ app: name }), 'default'),
    done: slicesOf,
  },
  'endpointslice-mirroring-controller': {
    make(setup, name) {
      setup.create('services', name, service(), 'default')
      const subsets = [{ addresses: [{ ip: '10.9.9.9' }], ports: [{ port: 80 }] }]
      setup.create('endpoints', name, { subsets }, 'default')
      return undefined
    },
    done: slicesOf,
  },
  'replicationcontroller-controller': makes('replicationcontrollers', 'pods', name => ({
    spec: { selector: { app: name }, template: template(name) },
  })),
  'replicaset-controller': makes('replicasets.apps', 'pods', workload),
  'deployment-controller': makes('deployments.apps', 'replicasets.apps', workload),
  'statefulset-controller': makes('statefulsets.apps', 'pods', workload),
  'daemonset-controller': makes('daemonsets.apps', 'pods', workload),
  'job-controller': makes('jobs.batch', 'pods', name => ({
    spec: { template: template(name, { restartPolicy: 'Never' }) },
  })),
  'cronjob-controller': {
    ...makes('cronjobs.batch', 'jobs.batch', name => ({
      spec: {
        schedule: '* * * * *',
        jobTemplate: { spec: { template: template(name, { restartPolicy: 'Never' }) } },
      },
    })),
    seconds: 65,
  },
  'pod-garbage-collector-controller': {
    make: (setup, name) =>
      void setup.create('pods', name, { spec: { nodeName: 'ghost', containers: [container] } }, 'default'),
    done: isGone('pods', 'default'),
    seconds: 85,
  },
  'resourcequota-controller': {
    make: (setup, name) =>
      void setup.create('resourcequotas', name, { spec: { hard: { pods: '9' } } }, 'default'),
    done: (setup, name) => setup.resource('resourcequotas').get('default', name).status?.used !== undefined,
  },
  'namespace-controller': {
    make(setup, name) {
      setup.create('namespaces', name, {})
      setup.resource('namespaces').delete('', name)
      return name
    },
    done: isGone('namespaces', ''),
    seconds: 15,
  },
  'serviceaccount-controller': inNamespace('serviceaccounts', 'default'),
  'root-ca-certificate-publisher-controller': inNamespace('configmaps', 'kube-root-ca.crt'),
  'garbage-collector-controller': {
    make(setup, name) {
      const { metadata } = setup.create('configmaps', `${name}-owner`, {}, 'default')
      const ownerReferences = [
        { apiVersion: 'v1', kind: 'ConfigMap', name: metadata.name, uid: metadata.uid },
      ]
      const { metadata: child } = setup.create(
        'configmaps',
        name,
        { metadata: { ownerReferences } },
        'default',
      )
      setup.resource('configmaps').delete('default', metadata.name)
      return child.uid
    },
    done: isGone('configmaps', 'default'),
  },
  'horizontal-pod-autoscaler-controller': {
    make: (setup, name) =>
      void setup.create(
        'horizontalpodautoscalers.autoscaling/v2',
        name,
        { spec: { maxReplicas: 2, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name } } },
        'default',
      ),
    done: (setup, name) =>
      setup.resource('horizontalpodautoscalers.autoscaling/v2').get('default', name).status?.conditions !==
      undefined,
    seconds: 40,
  },
  'disruption-controller': {
    make: (setup, name) =>
      void setup.create(
        'poddisruptionbudgets.policy',
        name,
        { spec: { minAvailable: 1, selector: { matchLabels: { app: name } } } },
        'default',
      ),
    done: (setup, name) =>
      setup.resource('poddisruptionbudgets.policy').get('default', name).status?.observedGeneration === 1,
  },
  'node-lifecycle-controller': {
    make(setup, name) {
      setup.create('nodes', name, {})
      return name
    },
    done: (setup, name) =>
      setup
        .resource('nodes')
        .get('', name)
        .spec.taints?.some(t => t.effect === 'NoExecute') === true,
    seconds: 15,
  },
  'taint-eviction-controller': {
    make: (setup, name) =>
      void setup.create(
        'pods',
        name,
        { spec: { nodeName: 'k8s-node1', containers: [container] } },
        'default',
      ),
    begin(setup) {
      const taints = [{ key: 'x', effect: 'NoExecute' }]
      setup.resource('nodes').patch('', 'k8s-node1', 'merge', { spec: { taints } })
    },
    done: (setup, name) =>
      setup.resource('pods').find('default', name)?.metadata.deletionTimestamp !== undefined ||
      isGone('pods', 'default')(setup, name),
  },
  'persistentvolume-binder-controller': {
    make(setup, name) {
      const spec = { ...storage, capacity: { storage: '1Gi' }, hostPath: { path: '/x' } }
      setup.create('persistentvolumes', name, { spec: { ...spec, claimRef: { namespace: 'default', name } } })
      setup.create('persistentvolumeclaims', name, claim, 'default')
      return undefined
    },
    done: (setup, name) =>
      setup.resource('persistentvolumeclaims').get('default', name).status?.phase === 'Bound',
    seconds: 40,
  },
  'persistentvolume-protection-controller': {
    make(setup, name) {
      setup.create('persistentvolumeclaims', name, claim, 'default')
      setup.resource('persistentvolumeclaims').delete('default', name)
      return undefined
    },
    done: isGone('persistentvolumeclaims', 'default'),
  },
  'ephemeral-volume-controller': {
    make(setup, name) {
      const volumes = [{ name: 'v', ephemeral: { volumeClaimTemplate: { spec: claim.spec } } }]
      setup.create('pods', name, { spec: { containers: [container], volumes } }, 'default')
      return undefined
    },
    done: (setup, name) =>
      setup.resource('persistentvolumeclaims').find('default', `${name}-v`) !== undefined,
  },
  'ttl-after-finished-controller': {
    make(setup, name) {
      const once = { ...container, command: ['true'] }
      const spec = { restartPolicy: 'Never', containers: [once] }
      setup.create(
        'jobs.batch',
        name,
        { spec: { ttlSecondsAfterFinished: 0, template: { spec } } },
        'default',
      )
      return undefined
    },
    done: isGone('jobs.batch', 'default'),
    seconds: 20,
  },
  'serviceaccount-token-controller': {
    make(setup, name) {
      const annotations = { 'kubernetes.io/service-account.name': 'default' }
      const type = 'kubernetes.io/service-account-token'
      setup.create('secrets', name, { type, metadata: { annotations } }, 'default')
      return undefined
    },
    done: (setup, name) => setup.resource('secrets').get('default', name).data?.token !== undefined,
  },
  'clusterrole-aggregation-controller': {
    make(setup, name) {
      const roles = 'clusterroles.rbac.authorization.k8s.io'
      const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }]
      setup.create(roles, `${name}-part`, { metadata: { labels: { into: name } }, rules })
      const clusterRoleSelectors = [{ matchLabels: { into: name } }]
      setup.create(roles, name, { aggregationRule: { clusterRoleSelectors } })
      return name
    },
    done: (setup, name) =>
      (setup.resource('clusterroles.rbac.authorization.k8s.io').get('', name).rules?.length ?? 0) > 0,
  },
  'validatingadmissionpolicy-status-controller': {
    make(setup, name) {
      const resourceRules = [
        { apiGroups: [''], apiVersions: ['v1'], resources: ['pods'], operations: ['CREATE'] },
      ]
      const spec = { matchConstraints: { resourceRules }, validations: [{ expression: 'true' }] }
      setup.create('validatingadmissionpolicies.admissionregistration.k8s.io', name, { spec })
      return name
    },
    done: (setup, name) =>
      setup.resource('validatingadmissionpolicies.admissionregistration.k8s.io').get('', name).status
        ?.observedGeneration === 1,
  },
  'ttl-controller': {
    make(setup, name) {
      setup.create('nodes', name, {})
      return name
    },
    done: (setup, name) =>
      setup.resource('nodes').get('', name).metadata.annotations?.['node.alpha.kubernetes.io/ttl'] === '0',
  },
  'certificatesigningrequest-signing-controller': {
    make(setup, name) {
      const request = encodeBase64(makeRequest([['CN', name]], makeKey(512, new Random(1)), []))
      const spec = { request, signerName: 'kubernetes.io/kube-apiserver-client', usages: ['client auth'] }
      const made = setup.create(requests, name, { spec })
      const approved = { type: 'Approved', status: 'True', reason: 'Test', message: '' }
      setup.cluster.api.handle({
        method: 'PUT',
        path: `/apis/certificates.k8s.io/v1/certificatesigningrequests/${name}/approval`,
        body: { ...made, status: { conditions: [approved] } },
      })
      return name
    },
    done: (setup, name) => setup.resource(requests).get('', name).status?.certificate !== undefined,
  },
}

/** Two objects, the work on one of which throws for a while. */
function play(component: string, { make, begin, done, seconds = 5 }: Row): void {
  const setup = new Setup(component)
  const { cluster } = setup
  for (const name of ['bad', 'good']) {
    const key = make(setup, name) ?? `default/${name}`
    if (name === 'bad') setup.hit.add(key)
  }
  begin?.(setup)
  cluster.engine.advance(seconds * 1000)
  expect([done(setup, 'good'), done(setup, 'bad')], 'good, bad').toEqual([true, false])
  const errors = cluster.errors.map(({ where, error }) => `${where}: ${(error as Error).message}`)
  expect(errors.length, 'it was tried again').toBeGreaterThan(1)
  for (const each of errors) expect(each).toContain('injected for ')
  setup.broken = false
  cluster.engine.advance((seconds + 20) * 1000)
  expect(done(setup, 'bad'), 'bad, once nothing throws any more').toBe(true)
}

describe('an exception in a controller', () => {
  test.each(controllers.map(([name]) => name))('%s', name => play(name, rows[name]!))
})

test('an exception in the scheduler', () => {
  const row: Row = {
    make: (setup, name) => void setup.create('pods', name, { spec: { containers: [container] } }, 'default'),
    done: (setup, name) => setup.resource('pods').get('default', name).spec.nodeName !== undefined,
  }
  play('default-scheduler', row)
})

test('an exception in a probe: it says nothing of the container, and the next one is made', () => {
  const world = new World({ seed: 1 })
  const container = { name: 'p', image: 'busybox:1.36', command: ['sleep', '1000'] }
  const readinessProbe = { exec: { command: ['true'] }, periodSeconds: 2 }
  const spec = { containers: [{ ...container, readinessProbe }] }
  const broken = vi.spyOn(Container.prototype, 'exec').mockImplementation(() => {
    throw new TypeError('injected')
  })
  world.write('p.yaml', JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec }))
  world.run('kubectl apply -f p.yaml')
  world.advance(10_000)
  broken.mockRestore()
  expect(world.run('kubectl get events --field-selector reason=Unhealthy').stdout).toContain(
    'Readiness probe errored and resulted in unknown state: injected',
  )
  expect(world.run('kubectl get pod p --no-headers').stdout).toMatch(/0\/1 +Running/)
  world.advance(5000)
  expect(world.run('kubectl get pod p --no-headers').stdout).toMatch(/1\/1 +Running/)
})

test('a task that nobody waits for and that throws is told', () => {
  const { engine, errors } = createCluster({ seed: 1 })
  new Fiber(
    engine,
    (function* () {
      yield* sleep(10)
      throw new TypeError('nobody waits for it')
    })(),
  )
  engine.advance(20)
  expect(errors.map(({ error }) => (error as Error).message)).toEqual(['nobody waits for it'])
})

test('a program of a container that throws ends with its message, and is told; a missing file is its own affair', () => {
  const world = new World({ seed: 1 })
  world.run('kubectl run p --image=busybox:1.36 -- sleep 1000')
  world.advance(5000)
  const says = () => world.cluster.errors.map(({ error }) => (error as Error).message)
  for (const [thrown, told] of [
    [new FileError('ENOENT', '/x'), []],
    [new TypeError('injected'), ['injected']],
  ] as const) {
    const broken = vi.spyOn(Container.prototype, 'resolve').mockReturnValue({
      *run() {
        throw thrown
      },
    })
    world.run('kubectl exec p -- anything')
    broken.mockRestore()
    expect(says()).toEqual(told)
  }
})

test('the API server: an exception is a 500 for the client, and is told', () => {
  const { api, errors } = createCluster({ seed: 1 })
  const body = {
    get metadata() {
      throw new TypeError('injected')
    },
  }
  const path = '/api/v1/namespaces/default/pods'
  expect(api.handle({ method: 'POST', path, body: body as never, decoded: true })).toMatchObject({
    code: 500,
  })
  expect(errors.map(({ error }) => (error as Error).message)).toEqual(['injected'])
})
