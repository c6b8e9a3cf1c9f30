// What a drill asks of its judge beside single moments: that goals hold together for a while, what was broken for good and
// when, what users have asked, and how many commands it took.
import { expect, test } from 'vitest'
import { webDeployment } from '../../tests/web-deployment.ts'
import type { Fault } from '../cluster/fault.ts'
import { all, kept, neverDeleted, neverFewer, same, unchanged } from './drill-checks/history.ts'
import { endpointNames } from './drill-checks/objects.ts'
import { neverServed, noFailure, served, unserved, usersServed } from './drill-checks/users.ts'
import { type ClusterView, type Exercise, exercise } from './exercise.ts'
import { ExerciseJudge } from './judge.ts'
import { lessonWorld } from './lesson.ts'
import { Life } from './life.ts'
import { createScript } from './script.ts'
import { World } from './world.ts'

const shop = `${webDeployment.replaceAll('web', 'shop')}---
apiVersion: v1
kind: Service
metadata: {name: shop}
spec: {selector: {app: shop}, ports: [{port: 80, targetPort: 3000}]}
---
apiVersion: v1
kind: Pod
metadata: {name: visitor}
spec:
  containers:
  - {name: curl, image: curlimages/curl, command: [sh, -c, 'while true; do curl -s -m 2 http://shop; sleep 2; done']}
`

function shopWorld(checks: NonNullable<Exercise['checks']>, hold?: number) {
  const world = new World({ seed: 1, files: { 'shop.yaml': shop } })
  world.run('kubectl apply -f shop.yaml')
  world.advance(20_000)
  world.begin()
  const judge = new ExerciseJudge(world, [
    exercise({ name: 'drill', checks, solution: [], ...(hold !== undefined && { hold }) }),
  ])
  const check = (name: string) => judge.results()[0]!.checks.find(each => each.name === name)
  return { world, judge, check }
}

test('goals must hold together for as long as the exercise says, by the clock of the world', () => {
  const labelled = (view: ClusterView) => view.get('deployments', 'shop')?.metadata.labels?.fine === 'yes'
  const { world, judge } = shopWorld({ labelled }, 30)
  world.run('kubectl label deployment shop fine=yes')
  world.advance(20_000)
  expect(judge.results()[0]).toMatchObject({ reached: false, held: [expect.any(Number), 30_000] })
  expect(judge.results()[0]!.held![0]).toBeGreaterThan(18_000)
  // Broken for a moment: it begins anew, whether anybody looked or not.
  world.run('kubectl label deployment shop fine-')
  world.advance(2000)
  world.run('kubectl label deployment shop fine=yes')
  const again = world.elapsed
  world.advance(20_000)
  expect(judge.results()[0]!.reached).toBe(false)
  world.advance(12_000)
  const [result] = judge.results()
  expect(result!.reached).toBe(true)
  // It took as long as until it began to hold.
  expect(result!.took).toBeGreaterThanOrEqual(again - 1000)
  expect(result!.took).toBeLessThan(again + 2000)
})

test('what was to hold all along says when it was broken, and that it stays so', () => {
  const { world, check } = shopWorld({
    floor: neverFewer('shop', 2),
    kept: kept('services', 'shop'),
    pods: neverDeleted('pods', pod => pod.metadata.labels?.app === 'shop'),
    both: all(
      same('services', 'shop', ({ spec }) => spec.ports),
      kept('deployments', 'shop'),
    ),
  })
  world.advance(5000)
  for (const name of ['kept', 'pods', 'both']) expect(check(name)).toEqual({ name, met: true })
  expect(check('floor')).toEqual({ name: 'floor', met: true, course: { least: 2, points: [[0, 2]] } })
  world.run('kubectl delete service shop; kubectl scale deployment shop --replicas=1')
  world.advance(40_000)
  world.run('kubectl apply -f shop.yaml')
  world.advance(20_000)
  for (const name of ['floor', 'kept', 'pods']) {
    expect(check(name)).toMatchObject({ met: false, forGood: true })
    expect(check(name)!.at).toBeGreaterThanOrEqual(5000)
  }
  expect(check('floor')).toMatchObject({ count: 1 })
  expect(check('floor')!.at).toBeLessThan(8000)
  // How it went: two, one, and two again.
  const { points } = check('floor')!.course!
  expect(points.map(([, count]) => count)).toEqual([2, 1, 2])
  expect(points[1]![0]).toBe(check('floor')!.at)
  // The ports are the same again, by another Service: that can be mended.
  expect(check('both')).toEqual({ name: 'both', met: true })
  world.run('kubectl delete deployment shop')
  expect(check('both')).toMatchObject({ met: false, forGood: true })
})

test("users' requests count one by one; a name that does not resolve is a failure", () => {
  const { world, check } = shopWorld({
    served: served('default/visitor'),
    never: noFailure('default/visitor'),
    blocked: unserved('default/visitor'),
    by: served('default/visitor', { by: 'default/other' }),
  })
  expect(check('served')).toMatchObject({ met: false, score: [0, 5] })
  world.advance(15_000)
  expect(check('served')).toMatchObject({ met: true, score: [5, 5] })
  expect(check('never')!.met).toBe(true)
  expect(check('blocked')!.met).toBe(false)
  expect(check('by')!.met).toBe(false)
  world.run('kubectl delete service shop')
  world.advance(20_000)
  expect(check('served')).toMatchObject({ met: false, score: [0, 5] })
  expect(check('blocked')!.met).toBe(true)
  expect(check('never')).toMatchObject({ met: false, forGood: true })
  expect(check('never')!.at).toBeGreaterThan(15_000)
  // Who asks no more is not served.
  world.run('kubectl apply -f shop.yaml')
  world.advance(15_000)
  expect(check('served')!.met).toBe(true)
  world.run('kubectl delete pod visitor --force')
  world.advance(20_000)
  expect(check('served')!.met).toBe(false)
})

test('who looks around in a pod by exec is no user, and other users are not the same', () => {
  const { world, check } = shopWorld({
    never: noFailure('default/visitor'),
    users: usersServed(),
    blocked: neverServed('default/quiet'),
  })
  world.run('kubectl run quiet --image=curlimages/curl --command -- sleep 100000')
  world.advance(15_000)
  world.run('kubectl exec visitor -- curl -s -m 1 http://shop:3000')
  world.run('kubectl exec visitor -- curl -s http://nowhere')
  world.run("kubectl exec quiet -- sh -c 'curl -s http://shop'")
  for (const name of ['never', 'users', 'blocked']) expect(check(name)!.met, name).toBe(true)
  world.run('kubectl delete pod visitor --now')
  world.run(
    "kubectl run visitor --image=curlimages/curl -- sh -c 'while true; do curl -s http://shop/; sleep 2; done'",
  )
  world.advance(20_000)
  expect(check('users')!.met).toBe(false)
})

test('what was not to be touched is broken for good, though it is as it was again', () => {
  const { world, check } = shopWorld({ ports: unchanged('services', 'shop', ({ spec }) => spec.ports) })
  world.run('kubectl label service shop a=b')
  expect(check('ports')).toEqual({ name: 'ports', met: true })
  world.run(`kubectl patch service shop -p '{"spec":{"ports":[{"port":80,"targetPort":8080}]}}'`)
  world.run('kubectl apply -f shop.yaml')
  expect(check('ports')).toMatchObject({ met: false, forGood: true })
})

test('what has no name is not there', () => {
  const { check } = shopWorld({ nothing: view => view.get('services', '') === undefined })
  expect(check('nothing')!.met).toBe(true)
})

test('endpoints that somebody wrote by hand are none of the Service', () => {
  const names = (view: ClusterView) => endpointNames(view, 'shop').length === 2
  const { world, check } = shopWorld({ names })
  expect(check('names')!.met).toBe(true)
  const slice = {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'by-hand', labels: { 'kubernetes.io/service-name': 'shop' } },
    addressType: 'IPv4',
    ports: [{ port: 3000 }],
    endpoints: [{ addresses: ['10.244.1.99'], conditions: { ready: true }, targetRef: { name: 'third' } }],
  }
  world.run(`kubectl apply -f - <<< '${JSON.stringify(slice)}'`)
  world.advance(2000)
  expect(world.run('kubectl get endpointslices').stdout).toContain('by-hand')
  expect(check('names')!.met).toBe(true)
})

test('what is broken when a drill begins is neither told nor repaired by the page', () => {
  const fault: Fault = { type: 'kubelet-stopped', node: 'k8s-node1' }
  const world = lessonWorld({ drill: true, start: [{ type: 'fault', fault }], exercises: [] }, {})
  expect(world.run('fault').stdout).toContain('Nothing is broken')
  expect(world.run('fault repair').exit).not.toBe(0)
  world.repair(fault)
  world.advance(60_000)
  const ready = () => world.run('kubectl get node k8s-node1 --no-headers').stdout.split(/ +/)[1]
  expect(ready()).toBe('NotReady')
  world.run('ssh k8s-node1 sudo systemctl start kubelet')
  world.advance(20_000)
  expect(ready()).toBe('Ready')
})

test("a drill's life counts the commands that change something, until it is solved", () => {
  const script = createScript({
    id: 'drills/01-test',
    lesson: {
      transcript: '',
      drill: true,
      start: ['kubectl apply -f shop.yaml', 20],
      exercises: [
        exercise({
          name: 'drill',
          hold: 10,
          checks: { v2: view => view.get('deployments', 'shop')?.spec.replicas === 3 },
          solution: [],
        }),
      ],
    },
    files: { 'shop.yaml': shop },
    transcript: '',
    version: '1',
  })
  expect(script.commands).toEqual([])
  const life = new Life(script)
  const type = (text: string) => {
    life.begin({ at: life.elapsed, type: 'input', terminal: 1, text })
    for (let i = 0; i < 20; i++) life.advance(1000)
  }
  type('kubectl get pods')
  type('kubectl set image deployment/shop shop=leigg/hellok8s:v2')
  expect(life.judge.results()[0]).toMatchObject({ reached: false, commands: 1 })
  type('kubectl scale deployment shop --replicas=3')
  expect(life.judge.results()[0]).toMatchObject({ reached: true, commands: 2 })
  type('kubectl delete deployment shop')
  expect(life.judge.results()[0]).toMatchObject({ reached: true, commands: 2 })
})

test('the judge is not among the clients that the API server counts', () => {
  const counted = (judged: boolean) => {
    const { cluster } = shopWorld(judged ? { kept: kept('deployments', 'shop') } : {}).world
    const { body } = cluster.api.handle({ method: 'GET', path: '/metrics', looks: true })
    return String(body).match(/^apiserver_request_total.*$/gm)
  }
  expect(counted(true)).toEqual(counted(false))
  expect(counted(true)).not.toBeNull()
})
