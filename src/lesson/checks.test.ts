import { expect, test } from 'vitest'
import {
  configuredServer,
  fewest,
  firstUid,
  fullImage,
  heldFor,
  imagesOf,
  isRolledOut,
  neverBelow,
  objectsIn,
  podsOf,
  sameImage,
  since,
  steadyFor,
  watching,
} from './checks.ts'
import { type Check, type ClusterView, exercise, type Watch } from './exercise.ts'
import { ExerciseJudge } from './judge.ts'
import { World } from './world.ts'

test('two names of one image are one image', () => {
  expect(fullImage('nginx')).toBe('docker.io/library/nginx:latest')
  expect(fullImage('registry.k8s.io/pause:3.10')).toBe('registry.k8s.io/pause:3.10')
  expect(fullImage('localhost:5000/web')).toBe('localhost:5000/web:latest')
  expect(fullImage('nginx@sha256:ab')).toBe('docker.io/library/nginx@sha256:ab')
  expect(sameImage('docker.io/leigg/hellok8s:v2', 'leigg/hellok8s:v2')).toBe(true)
  expect(sameImage('docker.io/library/nginx:1.27', 'nginx:1.27')).toBe(true)
  expect(sameImage('leigg/hellok8s:v2', 'leigg/hellok8s:v2_problem')).toBe(false)
  expect(sameImage(undefined, 'nginx')).toBe(false)
})

/** What checks see of a world, and its judge. */
function look<Seen = undefined>(world: World, watch?: Watch<Seen>, check: Check<Seen> = () => true) {
  let view!: ClusterView
  const judge = new ExerciseJudge(world, [
    exercise<Seen>({
      name: 'x',
      solution: [],
      ...(watch && { watch }),
      checks: {
        x: (each, seen) => {
          view = each
          return check(each, seen)
        },
      },
    }),
  ])
  const result = () => judge.results()[0]!.checks[0]!
  result()
  return { view, result }
}

test('pods are found by what owns them; leaving ones and strangers with the same label are none', () => {
  const world = new World({ seed: 1 })
  world.run('kubectl create deployment web --image=nginx:1.27 --replicas=2')
  world.run('kubectl rollout status deployment/web')
  world.run(
    'kubectl run web-alone --image=nginx:1.27 --labels=app=web; kubectl create job once --image=nginx',
  )
  const { view } = look(world)
  const web = view.get('deployments', 'web')
  expect(isRolledOut(web)).toBe(true)
  expect(isRolledOut(undefined)).toBe(false)
  expect(podsOf(view, web)).toHaveLength(2)
  expect(imagesOf(web)).toEqual(['nginx:1.27'])
  world.run('kubectl scale deployment web --replicas=1')
  expect(isRolledOut(view.get('deployments', 'web'))).toBe(false)
  world.advance(200)
  expect(podsOf(view, web)).toHaveLength(1)
  world.advance(2000)
  expect(podsOf(view, view.get('jobs', 'once'))).toHaveLength(1)
})

test('a pod is steady for as long as it has been ready without a break', () => {
  const world = new World({ seed: 1 })
  const { view, result } = look(world, undefined, each => steadyFor(each, 'web', 30_000))
  expect(result()).toEqual({ name: 'x', met: false, held: [0, 30_000] })
  world.run('kubectl run web --image=nginx:1.27; kubectl wait --for=condition=Ready pod/web')
  world.advance(12_000)
  const { held } = result()
  expect(held![0]).toBeGreaterThan(10_000)
  expect(held![0]).toBeLessThan(14_000)
  world.advance(20_000)
  expect(result().met).toBe(true)
  world.run('kubectl delete pod web --wait=false')
  expect(steadyFor(view, 'web', 30_000).met).toBe(false)
})

test('where kubectl goes is read as kubectl reads it: the cluster of the context in use', () => {
  const world = new World({ seed: 1 })
  const { view } = look(world)
  expect(configuredServer(view)).toBe('https://10.0.2.2:6443')
  world.run('kubectl config set-cluster shop --server=https://10.0.2.3:6443')
  expect(configuredServer(view)).toBe('https://10.0.2.2:6443')
  world.run('kubectl config set-context --current --cluster=shop')
  expect(configuredServer(view)).toBe('https://10.0.2.3:6443')
  world.run('rm ~/.kube/config')
  expect(configuredServer(view)).toBeUndefined()
})

test('watches remember what was there first, since when it holds, and how few there ever were', () => {
  const world = new World({ seed: 1 })
  world.run('kubectl create deployment web --image=nginx:1.27 --replicas=3')
  world.run('kubectl rollout status deployment/web')
  const available = (view: ClusterView) => view.get('deployments', 'web')?.status.availableReplicas ?? 0
  const { view, result } = look(
    world,
    watching({
      uid: firstUid('deployments', 'web'),
      three: since(['deployments'], each => available(each) === 3),
      least: fewest(['deployments'], each => available(each)),
    }),
    (each, seen) => ({
      ...neverBelow(seen.least, 3),
      ...(seen.uid === each.get('deployments', 'web')?.metadata.uid && {
        held: heldFor(each, seen.three, 10_000).held,
      }),
    }),
  )
  world.advance(4000)
  const held4 = result()
  expect(held4.met).toBe(true)
  // The watch hears of what is there a moment later.
  expect(held4.held![0]).toBeGreaterThan(3900)
  expect(held4.held![0]).toBeLessThanOrEqual(4000)
  const before = world.elapsed
  world.run('kubectl delete pods -l app=web --now')
  world.advance(20_000)
  const { met, count, at, held } = result()
  expect([met, count, held]).toEqual([false, 0, [10_000, 10_000]])
  expect(at).toBeGreaterThanOrEqual(before)
  world.run('kubectl delete deployment web; kubectl create deployment web --image=nginx:1.27')
  expect(result().held).toBeUndefined()
  expect(view.get('deployments', 'web')).toBeDefined()
  expect(neverBelow(undefined, 1).met).toBe(false)
})

test('the objects of a manifest: one a document, those of a List one by one; none of what cannot be read', () => {
  const pod = (name: string) => `{apiVersion: v1, kind: Pod, metadata: {name: ${name}}}`
  const world = new World({
    seed: 1,
    files: {
      'two.yaml': `---\n${pod('a')}\n---\n# nothing\n---\n${pod('b')}\n`,
      'list.yaml': `kind: List\nitems: [${pod('a')}, ${pod('b')}]\nmetadata: {resourceVersion: ""}\n`,
      'spoilt.yaml': 'kind: [',
    },
  })
  const { view } = look(world)
  const names = (file: string) => objectsIn(view, file).map(each => each.metadata.name)
  expect(['two.yaml', 'list.yaml', 'spoilt.yaml', 'absent.yaml'].map(names)).toEqual([
    ['a', 'b'],
    ['a', 'b'],
    [],
    [],
  ])
})
