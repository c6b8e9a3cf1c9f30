// What a cluster of one's own lacks and a lesson may switch on: load balancers and a metrics server.
import { expect, test } from 'vitest'
import { World } from '../lesson/world.ts'

function setUp() {
  const world = new World({ seed: 1 })
  const run = (command: string) => {
    const { stdout, stderr } = world.run(command)
    return stdout + stderr
  }
  run('kubectl create deployment web --image=leigg/hellok8s:v1 --port=3000')
  run('kubectl set resources deployment web --requests=cpu=100m,memory=64Mi')
  run('kubectl expose deployment web --type=LoadBalancer --port=80 --target-port=3000')
  world.advance(5000)
  return { world, run, at: () => ({ at: world.elapsed }) }
}

test('a service of type LoadBalancer waits for its address until there is a provider', () => {
  const { world, run, at } = setUp()
  expect(run('kubectl get svc web --no-headers')).toContain('<pending>')
  world.apply({ ...at(), type: 'load-balancer', on: true })
  world.advance(5000)
  expect(run('kubectl get svc web --no-headers')).toMatch(/^web +LoadBalancer +\S+ +10.0.2.200 +80:/)
  expect(run('curl -s 10.0.2.200')).toBe('[v1] Hello, Kubernetes!')
  expect(run('kubectl events --for service/web --no-headers').replace(/^\S+ +/gm, '')).toBe(
    'Normal   EnsuringLoadBalancer   Service/web   Ensuring load balancer\nNormal   EnsuredLoadBalancer    Service/web   Ensured load balancer\n',
  )
  run('kubectl delete svc web')
  world.advance(1000)
  expect(run('kubectl get svc web')).toContain('NotFound')
})

test('kubectl top and the autoscaler see the load that a lesson puts on pods, once metrics are on', () => {
  const { world, run, at } = setUp()
  expect(run('kubectl top pods')).toBe('error: Metrics API not available\n')
  world.apply({ ...at(), type: 'metrics', on: true })
  world.apply({ ...at(), type: 'load', load: { pod: 'web', cpu: 190 } })
  world.advance(30_000)
  expect(run('kubectl top pods')).toMatch(
    /^NAME {19}CPU\(cores\) {3}MEMORY\(bytes\) {3}\nweb-\S+ {3}19\dm {9}\dMi {13}\n$/,
  )
  expect(run('kubectl top nodes --no-headers')).toMatch(/^k8s-master +\d+m +2% +\d+Mi +[23]% +\nk8s-node1/)
  run('kubectl autoscale deployment web --cpu=50% --min=1 --max=5')
  world.advance(120_000)
  expect(run('kubectl get hpa --no-headers')).toMatch(/^web +Deployment\/web +cpu: 4\d%\/50% +1 +5 +4 /)
  world.apply({ ...at(), type: 'load', load: { pod: 'web', cpu: 0 } })
  world.advance(240_000)
  expect(run('kubectl get deployment web -o jsonpath={.spec.replicas}')).toBe('4') // it waits for five minutes
  world.advance(160_000)
  expect(run('kubectl get deployment web -o jsonpath={.spec.replicas}')).toBe('1')
})

test('a container gets no more of a processor than its limit, be that a part of one', () => {
  const { world, run, at } = setUp()
  const container = { name: 'busy', image: 'nginx:1.27', resources: { limits: { cpu: '500m' } } }
  run(
    `kubectl run busy --image=nginx:1.27 --overrides='${JSON.stringify({ spec: { containers: [container] } })}'`,
  )
  world.apply({ ...at(), type: 'metrics', on: true })
  world.advance(30_000)
  world.apply({ ...at(), type: 'load', load: { pod: 'busy', cpu: 1500 } })
  world.advance(60_000)
  expect(run('kubectl top pod busy --no-headers')).toMatch(/^busy +500m /)
  expect(run('kubectl exec busy -- cat /sys/fs/cgroup/cpu/cpu.cfs_quota_us')).toBe('50000\n')
})
