// Static pods follow their manifests on the disk of their node.
import { expect, test } from 'vitest'
import { World } from './world.ts'

function node() {
  const world = new World({ seed: 1 })
  const run = (command: string) => {
    const { stdout, stderr } = world.run(command)
    return stdout + stderr
  }
  const pods = () => run('kubectl get pods -A --no-headers | grep k8s-node1$ ; kubectl get pods --no-headers')
  return { world, run, pods, on: (command: string) => run(`ssh k8s-node1 '${command}'`) }
}
const manifest = '/etc/kubernetes/manifests/web.yaml'
const write = (command: string) =>
  `printf "apiVersion: v1\\nkind: Pod\\nmetadata: {name: web}\\nspec: {containers: [{name: c, image: busybox:1.36, command: [${command}]}], terminationGracePeriodSeconds: 1}\\n" > ${manifest}`

test('a manifest that is put there runs, is mirrored, comes back when deleted, and stops when it goes', () => {
  const { world, run, pods, on } = node()
  on(write('sleep, \\"1000\\"'))
  world.advance(5000)
  expect(pods()).toMatch(/^web-k8s-node1 +1\/1 +Running/)
  expect(run('kubectl delete pod web-k8s-node1')).toContain('deleted')
  world.advance(3000)
  expect(pods()).toMatch(/^web-k8s-node1 +1\/1 +Running/)
  on(`mv ${manifest} /root/web.yaml`)
  world.advance(8000)
  expect(pods()).toBe('No resources found in default namespace.\n')
  expect(on('crictl ps')).not.toContain('web-k8s-node1')
  on(`mv /root/web.yaml ${manifest}`)
  world.advance(5000)
  expect(pods()).toMatch(/^web-k8s-node1 +1\/1 +Running +0/)
})

test('a manifest that changes makes another pod; one that is none is told in the journal', () => {
  const { world, run, pods, on } = node()
  on(write('sleep, \\"1000\\"'))
  world.advance(5000)
  on(write('sh, -c, \\"exit 3\\"'))
  world.advance(12_000)
  expect(pods()).toMatch(/^web-k8s-node1 +0\/1 +(Error|CrashLoopBackOff) +\d/)
  expect(
    run("kubectl get pod web-k8s-node1 -o jsonpath='{.metadata.ownerReferences[0].kind} {.spec.nodeName}'"),
  ).toBe('Node k8s-node1')
  on('echo "kind: Nonsense" > /etc/kubernetes/manifests/bad.yaml')
  world.advance(1000)
  expect(on('journalctl -u kubelet -n 3')).toContain(
    "/etc/kubernetes/manifests/bad.yaml: couldn't parse as pod(invalid pod), please check config file",
  )
})

test("the control plane's own pods stop and start with their manifests", () => {
  const { world, run } = node()
  const scheduler = () => run('kubectl get pods -n kube-system --no-headers | grep kube-scheduler')
  expect(scheduler()).toContain('Running')
  run('ssh k8s-master mv /etc/kubernetes/manifests/kube-scheduler.yaml /root/')
  world.advance(35_000)
  expect(scheduler()).toBe('')
  expect(run('kubectl get componentstatuses scheduler')).toContain(
    'Unhealthy   Get "https://127.0.0.1:10259/healthz": dial tcp 127.0.0.1:10259: connect: connection refused',
  )
  run('kubectl run waits --image=busybox:1.36 -- sleep 1000')
  world.advance(5000)
  expect(run('kubectl get pod waits --no-headers')).toContain('Pending')
  run('ssh k8s-master mv /root/kube-scheduler.yaml /etc/kubernetes/manifests/')
  world.advance(5000)
  expect(scheduler()).toMatch(/1\/1 +Running/)
  world.advance(5000)
  expect(run('kubectl get pod waits --no-headers')).toContain('Running')
  expect(run('kubectl get componentstatuses')).not.toContain('Unhealthy')
})

test('a component with a flag that it does not know fails, and its log says why', () => {
  const { world, run } = node()
  const path = '/etc/kubernetes/manifests/kube-scheduler.yaml'
  run(`ssh k8s-master "sed -i 's|- /pause|- /pause\\n    - --no-such-flag=1|' ${path}"`)
  expect(run(`ssh k8s-master cat ${path}`)).toContain('    - /pause\n    - --no-such-flag=1\n')
  world.advance(40_000)
  expect(run('kubectl get pods -n kube-system --no-headers | grep kube-scheduler')).toMatch(
    /0\/1 +(Error|CrashLoopBackOff)/,
  )
  expect(run('kubectl logs -n kube-system kube-scheduler-k8s-master')).toBe(
    'Error: unknown flag: --no-such-flag\n',
  )
})

test.each([
  ['kube-controller-manager', '--node-monitor-period=5s'],
  ['kube-apiserver', '--event-ttl=2h'],
])('%s too: a flag that it knows is taken, another one ends it', (component, known) => {
  const { world, run } = node()
  const path = `/etc/kubernetes/manifests/${component}.yaml`
  run(`ssh k8s-master "sed -i 's|- /pause|- /pause\\n    - ${known}|' ${path}"`)
  world.advance(30_000)
  expect(run(`kubectl get pods -n kube-system --no-headers | grep ${component}`)).toMatch(/1\/1 +Running/)
  run(
    `ssh k8s-master "sed -i 's|    - ${known}|    - ${known}s|; s|monitor-period=|monitor-periods=|; s|event-ttl=|event-ttls=|' ${path}"`,
  )
  world.advance(30_000)
  const id = run(`ssh k8s-master crictl ps -a --name ${component} -q`).split('\n')[0]
  expect(run(`ssh k8s-master crictl logs ${id}`)).toBe(`Error: unknown flag: ${known.split('=')[0]}s\n`)
})

test('the programs of the control plane and kube-proxy tell their health on their ports', () => {
  const { run } = node()
  expect(run('ssh k8s-master ss -ltn')).toMatch(
    /:2379 [\s\S]*:2380 [\s\S]*:2381 [\s\S]*:6443 [\s\S]*:10248 [\s\S]*:10249 [\s\S]*:10250 [\s\S]*:10256 [\s\S]*:10257 [\s\S]*:10259 /,
  )
  for (const port of [10257, 10259])
    expect(run(`ssh k8s-master curl -sk https://127.0.0.1:${port}/healthz`)).toBe('ok')
  expect(run('ssh k8s-master curl -sk https://127.0.0.1:10259/metrics')).toContain(
    '"message": "forbidden: User \\"system:anonymous\\" cannot get path \\"/metrics\\""',
  )
  expect(run('ssh k8s-node1 curl -s 127.0.0.1:10249/proxyMode')).toBe('iptables')
  expect(run('ssh k8s-master curl -s 127.0.0.1:2381/health')).toBe('{"health":"true","reason":""}')
  expect(run('ssh k8s-node1 ss -ltn')).not.toMatch(/:10257|:10259|:2379/)
})

const manifests = '/etc/kubernetes/manifests'
const away = (component: string) => `ssh k8s-master mv ${manifests}/${component}.yaml /root/`
const back = (component: string) => `ssh k8s-master mv /root/${component}.yaml ${manifests}/`

test('without the controller manager nothing is reconciled until it is back', () => {
  const { world, run } = node()
  run('kubectl create deployment web --image=leigg/hellok8s:v1')
  world.advance(5000)
  run(away('kube-controller-manager'))
  world.advance(35_000)
  run('kubectl scale deployment web --replicas=3')
  run('kubectl delete pod -l app=web')
  world.advance(60_000)
  expect(run('kubectl get pods --no-headers')).toBe('No resources found in default namespace.\n')
  expect(run('kubectl get nodes --no-headers')).not.toContain('NotReady')
  run(back('kube-controller-manager'))
  world.advance(15_000)
  expect(run('kubectl get deployment web --no-headers')).toMatch(/^web +3\/3/)
  expect(run('kubectl get pods -n kube-system --no-headers | grep controller-manager')).toMatch(
    /1\/1 +Running/,
  )
})

test('without the API server clients are refused, what runs runs on, and it comes back with its manifest', () => {
  const { world, run } = node()
  run('kubectl create deployment web --image=leigg/hellok8s:v1')
  run('kubectl expose deployment web --port=80 --target-port=3000')
  world.advance(8000)
  const service = run("kubectl get service web -o jsonpath='{.spec.clusterIP}'")
  const watched = world.start('kubectl get pods -w')
  run(away('kube-apiserver'))
  world.advance(35_000)
  expect(watched.done).toBe(true)
  expect(run('kubectl get pods')).toContain(
    'The connection to the server 10.0.2.2:6443 was refused - did you specify the right host or port?\n',
  )
  const running = run('ssh k8s-master crictl ps')
  expect(running).toContain('kube-scheduler')
  expect(running).not.toContain('kube-apiserver')
  expect(run(`ssh k8s-node1 curl -s ${service}`)).toContain('Hello, Kubernetes!')
  run(back('kube-apiserver'))
  world.advance(30_000)
  expect(run('kubectl get pods -n kube-system --no-headers | grep apiserver')).toMatch(/1\/1 +Running/)
  expect(run('ssh k8s-master crictl ps')).toContain('kube-apiserver')
  run('kubectl scale deployment web --replicas=2')
  world.advance(8000)
  expect(run('kubectl get deployment web --no-headers')).toMatch(/^web +2\/2/)
  expect(world.cluster.errors).toEqual([])
})

test('without etcd the API server fails, and a repaired fault does not bring back what a manifest took away', () => {
  const { world, run } = node()
  run(away('etcd'))
  world.advance(35_000)
  world.inject({ type: 'etcd-down' })
  world.repair({ type: 'etcd-down' })
  expect(run('kubectl get pods')).toContain('etcdserver: request timed out')
  run(back('etcd'))
  world.advance(30_000)
  expect(run('kubectl get pods -n kube-system --no-headers | grep ^etcd')).toMatch(/1\/1 +Running/)
})
