// The worlds of the design's states: what the map says of each, and what it costs.
import { expect, test } from 'vitest'
import { World } from '../world.ts'
import { SeenMap } from './seen.ts'

const seen = (options = {}) => {
  const world = new World({ seed: 1, ...options })
  return { world, map: new SeenMap(world) }
}
const image = (tag: string) => `leigg/hellok8s:${tag}`
const create = (world: World, replicas: number, tag = 'v1', name = 'web') =>
  world.run(`kubectl create deployment ${name} --image=${image(tag)} --replicas=${replicas}`)

/** What is said, each sentence once, while `ms` pass. */
function sayings({ world, map }: ReturnType<typeof seen>, ms: number, step = 10): string[] {
  const said: string[] = []
  for (let passed = 0; passed < ms; passed += step) {
    const { say } = map.sentence
    if (said.at(-1) !== say) said.push(say)
    world.advance(step)
  }
  return said
}

test('apply: the pods exist before they have a place, then go to a node, then pull, then are ready', () => {
  const lab = seen()
  const { world, map } = lab
  expect(map.sentence).toMatchObject({ say: 'empty', tone: 'none' })
  world.type(1, `kubectl create deployment web --image=${image('v1')} --replicas=2\n`)
  const said = sayings(lab, 8000, 2)
  expect(said.filter(each => each !== 'missing')).toEqual([
    'empty',
    'noted',
    'startsMany',
    'pullsMany',
    'startsMany',
    'partly',
    'doneOne',
  ])
  const [pod] = map.pods
  expect(pod).toMatchObject({ state: 'ready', word: 'Running', ready: '1/1', version: 'v1', made: true })
  expect(map.model.owner(pod!.owner)).toMatchObject({
    kind: 'Deployment',
    name: 'web',
    ready: 2,
    wanted: 2,
    surge: 1,
  })
})

test('a corner mark is taken away by the next command', () => {
  const { world, map } = seen()
  create(world, 1)
  world.advance(5000)
  expect(map.pods.map(each => each.made)).toEqual([true])
  map.model.command()
  expect(map.pods.map(each => each.made)).toEqual([false])
  create(world, 1, 'v1', 'other')
  world.advance(1000)
  expect(map.pods.filter(each => each.made)).toHaveLength(1)
})

test('rolling update: old and new told apart, leaving pods calm whatever their word', () => {
  const lab = seen()
  const { world, map } = lab
  create(world, 3)
  world.advance(8000)
  world.run(`kubectl set image deployment/web hellok8s=${image('v2')}`)
  const words = new Set<string>()
  const said = new Set<string>()
  for (let i = 0; i < 400; i++) {
    world.advance(20)
    for (const each of map.pods) if (each.state === 'leaving') words.add(`${each.word} ${each.line?.say}`)
    said.add(map.sentence.say)
    expect(map.pods.filter(each => each.state === 'failing')).toEqual([])
  }
  expect([...words]).toContain('Error leavingCode')
  expect([...said]).toEqual(expect.arrayContaining(['rolling', 'doneOne']))
  const owner = map.model.all('owner')[0]!
  expect(owner.revisions?.map(({ version, pods }) => [version, pods])).toEqual([
    ['v2', 3],
    ['v1', 0],
  ])
  expect(map.pods.map(each => each.revision)).toEqual([owner.current, owner.current, owner.current])
})

test('rolling update: the sentence counts what is done and what is available', () => {
  const { world, map } = seen()
  create(world, 3)
  world.advance(8000)
  world.run(`kubectl set image deployment/web hellok8s=${image('v2')}`)
  const done = new Set<unknown>()
  for (let i = 0; i < 300; i++) {
    world.advance(10)
    const { say, with: values } = map.sentence
    if (say !== 'rolling') continue
    expect(values).toMatchObject({ from: 'v1', to: 'v2', wanted: 3 })
    expect(values?.ready).toBeGreaterThanOrEqual(3)
    done.add(values?.done)
  }
  expect([...done]).toEqual([0, 1, 2, 3]) // at last the old ones still leave
})

test('crash loop: exit code, restarts and the time of the next try on the card', () => {
  const { world, map } = seen()
  create(world, 3, 'v2_problem')
  world.advance(25_000)
  expect(map.states).toBe('failing Error, failing Error, failing Error')
  const [pod] = map.pods
  expect(pod?.line).toMatchObject({ say: 'crashNext', with: { code: 2, restarts: 2 } })
  expect(pod!.line!.until! - world.elapsed).toBeGreaterThan(0)
  expect(map.sentence).toMatchObject({ say: 'crashAll', tone: 'bad', with: { n: 3, code: 2 } })
  // Not before the time that was told, and soon after: the kubelet looks at a pod every ten seconds or so.
  const until = pod!.line!.until!
  world.advance(until - world.elapsed - 10)
  expect(map.pods.find(each => each.uid === pod!.uid)?.line).toMatchObject({ with: { restarts: 2 } })
  world.advance(15_000)
  expect(map.pods.find(each => each.uid === pod!.uid)?.line).toMatchObject({ with: { restarts: 3 } })
})

test('one unready endpoint: a plug that gets no requests, and why', () => {
  const { world, map } = seen()
  create(world, 3)
  world.run('kubectl expose deployment web --port=3000')
  world.advance(8000)
  map.take()
  expect(map.model.all('service')[0]).toMatchObject({ name: 'web', ready: 3, total: 3 })
  world.run(
    `kubectl patch deployment web --type=json -p '[{"op":"add","path":"/spec/template/spec/containers/0/readinessProbe","value":{"httpGet":{"path":"/","port":3001},"periodSeconds":1}}]'`,
  )
  world.advance(15_000)
  const waiting = map.pods.filter(each => each.state === 'not-ready')
  expect(waiting).toHaveLength(1)
  expect(waiting[0]).toMatchObject({ word: 'Running', ready: '0/1' })
  expect(Object.values(waiting[0]!.plugs ?? {})).toEqual([false])
  expect(waiting[0]!.line?.say).toBe('probe')
  expect(waiting[0]!.line?.with?.message).toMatch(/connection refused$/)
  expect(map.model.all('service')[0]).toMatchObject({ ready: 3, total: 4 })
  world.run('kubectl scale deployment web --replicas=0; kubectl delete deployment web')
  world.advance(10_000)
  expect(map.sentence).toMatchObject({ say: 'nobodyBehind', why: 'service/default/web' })
})

test('pull failure: the sentence says what still works', () => {
  const { world, map } = seen()
  create(world, 3)
  world.advance(8000)
  world.run(`kubectl set image deployment/web hellok8s=${image('nosuch')}`)
  world.advance(8000)
  expect(map.sentence).toMatchObject({ say: 'pullUpdate', tone: 'bad', with: { ready: 3 } })
  const failing = map.pods.filter(each => each.state === 'failing')
  expect(failing).toHaveLength(1)
  expect(failing[0]!.line).toEqual({ say: 'pull', with: { image: image('nosuch') } })
})

test('node lost: kubectl says Running, the map that nobody knows, and when the pods are made anew', () => {
  const { world, map } = seen({ nodes: ['k8s-node1', 'k8s-node2'] })
  world.apply({ at: world.elapsed, type: 'add-node' })
  world.advance(20_000)
  create(world, 4)
  world.advance(10_000)
  const node = map.pods.map(each => each.node).find(each => each !== 'k8s-node1')!
  const there = map.pods.filter(each => each.node === node).length
  expect(there).toBeGreaterThan(0)
  world.inject({ type: 'node-lost', node })
  world.advance(70_000)
  const lost = map.pods.filter(each => each.state === 'unknown')
  expect(lost.map(each => [each.node, each.word])).toEqual(Array(there).fill([node, 'Running']))
  const { say, since, until, with: values } = map.sentence
  expect([say, values]).toEqual(['nodeLostUntil', { node, n: there }])
  // The cards say the same time as the sentence: since when the node counts as lost.
  expect(lost.map(each => each.line?.since)).toEqual(Array(there).fill(since))
  world.advance(until! - world.elapsed + 5000)
  expect(map.pods.filter(each => each.node === node).map(each => each.state)).toEqual(
    Array(there).fill('leaving'),
  )
  expect(map.sentence.say).toBe('nodeLostIdle')
})

test('a pod for which no node will do, with what the scheduler says', () => {
  const { world, map } = seen()
  world.run(`kubectl run big --image=nginx --overrides='{"spec":{"nodeSelector":{"disk":"ssd"}}}'`)
  world.advance(3000)
  const said = map.sentence
  expect(said).toMatchObject({ say: 'unschedulable', with: { n: 1 }, why: 'pod/default/big' })
  expect(said.with?.message).toContain('node affinity/selector')
})

test('StatefulSet, DaemonSet, Job, CronJob and claims are in the same language', () => {
  const { world, map } = seen()
  world.run(`kubectl apply -f - <<E
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {a: b}}
  template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: 'nginx:1.25'}]}}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  selector: {matchLabels: {a: c}}
  template: {metadata: {labels: {a: c}}, spec: {containers: [{name: c, image: 'nginx:1.25'}]}}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: nightly}
spec:
  schedule: "0 3 * * *"
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: busybox, command: [echo]}]}}}}
E`)
  world.run('kubectl create job once --image=busybox -- echo hello')
  world.advance(20_000)
  map.take()
  const owners = map.model.all('owner').map(({ kind, name, ready, wanted, note, schedule }) => ({
    kind,
    name,
    of: `${ready}/${wanted}`,
    ...(note && { note: note.say }),
    ...(schedule && { schedule }),
  }))
  expect(owners.sort((a, b) => (a.kind < b.kind ? -1 : 1))).toEqual([
    { kind: 'CronJob', name: 'nightly', of: '0/0', schedule: '0 3 * * *' },
    { kind: 'DaemonSet', name: 'agent', of: '1/1' },
    { kind: 'Job', name: 'once', of: '1/1', note: 'jobComplete' },
    { kind: 'StatefulSet', name: 'db', of: '1/1' },
  ])
  for (const pod of map.pods) {
    const owner = map.model.owner(pod.owner)
    expect(pod.revision, owner?.kind).toBe(owner?.current)
  }
  expect(map.states).toBe('completed Completed, ready Running, ready Running')
})

test('many: one change costs the rows that it touches, however many pods there are', () => {
  const { world, map } = seen()
  world.cluster.registry.anyImage = true
  create(world, 60)
  world.advance(60_000)
  map.take()
  const name = map.pods[7]!.name
  world.run(`kubectl label pod ${name} some=thing`)
  map.take()
  expect(map.changed).toBe(0) // nothing of it is on the map
  world.run(`kubectl delete pod ${name} --wait=false`)
  let most = 0
  for (let i = 0; i < 50; i++) {
    world.advance(20)
    map.take()
    most = Math.max(most, map.changed)
  }
  expect(most).toBeLessThanOrEqual(4) // the pod, the one in its place, their Deployment
})

const set = (kind: string, name: string, container: string, more = '') => `kubectl apply -f - <<E
apiVersion: apps/v1
kind: ${kind}
metadata: {name: ${name}}
spec:
  selector: {matchLabels: {a: ${name}}}
  template: {metadata: {labels: {a: ${name}}}, spec: {${more} containers: [{name: c, ${container}}]}}
E`

test('a pod of a StatefulSet has its whole name in the sentence', () => {
  const { world, map } = seen()
  world.run(set('StatefulSet', 'db', `image: '${image('v1')}'`))
  const names = new Set<unknown>()
  for (let i = 0; i < 100; i++) {
    world.advance(20)
    if (map.sentence.with?.name) names.add(map.sentence.with.name)
  }
  expect([...names]).toEqual(expect.arrayContaining(['db-0']))
  expect([...names]).not.toContain('0')
})

test('pods that prepare are counted, not their init containers', () => {
  const { world, map } = seen()
  const init = `initContainers: [{name: i, image: busybox, command: [sleep, '60']}],`
  world.run(set('Deployment', 'web', `image: '${image('v1')}'`, init))
  world.run('kubectl scale deployment web --replicas=3')
  world.advance(20_000)
  expect(map.sentence).toMatchObject({ say: 'initsMany', with: { n: 3 } })
  world.run('kubectl scale deployment web --replicas=1')
  world.advance(40_000 - 5000)
  expect(map.sentence).toMatchObject({ say: 'initsOne', with: { n: 1, of: '1' } })
})

test('what has no pods says why: no node that fits, a schedule that rests', () => {
  const { world, map } = seen()
  world.run(set('DaemonSet', 'agent', 'image: nginx', 'nodeSelector: {disk: ssd},'))
  world.advance(2000)
  expect(map.sentence).toMatchObject({ say: 'noNodeFits', with: { name: 'agent' } })
  world.run(
    'kubectl delete daemonset agent; kubectl create cronjob nightly --image=busybox --schedule="0 3 * * *" -- date',
  )
  world.advance(2000)
  expect(map.sentence).toMatchObject({ say: 'scheduled', with: { name: 'nightly' } })
  world.run(`kubectl patch cronjob nightly -p '{"spec":{"suspend":true}}'`)
  world.advance(2000)
  expect(map.sentence).toMatchObject({ say: 'resting', with: { name: 'nightly' } })
  world.run('kubectl delete cronjob nightly')
  world.run(set('StatefulSet', 'db', 'image: nginx'))
  world.run('kubectl scale statefulset db --replicas=0')
  world.advance(40_000)
  expect(map.sentence).toMatchObject({ say: 'zero', with: { name: 'db', kind: 'StatefulSet' } })
})

test('where pods of several owners fail, those that are not ready are not called well', () => {
  const { world, map } = seen()
  create(world, 1, 'v2_problem', 'bad')
  create(world, 1, 'v2_problem', 'worse')
  world.run(set('Deployment', 'slow', `image: '${image('v1')}', readinessProbe: {tcpSocket: {port: 9}}`))
  world.advance(25_000)
  expect(map.sentence).toMatchObject({ say: 'manyFailWaiting', with: { n: 2, total: 3, waiting: 1 } })
})

test('a pod that its owner has let go is not counted as one of its own', () => {
  const { world, map } = seen()
  create(world, 3)
  world.advance(8000)
  const { name } = map.pods[0]!
  world.run(`kubectl label pod ${name} app=debug --overwrite`)
  const counted = new Set<number>()
  for (let i = 0; i < 200; i++) {
    world.advance(20)
    map.take()
    counted.add(map.model.readyOf(map.model.all('owner')[0]!.current))
  }
  expect(map.pods.find(each => each.name === name)?.owner).toBe('')
  expect([...counted]).toEqual([2, 3])
})

test('a ReplicaSet that is left alone has its pods, until a Deployment takes it over', () => {
  const { world, map } = seen()
  create(world, 2)
  world.advance(8000)
  world.run('kubectl delete deployment web --cascade=orphan')
  world.advance(3000)
  map.take()
  expect(map.model.all('owner').map(each => [each.kind, each.ready])).toEqual([['ReplicaSet', 2]])
  expect(map.pods.map(each => map.model.owner(each.owner)?.kind)).toEqual(['ReplicaSet', 'ReplicaSet'])
  create(world, 2)
  world.advance(5000)
  map.take()
  expect(map.model.all('owner').map(each => [each.kind, each.ready])).toEqual([['Deployment', 2]])
  expect(map.pods.map(each => map.model.owner(each.owner)?.kind)).toEqual(['Deployment', 'Deployment'])
})

test('a Service that asks nobody whether it is ready is not said to send nothing', () => {
  const { world, map } = seen()
  world.run(set('Deployment', 'web', `image: '${image('v1')}', readinessProbe: {tcpSocket: {port: 9}}`))
  world.run(
    'kubectl create service clusterip any --clusterip=None --dry-run=client -o yaml | sed "s/app: any/a: web/" | kubectl apply -f -',
  )
  world.run(`kubectl patch service any -p '{"spec":{"publishNotReadyAddresses":true}}'`)
  world.advance(15_000)
  expect(Object.values(map.pods[0]?.plugs ?? {})).toEqual([true])
  expect(map.sentence.say).toBe('notReadyOne')
})

test('a readiness gate that does not hold is no probe', () => {
  const { world, map } = seen()
  world.run(
    set(
      'Deployment',
      'web',
      `image: '${image('v1')}'`,
      'readinessGates: [{conditionType: example.com/open}],',
    ),
  )
  world.advance(15_000)
  expect(map.sentence).toMatchObject({ say: 'gateOne', with: { type: 'example.com/open' } })
})

test('one container has ended for good beside one that runs: nobody starts it again', () => {
  const { world, map } = seen()
  world.run(`kubectl apply -f - <<E
apiVersion: v1
kind: Pod
metadata: {name: two}
spec:
  restartPolicy: Never
  containers:
    - {name: runs, image: '${image('v1')}'}
    - {name: ends, image: busybox, command: [sh, -c, exit 3]}
E`)
  world.advance(15_000)
  expect(map.pods[0]?.line).toEqual({ say: 'exit', with: { code: 3 } })
  expect(map.sentence.say).toBe('stuckOne')
})

test('what keeps a pod from every node is said without the rest of the scheduler’s message', () => {
  const { world, map } = seen()
  const claim = 'volumes: [{name: v, persistentVolumeClaim: {claimName: data}}],'
  world.run(`kubectl apply -f - <<E
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteOnce], storageClassName: '', resources: {requests: {storage: 1Gi}}}
E`)
  world.run(set('Deployment', 'web', `image: '${image('v1')}'`, claim))
  world.advance(3000)
  expect(map.sentence).toMatchObject({
    say: 'unschedulable',
    with: { message: 'pod has unbound immediate PersistentVolumeClaims' },
  })
})

test('owners that stand side by side have hues of their own, in whatever namespace', () => {
  const { world, map } = seen()
  create(world, 1)
  world.run('kubectl create namespace shop; kubectl -n shop create deployment web --image=nginx')
  world.advance(2000)
  map.take()
  expect(new Set(map.model.all('owner').map(each => each.hue)).size).toBe(2)
})

test('claims and Ingresses have rows', () => {
  const { world, map } = seen()
  create(world, 1)
  world.run('kubectl expose deployment web --port=80 --target-port=3000')
  world.run('kubectl create ingress way --rule="shop.example/*=web:80" --rule="/=web:80"')
  world.run(`kubectl apply -f - <<E
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteOnce], storageClassName: none, resources: {requests: {storage: 1Gi}}}
E`)
  world.advance(8000)
  map.take()
  expect(map.model.all('ingress')).toMatchObject([
    { name: 'way', hosts: 'shop.example, *', services: ['web'] },
  ])
  expect(map.model.all('claim')).toMatchObject([{ name: 'data', phase: 'Pending', capacity: '1Gi' }])
  expect(map.sentence.say).toBe('doneOne')
  world.run('kubectl delete ingress way; kubectl delete pvc data')
  world.advance(1000)
  map.take()
  expect([...map.model.all('ingress'), ...map.model.all('claim')]).toEqual([])
})
