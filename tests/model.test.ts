// Random sequences of what users do to a cluster. Whatever they did and in whatever order, once nobody does anything any
// more the cluster must be as it was asked to be: as many pods as wanted, the endpoints of a service its ready pods, no
// orphans, no address used twice, and silence.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Fault } from '../src/cluster/fault.ts'
import type { AnyObject } from '../src/kinds/object.ts'
import { World } from '../src/lesson/world.ts'

const images = {
  good: ['leigg/hellok8s:v1', 'leigg/hellok8s:v2', 'nginx:1.27'],
  bad: 'leigg/hellok8s:nothere',
}
const names = ['a', 'b']

const workload = (
  kind: string,
  name: string,
  replicas: number | undefined,
  image: string,
) => `apiVersion: apps/v1
kind: ${kind}
metadata: {name: ${name}}
spec:
${replicas === undefined ? '' : `  replicas: ${replicas}\n`}  selector: {matchLabels: {app: ${name}}}
${kind === 'StatefulSet' ? `  serviceName: ${name}\n` : ''}  template:
    metadata: {labels: {app: ${name}}}
    spec:
      terminationGracePeriodSeconds: 3
      containers:
      - {name: c, image: '${image}'}
`
const service = (name: string) =>
  `---\napiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\nspec: {selector: {app: ${name}}, ports: [{port: 80, targetPort: 3000}]}\n`

const name = fc.constantFrom(...names)
const node = fc.constantFrom('k8s-node1', 'k8s-node2')
const count = fc.integer({ min: 0, max: 4 })
const nth = fc.nat(20)
const image = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...images.good) },
  { weight: 1, arbitrary: fc.constant(images.bad) },
)
const fault = fc.oneof(
  fc.constantFrom<Fault>(
    { type: 'etcd-down' },
    { type: 'registry-down' },
    { type: 'rate-limit' },
    { type: 'slow-disk' },
    { type: 'dns-broken', how: 'crash' },
    { type: 'memory-leak', pod: 'a', mebibytesPerSecond: 2000 },
  ),
  fc.record({ type: fc.constantFrom('node-lost' as const, 'kubelet-stopped' as const), node }),
)
const action = fc.oneof(
  fc.record({ type: fc.constant('apply' as const), name, count, image }),
  fc.record({ type: fc.constant('scale' as const), name, count }),
  fc.record({ type: fc.constant('image' as const), name, image }),
  fc.record({ type: fc.constant('restart' as const), name }),
  fc.record({ type: fc.constant('delete' as const), name }),
  fc.record({ type: fc.constant('undo' as const), name }),
  fc.record({ type: fc.constant('stateful' as const), count }),
  fc.record({ type: fc.constant('daemon' as const), image: fc.constantFrom(...images.good) }),
  fc.record({ type: fc.constant('no-daemon' as const) }),
  fc.record({ type: fc.constant('delete-pod' as const), nth }),
  fc.record({ type: fc.constant('kill' as const), nth }),
  fc.record({ type: fc.constant('relabel' as const), nth }),
  fc.record({ type: fc.constant('delete-set' as const), name }),
  fc.record({ type: fc.constant('cordon' as const), node }),
  fc.record({ type: fc.constant('uncordon' as const), node }),
  fc.record({ type: fc.constant('drain' as const), node }),
  fc.record({ type: fc.constant('fault' as const), fault }),
  fc.record({ type: fc.constant('repair' as const), fault }),
)
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never
const step = fc.record({ action, pause: fc.constantFrom(0, 50, 400, 3000, 20_000) })

const settleMs = 420_000
const quietMs = 60_000

class Model {
  /** Syncs of controllers that failed, to be tried again; what anything else threw, which nobody caught. */
  readonly failures: string[] = []
  readonly thrown: string[] = []
  readonly world = new World({
    seed: 1,
    workers: 2,
    onError: (error, key) => {
      const list = key === 'event' ? this.thrown : this.failures
      list.push(`${key}: ${error instanceof Error ? error.stack : error}`)
    },
  })
  /** Deployments as they were last asked for. */
  readonly wanted = new Map<string, { replicas: number; image: string }>()
  stateful: number | undefined
  daemon: boolean | undefined

  constructor() {
    this.apply(names.map(service).join(''))
  }

  /** Whether the command succeeded: what the server did not take was not asked for. */
  run(command: string): boolean {
    return this.world.run(command, { limitMs: 20_000 }).exit === 0
  }

  apply(manifest: string): boolean {
    this.world.write('manifest.yaml', manifest)
    return this.run('kubectl apply -f manifest.yaml')
  }

  list(resource: string, namespace = 'default'): AnyObject[] {
    return this.world.cluster.client('observer').resource(resource).list({ namespace })
  }

  pod(nth: number): AnyObject | undefined {
    const pods = this.list('pods')
    return pods[nth % Math.max(1, pods.length)]
  }

  do(action: Action): void {
    switch (action.type) {
      case 'apply':
        if (this.apply(workload('Deployment', action.name, action.count, action.image)))
          this.wanted.set(action.name, { replicas: action.count, image: action.image })
        return
      case 'stateful':
        if (this.apply(workload('StatefulSet', 'set', action.count, images.good[0]!)))
          this.stateful = action.count
        return
      case 'daemon':
        if (this.apply(workload('DaemonSet', 'every', undefined, action.image))) this.daemon = true
        return
      case 'no-daemon':
        if (this.run('kubectl delete daemonset every --wait=false')) this.daemon = undefined
        return
      case 'delete-pod':
      case 'kill':
      case 'relabel': {
        const pod = this.pod(action.nth)?.metadata.name
        if (!pod) return
        if (action.type === 'kill') this.world.inject({ type: 'container-killed', pod })
        // A stateful set waits for the name of a pod that it lost, here as in a real cluster.
        else if (action.type === 'relabel' && !pod.startsWith('set-'))
          this.run(`kubectl label pod ${pod} app-`)
        else if (action.type === 'delete-pod') this.run(`kubectl delete pod ${pod} --wait=false`)
        return
      }
      case 'delete-set':
        this.run(`kubectl delete rs -l app=${action.name} --wait=false`)
        return
      case 'fault':
        this.world.inject(action.fault)
        return
      case 'repair':
        this.world.repair(action.fault)
        return
      case 'cordon':
      case 'uncordon':
        this.run(`kubectl ${action.type} ${action.node}`)
        return
      case 'drain':
        this.run(`kubectl drain ${action.node} --ignore-daemonsets --force --timeout=10s`)
        return
    }
    const wanted = this.wanted.get(action.name)
    if (!wanted) return
    const target = `deployment ${action.name}`
    if (action.type === 'scale') {
      if (this.run(`kubectl scale ${target} --replicas=${action.count}`)) wanted.replicas = action.count
    } else if (action.type === 'image') {
      if (this.run(`kubectl set image ${target} c=${action.image}`)) wanted.image = action.image
    } else if (action.type === 'restart') this.run(`kubectl rollout restart ${target}`)
    else if (action.type === 'undo') {
      this.run(`kubectl rollout undo ${target}`)
      const deployment = this.list('deployments.apps').find(d => d.metadata.name === action.name)
      if (deployment) wanted.image = deployment.spec.template.spec.containers[0].image
    } else if (this.run(`kubectl delete ${target} --wait=false`)) this.wanted.delete(action.name)
  }

  /** What is wrong once all is quiet. */
  faults(): string[] {
    const { world } = this
    for (const fault of world.cluster.faults.active) world.repair(fault)
    for (const each of ['k8s-node1', 'k8s-node2']) this.run(`kubectl uncordon ${each}`)
    world.advance(settleMs)
    const faults: string[] = []
    const check = (ok: boolean, what: string) => ok || faults.push(what)
    const pods = this.list('pods')
    const uids = new Set(
      ['deployments.apps', 'replicasets.apps', 'statefulsets.apps', 'daemonsets.apps'].flatMap(r =>
        this.list(r).map(o => o.metadata.uid),
      ),
    )
    for (const object of [...pods, ...this.list('replicasets.apps')])
      for (const owner of object.metadata.ownerReferences ?? [])
        check(uids.has(owner.uid), `${object.kind} ${object.metadata.name}: its owner is gone`)
    const owned = (name: string) =>
      pods.filter(p => p.metadata.ownerReferences && p.metadata.labels?.app === name)
    for (const deployment of this.list('deployments.apps')) {
      const { name } = deployment.metadata
      const { replicas, image } = this.wanted.get(name) ?? { replicas: -1, image: '' }
      const { status, spec } = deployment
      check(spec.replicas === replicas, `${name}: spec.replicas ${spec.replicas}, asked ${replicas}`)
      if (image === images.bad) {
        check(owned(name).length <= replicas + Math.ceil(replicas / 4), `${name}: ${owned(name).length} pods`)
        continue
      }
      check((status.readyReplicas ?? 0) === replicas, `${name}: ready ${status.readyReplicas} of ${replicas}`)
      check((status.updatedReplicas ?? 0) === replicas, `${name}: updated ${status.updatedReplicas}`)
      check(owned(name).length === replicas, `${name}: ${owned(name).length} pods`)
      for (const { spec } of owned(name)) check(spec.containers[0].image === image, `${name}: an old pod`)
    }
    check(this.list('deployments.apps').length === this.wanted.size, 'deployments that nobody wants')
    const stateful = owned('set')
      .map(p => p.metadata.name)
      .sort()
    const wantedStateful = Array.from({ length: this.stateful ?? 0 }, (_, i) => `set-${i}`)
    check(stateful.join() === wantedStateful.join(), `stateful set: ${stateful}`)
    check(owned('every').length === (this.daemon ? 2 : 0), `daemon set: ${owned('every').length} pods`)
    const isReady = (p: AnyObject) =>
      p.status.conditions?.some((c: AnyObject) => c.type === 'Ready' && c.status === 'True')
    for (const name of names) {
      const ready = pods.filter(p => p.metadata.labels?.app === name && isReady(p)).map(p => p.status.podIP)
      const served = this.list('endpointslices.discovery.k8s.io')
        .filter(s => s.metadata.labels?.['kubernetes.io/service-name'] === name)
        .flatMap(s => s.endpoints ?? [])
        .filter((e: AnyObject) => e.conditions.ready)
        .map((e: AnyObject) => e.addresses[0])
      check(served.sort().join() === ready.sort().join(), `service ${name}: ${served}, ready ${ready}`)
      const endpoints = this.list('endpoints').find(e => e.metadata.name === name)
      const old = (endpoints?.subsets ?? [])
        .flatMap((s: AnyObject) => s.addresses ?? [])
        .map((a: AnyObject) => a.ip)
      check(old.sort().join() === ready.join(), `endpoints ${name}: ${old}, ready ${ready}`)
    }
    const addresses = [...pods, ...this.list('pods', 'kube-system')]
      .filter(p => !p.spec.hostNetwork && p.status.phase === 'Running')
      .map(p => p.status.podIP)
    check(new Set(addresses).size === addresses.length, `an address is used twice: ${addresses.sort()}`)
    const stuck = pods.filter(p => p.metadata.deletionTimestamp).map(p => p.metadata.name)
    check(stuck.length === 0, `still terminating: ${stuck}`)
    // Silence: nobody writes but where an image cannot be pulled, and no controller fails.
    this.failures.length = 0
    let writes = 0
    for (const resource of ['pods', 'events', 'replicasets.apps', 'deployments.apps', 'endpoints', 'nodes']) {
      const client = world.cluster.client('observer').resource(resource)
      const { resourceVersion } = client.listWithVersion()
      client.watch({ resourceVersion }, () => writes++)
    }
    world.advance(quietMs)
    const waiting = pods.filter(p => !isReady(p)).length
    check(writes <= 4 + 6 * waiting, `${writes} writes in a quiet minute (${waiting} pods wait)`)
    check(this.thrown.length === 0, `thrown: ${this.thrown[0]}`)
    check(this.failures.length === 0, `failing controllers: ${this.failures.slice(0, 3)}`)
    return faults
  }
}

test('is as it was asked to be, whatever was done before', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 2, maxLength: 14 }), steps => {
      const model = new Model()
      for (const { action, pause } of steps) {
        model.do(action)
        model.world.advance(pause)
      }
      expect(model.faults()).toEqual([])
    }),
    { numRuns: Number(process.env.MODEL_RUNS ?? 25), seed: Number(process.env.MODEL_SEED ?? 20261123) },
  )
})
