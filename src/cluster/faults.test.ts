// Each fault with all that follows from it, and that it goes away again.
import { expect, test } from 'vitest'
import { webOf } from '../../tests/web-deployment.ts'
import { World } from '../lesson/world.ts'
import type { Fault } from './fault.ts'

const deployment = `${webOf('{name: c, image: leigg/hellok8s:v3_hostname, ports: [{containerPort: 3000}]}')}---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 3000}]}
`
const client = `apiVersion: v1
kind: Pod
metadata: {name: client}
spec:
  terminationGracePeriodSeconds: 1
  containers:
  - {name: c, image: 'busybox:1.36', command: [sleep, '100000']}
`

test('a node that joins while the store is down registers when it is back', () => {
  const world = new World({ seed: 1, files: {} })
  const fault: Fault = { type: 'etcd-down' }
  world.cluster.faults.begin(fault)
  world.advance(20_000)
  world.apply({ at: world.elapsed, type: 'add-node' })
  world.advance(30_000)
  world.cluster.faults.end(fault)
  world.advance(40_000)
  expect(world.run('kubectl get nodes k8s-node2 --no-headers').stdout).toMatch(/^k8s-node2 +Ready /)
})

function setUp(...manifests: string[]) {
  const world = new World({
    seed: 1,
    workers: 2,
    onError(error, key) {
      if (key === 'event') throw error // a fault may fail syncs, but nothing may throw that nobody catches
    },
    files: Object.fromEntries(manifests.map((text, i) => [`${i}.yaml`, text])),
  })
  const run = (command: string) => {
    const { stdout, stderr } = world.run(command, { limitMs: 60_000 })
    return stdout + stderr
  }
  if (manifests.length) run('kubectl apply -f .')
  world.advance(10_000)
  const column = (command: string) =>
    run(`${command} --no-headers`)
      .trim()
      .split('\n')
      .map(line => line.split(/\s+/))
  return { world, run, column, wait: (seconds: number) => world.advance(seconds * 1000) }
}

test('registry down: the pull times out in the words of containerd, and succeeds once the registry is back', () => {
  const { world, run, column, wait } = setUp()
  const fault: Fault = { type: 'registry-down', host: 'docker.io' }
  world.inject(fault)
  run('kubectl run a --image=nginx:1.27')
  wait(33)
  expect(column('kubectl get pod a')[0]![2]).toBe('ErrImagePull')
  expect(run('kubectl events --for pod/a --types=Warning')).toMatch(
    /Failed to pull image "nginx:1.27": rpc error: code = DeadlineExceeded desc = failed to pull and unpack image "docker.io\/library\/nginx:1.27": failed to resolve reference "docker.io\/library\/nginx:1.27": failed to do request: Head "https:\/\/registry-1.docker.io\/v2\/library\/nginx\/manifests\/1.27": dial tcp \d+\.\d+\.\d+\.\d+:443: i\/o timeout/,
  )
  wait(15)
  expect(column('kubectl get pod a')[0]![2]).toBe('ImagePullBackOff')
  world.repair(fault)
  wait(60)
  expect(column('kubectl get pod a')[0]![2]).toBe('Running')
})

test('node lost: silence, Unknown, taints, eviction after five minutes, replacements elsewhere; and its return', () => {
  const { world, run, column, wait } = setUp(deployment)
  const victim = column('kubectl get pod -o wide').find(row => row[6] === 'k8s-node1')!
  const address = victim[5]!
  const status = () => column('kubectl get node k8s-node1')[0]![1]
  const fault: Fault = { type: 'node-lost', node: 'k8s-node1' }
  world.inject(fault)
  wait(30)
  expect(status()).toBe('Ready')
  expect(run(`kubectl logs ${victim[0]}`)).toBe(
    `Error from server: Get "https://10.0.2.3:10250/containerLogs/default/${victim[0]}/c": dial tcp 10.0.2.3:10250: connect: no route to host\n`,
  )
  expect(run(`kubectl exec ${victim[0]} -- date`)).toBe(
    'Error from server: error dialing backend: dial tcp 10.0.2.3:10250: connect: no route to host\n',
  )
  expect(run(`node-exec k8s-master curl -sS --max-time 2 ${address}:3000`)).toMatch(/timed out/)
  wait(40)
  expect(status()).toBe('NotReady')
  expect(run(`kubectl get node k8s-node1 -o jsonpath='{range .spec.taints[*]}{.key}:{.effect} {end}'`)).toBe(
    'node.kubernetes.io/unreachable:NoSchedule node.kubernetes.io/unreachable:NoExecute ',
  )
  // Its pod is no longer served, so that the other one answers alone.
  const answers = Array.from({ length: 6 }, () =>
    run(
      'node-exec k8s-master curl -s --max-time 2 $(kubectl get svc web -o jsonpath={.spec.clusterIP}):3000',
    ),
  )
  expect(new Set(answers).size).toBe(1)
  wait(310)
  const pods = column('kubectl get pod -o wide')
  expect(pods.map(row => [row[2], row[6]]).sort()).toEqual([
    ['Running', 'k8s-node2'],
    ['Running', 'k8s-node2'],
    ['Terminating', 'k8s-node1'],
  ])
  world.repair(fault)
  wait(40)
  expect(status()).toBe('Ready')
  expect(column('kubectl get pod -o wide').map(row => [row[2], row[6]])).toEqual([
    ['Running', 'k8s-node2'],
    ['Running', 'k8s-node2'],
  ])
})

test('kubelet stopped: its pods still answer, but nobody gets at their logs', () => {
  const { world, run, column } = setUp(deployment)
  const [name, , , , , address] = column('kubectl get pod -o wide').find(row => row[6] === 'k8s-node1')!
  world.inject({ type: 'kubelet-stopped', node: 'k8s-node1' })
  expect(run(`node-exec k8s-master curl -s --max-time 2 ${address}:3000`)).toContain('Hello, Kubernetes!')
  expect(run(`kubectl logs ${name}`)).toContain('dial tcp 10.0.2.3:10250: connect: connection refused')
})

test('container killed: exit code 137, and one restart', () => {
  const { world, run, column, wait } = setUp(client)
  world.inject({ type: 'container-killed', pod: 'client' })
  wait(3)
  const [, ready, status, restarts] = column('kubectl get pod client')[0]!
  expect([ready, status, restarts]).toEqual(['1/1', 'Running', '1'])
  const last = '{.status.containerStatuses[0].lastState.terminated'
  expect(run(`kubectl get pod client -o jsonpath='${last}.reason} ${last}.exitCode}'`)).toBe('Error 137')
})

test('memory leak: the container is killed at its limit, again and again, as OOMKilled', () => {
  const { world, run, column, wait } = setUp(
    client.replace("'100000']", "'100000'], resources: {limits: {memory: 64Mi}}"),
  )
  const fault: Fault = { type: 'memory-leak', pod: 'client', mebibytesPerSecond: 16 }
  world.inject(fault)
  wait(30)
  const last = '{.status.containerStatuses[0].lastState.terminated'
  expect(run(`kubectl get pod client -o jsonpath='${last}.reason} ${last}.exitCode}'`)).toBe('OOMKilled 137')
  const restarts = () => Number(column('kubectl get pod client')[0]![3])
  const before = restarts()
  expect(before).toBeGreaterThan(1)
  world.repair(fault)
  wait(60)
  const after = restarts()
  wait(120)
  expect(restarts()).toBe(after)
  expect(column('kubectl get pod client')[0]![2]).toBe('Running')
})

test('slow disk: the same pod takes several times as long to start', () => {
  const started = (fault?: Fault) => {
    const { world, run } = setUp()
    if (fault) world.inject(fault)
    const begun = world.elapsed
    run('kubectl run a --image=nginx:1.27')
    world.until('kubectl wait --for=condition=Ready pod/a --timeout=60s')
    return world.elapsed - begun
  }
  expect(started({ type: 'slow-disk' }) / started()).toBeGreaterThan(4)
})

test('DNS broken: crashed, silent or failing name servers, each with what a client says', () => {
  const { world, run, column, wait } = setUp(client, deployment)
  const ask = () => run('kubectl exec client -- wget -qO- -T 2 http://web:3000')
  expect(ask()).toContain('Hello, Kubernetes!')
  const crash: Fault = { type: 'dns-broken', how: 'crash' }
  world.inject(crash)
  wait(60)
  const states = column('kubectl get pod -n kube-system -l k8s-app=kube-dns').map(row => row[2])
  expect(states.length).toBe(2)
  for (const state of states) expect(['Error', 'CrashLoopBackOff']).toContain(state)
  expect(ask()).toContain("wget: bad address 'web:3000'")
  world.repair(crash)
  wait(120)
  expect(ask()).toContain('Hello, Kubernetes!')
  const failing: Fault = { type: 'dns-broken', how: 'servfail' }
  world.inject(failing)
  expect(run('kubectl exec client -- nslookup web.default.svc.cluster.local')).toContain('SERVFAIL')
  world.repair(failing)
  world.inject({ type: 'dns-broken', how: 'silent' })
  expect(run('kubectl exec client -- nslookup web.default.svc.cluster.local')).toContain(
    'connection timed out; no servers could be reached',
  )
})

test('etcd down: nothing can be read or written, what runs runs on, and the rest is made up for afterwards', () => {
  const { world, run, column, wait } = setUp(deployment)
  const address = run('kubectl get svc web -o jsonpath={.spec.clusterIP}')
  const fault: Fault = { type: 'etcd-down' }
  run('kubectl scale deployment web --replicas=4')
  world.inject(fault)
  expect(run('kubectl get pods')).toBe('Error from server: etcdserver: request timed out\n')
  expect(run('kubectl scale deployment web --replicas=1')).toContain('etcdserver: request timed out')
  expect(run("kubectl get --raw '/readyz?verbose'")).toContain('[-]etcd failed: reason withheld')
  expect(run('kubectl get componentstatuses etcd-0')).toContain('Unhealthy')
  expect(run(`node-exec k8s-master curl -s ${address}:3000`)).toContain('Hello, Kubernetes!')
  wait(300)
  expect(run(`node-exec k8s-master curl -s ${address}:3000`)).toContain('Hello, Kubernetes!')
  world.repair(fault)
  wait(60)
  expect(column('kubectl get pods').map(row => row[2])).toEqual(['Running', 'Running', 'Running', 'Running'])
  expect(column('kubectl get nodes').map(row => row[1])).toEqual(['Ready', 'Ready', 'Ready'])
})
