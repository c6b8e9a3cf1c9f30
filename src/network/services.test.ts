// Fields of a Service, by what a connection meets.
import { expect, test } from 'vitest'
import { World } from '../lesson/world.ts'

/** Two nodes with a pod of `web` on each, and a client on the first. */
function setUp() {
  const world = new World({ seed: 1, workers: 2, loadBalancer: true })
  const pod = (name: string, node: string, ready = true) => `---
apiVersion: v1
kind: Pod
metadata: {name: ${name}, labels: {app: web}}
spec:
  nodeName: ${node}
  containers:
  - {name: c, image: "leigg/hellok8s:v3_hostname"${ready ? '' : ', readinessProbe: {exec: {command: ["false"]}}'}}
`
  world.write('pods.yaml', pod('web-1', 'k8s-node1') + pod('web-2', 'k8s-node2'))
  world.write('late.yaml', pod('late', 'k8s-node1', false).replace('app: web', 'app: late'))
  const service = (name: string, spec: string, app = 'web') => {
    world.write(
      'svc.yaml',
      `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\nspec: {selector: {app: ${app}}, ports: [{port: 3000}], ${spec}}\n`,
    )
    expect(world.run('kubectl apply -f svc.yaml').exit).toBe(0)
    world.advance(3000)
  }
  const field = (name: string, path: string) =>
    world.run(`kubectl get svc ${name} -o jsonpath='{${path}}'`).stdout
  /** Who answers, over many connections. */
  const answers = (node: string, url: string) => {
    const lines = Array.from({ length: 8 }, () => {
      const { stdout, exit } = world.run(`node-exec ${node} curl -s --max-time 1 ${url}`)
      return exit ? `exit ${exit}` : stdout.trim().replace(/.*host: /, '')
    })
    return [...new Set(lines)].sort()
  }
  world.run('kubectl apply -f pods.yaml -f late.yaml')
  world.advance(10_000)
  return { world, service, field, answers }
}

test('traffic policies, distribution and affinity choose among the endpoints', () => {
  const { world, service, field, answers } = setUp()
  service('all', 'type: ClusterIP')
  const ip = field('all', '.spec.clusterIP')
  expect(answers('k8s-node1', `${ip}:3000`)).toEqual(['web-1', 'web-2'])
  service('all', 'internalTrafficPolicy: Local')
  expect(answers('k8s-node1', `${ip}:3000`)).toEqual(['web-1'])
  expect(answers('k8s-node2', `${ip}:3000`)).toEqual(['web-2'])
  expect(answers('k8s-master', `${ip}:3000`)).toEqual(['exit 28'])
  service('all', 'internalTrafficPolicy: Cluster, trafficDistribution: PreferSameNode')
  expect(answers('k8s-node1', `${ip}:3000`)).toEqual(['web-1'])
  expect(answers('k8s-master', `${ip}:3000`)).toEqual(['web-1', 'web-2'])
  world.run('kubectl label node k8s-master k8s-node2 topology.kubernetes.io/zone=z2')
  world.run('kubectl label node k8s-node1 topology.kubernetes.io/zone=z1')
  service('all', 'trafficDistribution: PreferSameZone, sessionAffinity: None')
  world.run('kubectl label pods -l app=web touched=yes')
  world.advance(2000)
  expect(answers('k8s-master', `${ip}:3000`)).toEqual(['web-2'])
  service('sticky', 'sessionAffinity: ClientIP')
  expect(answers('k8s-node1', `${field('sticky', '.spec.clusterIP')}:3000`)).toHaveLength(1)
})

test('pods that are not ready are published where asked', () => {
  const { service, field, answers } = setUp()
  service('late', 'type: ClusterIP', 'late')
  expect(answers('k8s-node1', `${field('late', '.spec.clusterIP')}:3000`)).toEqual(['exit 7'])
  service('late', 'publishNotReadyAddresses: true', 'late')
  expect(answers('k8s-node1', `${field('late', '.spec.clusterIP')}:3000`)).toEqual(['late'])
})

test('a load balancer lets in whom it may, and asks each node for its health', () => {
  const { world, service, field, answers } = setUp()
  service('lb', 'type: LoadBalancer, externalTrafficPolicy: Local')
  world.run('kubectl delete pod web-2')
  world.advance(5000)
  const health = field('lb', '.spec.healthCheckNodePort')
  const asked = (node: string) =>
    world.run(`node-exec ${node} curl -s -w '%{http_code}' localhost:${health}`).stdout
  expect(asked('k8s-node1')).toMatch(/"localEndpoints": 1,\n\t"serviceProxyHealthy": true\n}200$/)
  expect(asked('k8s-node2')).toMatch(/"localEndpoints": 0,[\s\S]*503$/)
  service('open', 'type: LoadBalancer')
  const address = field('open', '.status.loadBalancer.ingress[0].ip')
  expect(answers('k8s-node1', `${address}:3000`)).toEqual(['web-1'])
  service('open', 'type: LoadBalancer, loadBalancerSourceRanges: [10.0.2.4/32]')
  expect(answers('k8s-node1', `${address}:3000`)).toEqual(['exit 28'])
  expect(answers('k8s-node2', `${address}:3000`)).toEqual(['web-1'])
  service('open', 'type: ClusterIP, externalIPs: [198.51.100.7]')
  expect(answers('k8s-node1', '198.51.100.7:3000')).toEqual(['web-1'])
})

test('without kube-proxy what is there stays, and nothing new comes', () => {
  const { world, service, field, answers } = setUp()
  service('old', 'type: ClusterIP')
  world.run('kubectl -n kube-system delete daemonset kube-proxy')
  world.advance(35_000)
  service('new', 'type: ClusterIP')
  world.run('kubectl delete pod web-2')
  world.advance(3000)
  const [old, fresh] = [field('old', '.spec.clusterIP'), field('new', '.spec.clusterIP')]
  // The rules still send some of the connections to the pod that is gone.
  expect(answers('k8s-node1', `${old}:3000`)).toEqual(['exit 28', 'web-1'])
  expect(answers('k8s-node1', `${fresh}:3000`)).toEqual(['exit 28'])
  expect(world.run('node-exec k8s-node1 iptables-save -t nat').stdout).not.toContain(fresh)
})

test('a node that joins has rules once its kube-proxy runs', () => {
  const { world, service, field, answers } = setUp()
  service('web', 'type: ClusterIP')
  const url = `${field('web', '.spec.clusterIP')}:3000`
  world.apply({ at: world.elapsed, type: 'add-node' })
  expect(world.run(`node-exec k8s-node3 curl -s --max-time 1 ${url}`).exit).toBe(28)
  world.advance(60_000)
  expect(
    world.run('kubectl -n kube-system get pods --field-selector spec.nodeName=k8s-node3').stdout,
  ).toMatch(/kube-proxy-\S+ +1\/1/)
  expect(answers('k8s-node3', url)).toEqual(['web-1', 'web-2'])
})

test('a pod sees the address of its client where no rule masquerades, else of the node that forwards', () => {
  const { world, field } = setUp()
  world.run('kubectl run seen --image=nginx --labels=app=seen')
  world.write(
    'svc.yaml',
    'apiVersion: v1\nkind: Service\nmetadata: {name: seen}\nspec: {type: NodePort, externalIPs: [198.51.100.7], selector: {app: seen}, ports: [{port: 80, nodePort: 30080}]}\n',
  )
  world.run('kubectl apply -f svc.yaml')
  world.advance(10_000)
  const seen = () => world.run('kubectl logs seen --tail=1').stdout.split(' ')[0]
  const from = (command: string) => {
    expect(world.run(command).exit).toBe(0)
    return seen()
  }
  const node = world.run("kubectl get pod seen -o jsonpath='{.status.hostIP}'").stdout
  const ip = field('seen', '.spec.clusterIP')
  expect(from(`curl -s ${ip}`)).toBe('10.0.2.2')
  expect(from(`node-exec k8s-node1 curl -s ${ip}`)).toBe('10.0.2.3')
  expect(from('curl -s 10.0.2.2:30080')).toBe('10.0.2.2')
  expect(from('node-exec k8s-node1 curl -s 198.51.100.7')).toBe('10.0.2.3')
  world.run(`kubectl patch service seen -p '{"spec":{"externalTrafficPolicy":"Local"}}'`)
  world.advance(2000)
  expect(from(`curl -s ${node}:30080`)).toBe('10.0.2.1')
  world.run('kubectl run asker --image=nginx')
  world.advance(10_000)
  const asker = world.run("kubectl get pod asker -o jsonpath='{.status.podIP}'").stdout
  expect(from(`kubectl exec asker -- curl -s ${ip}`)).toBe(asker)
  // Of the connections to the ClusterIP those that came from no pod were marked.
  const listed = (
    world.run('node-exec k8s-master iptables -t nat -L -v -n').stdout.match(/.*KUBE-MARK-MASQ.*/g) ?? []
  )
    .filter(line => line.includes('default/seen cluster IP'))
    .map(line => line.trim().split(/ +/)[0])
  expect(listed).toEqual(['1'])
})
