// `…/proxy/…` of pods, services and nodes: by kubectl get --raw, by kubectl proxy, and from a pod.

import { expect, test } from 'vitest'
import type { KubeObject } from '../../kinds/object.ts'
import { World } from '../../lesson/world.ts'

function setUp() {
  const world = new World({ seed: 1 })
  world.run('kubectl create deployment web --image=nginx:1.27 --port=80')
  world.run('kubectl expose deployment web --port=8080 --target-port=80')
  world.run('kubectl create service clusterip nobody --tcp=80')
  world.run('kubectl run shut --image=nginx:1.27 --port=81')
  world.advance(15_000)
  const raw = (path: string) => {
    const { stdout, stderr } = world.run(`kubectl get --raw /api/v1/${path}`)
    return stdout + stderr
  }
  return { world, raw, space: 'namespaces/default' }
}

test('passes requests on to pods and to the endpoints of services', () => {
  const { world, raw, space } = setUp()
  const pod = world.run('kubectl get pods -l app=web -o jsonpath={.items[0].metadata.name}').stdout
  const ip = world.run('kubectl get pod shut -o jsonpath={.status.podIP}').stdout
  for (const path of [
    `pods/${pod}/proxy/`,
    `pods/${pod}:80/proxy`,
    'services/web/proxy/',
    'services/http:web:8080/proxy/',
  ])
    expect(raw(`${space}/${path}`), path).toContain('<title>Welcome to nginx!</title>')
  expect(raw(`${space}/services/web/proxy/none`)).toBe(
    'Error from server (NotFound): the server could not find the requested resource\n',
  )
  expect(raw(`${space}/services/web:80/proxy/`)).toBe(
    'Error from server (ServiceUnavailable): no service port 80 found for service "web"\n',
  )
  expect(raw(`${space}/services/nobody/proxy/`)).toBe(
    'Error from server (ServiceUnavailable): no endpoints available for service "nobody"\n',
  )
  expect(raw(`${space}/services/nothere/proxy/`)).toBe(
    'Error from server (NotFound): services "nothere" not found\n',
  )
  expect(raw(`${space}/pods/shut/proxy/`)).toBe(
    `Error from server (ServiceUnavailable): error trying to reach service: dial tcp ${ip}:81: connect: connection refused\n`,
  )
})

test('asks the kubelet of a node', () => {
  const { world, raw } = setUp()
  const node = (path: string) => raw(`nodes/k8s-node1/proxy/${path}`)
  expect(node('healthz')).toBe('ok')
  const names = JSON.parse(node('pods')).items.map((p: KubeObject) => p.metadata.name)
  expect(names).toContain('shut')
  const summary = JSON.parse(node('stats/summary'))
  expect(summary.node.nodeName).toBe('k8s-node1')
  expect(summary.pods.map((p: { podRef: { name: string } }) => p.podRef.name)).toContain('shut')
  expect(node('metrics')).toMatch(/^kubelet_running_pods \d+$/m)
  expect(node('metrics/resource')).toMatch(
    /^container_memory_working_set_bytes\{container="shut",namespace="default",pod="shut"\} \d+ \d+$/m,
  )
  expect(node('nothing')).toContain('(NotFound)')
  expect(raw('nodes/none/proxy/healthz')).toBe('Error from server (NotFound): nodes "none" not found\n')
  world.inject({ type: 'kubelet-stopped', node: 'k8s-node1' })
  world.advance(100)
  expect(node('healthz')).toBe(
    'Error from server (ServiceUnavailable): error trying to reach service: dial tcp 10.0.2.3:10250: connect: connection refused\n',
  )
})

test('kubectl proxy leads pages through, with their links, and lets no streams by', () => {
  const { world } = setUp()
  world.run(
    `kubectl exec deploy/web -- sh -c 'echo "<a href=\\"/next\\">n</a><a href=\\"http://x.y/\\">x</a>" > /usr/share/nginx/html/index.html'`,
  )
  const through = (path: string) =>
    world.run(`kubectl proxy & sleep 1; curl -s localhost:8001/api/v1/namespaces/default/${path}; kill %1`)
      .stdout
  expect(through('services/web/proxy/')).toContain(
    '<a href="/api/v1/namespaces/default/services/web/proxy/next">n</a><a href="http://x.y/">x</a>',
  )
  expect(through('services/web/proxy')).toContain(
    '<a href="/api/v1/namespaces/default/services/web/proxy/">Moved Permanently</a>.',
  )
  expect(through('pods/shut/exec')).toContain('Forbidden\n')
})

test('a port that nobody listens on ends port-forward, and its client has no answer', () => {
  const { world } = setUp()
  const { stdout, stderr } = world.run(
    'kubectl port-forward pod/shut 8080:81 & sleep 1; curl -sS localhost:8080; sleep 1; jobs',
  )
  expect(stdout).toMatch(/Handling connection for 8080\n\[1\]\+ +Exit 1 /)
  expect(stderr).toMatch(
    /^E1123 \d\d:\d\d:\d\d\.\d{6} +\d+ portforward.go:424\] "Unhandled Error" err="an error occurred forwarding 8080 -> 81: error forwarding port 81 to pod [0-9a-f]{64}, uid : failed to execute portforward in network namespace .* IPv4: dial tcp4 127.0.0.1:81: connect: connection refused IPv6 dial tcp6 \[::1\]:81: connect: connection refused "\n/,
  )
  expect(stderr).toContain('curl: (52) Empty reply from server\n')
  expect(stderr).toContain('error: lost connection to pod\n')
})

test('exec, attach and cp say that nothing runs there', () => {
  const { world } = setUp()
  world.run('kubectl run dead --image=busybox:1.36 -- false')
  world.run('kubectl run once --image=busybox:1.36 --restart=Never -- true')
  world.advance(30_000)
  const told = (command: string) => world.run(command).stderr.split('\n').at(-2)
  const nothing = 'error: unable to upgrade connection: container not found ("dead")'
  expect(told('kubectl exec dead -- date')).toBe(nothing)
  expect(told('kubectl cp dead:/etc/hosts hosts')).toBe(nothing)
  expect(told('kubectl attach dead')).toBe(
    'error: unable to upgrade connection: container dead not found in pod dead_default',
  )
  expect(told('kubectl exec once -- date')).toBe(
    'error: cannot exec into a container in a completed pod; current phase is Succeeded',
  )
})

test('the kubelet’s ports are open while its process runs', () => {
  const { world } = setUp()
  const ask = (url: string) => world.run(`node-exec k8s-node1 curl -sk -w ' %{http_code}' ${url}`).stdout
  expect(ask('localhost:10248/healthz')).toBe('ok 200')
  expect(ask('https://localhost:10250/pods')).toBe('Unauthorized 401')
  world.inject({ type: 'kubelet-stopped', node: 'k8s-node1' })
  expect(ask('localhost:10248/healthz')).toBe(' 000')
  world.repair({ type: 'kubelet-stopped', node: 'k8s-node1' })
  expect(ask('localhost:10248/healthz')).toBe('ok 200')
})
