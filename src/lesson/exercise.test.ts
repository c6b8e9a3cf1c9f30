import { expect, test } from 'vitest'
import { webDeployment } from '../../tests/web-deployment.ts'
import { type ClusterView, exercise } from './exercise.ts'
import { ExerciseJudge } from './judge.ts'
import { Life } from './life.ts'
import { createScript } from './script.ts'
import { World } from './world.ts'

test('goals are judged by what is there and by what was seen', () => {
  const world = new World({ seed: 1, files: { 'web.yaml': webDeployment } })
  const judge = new ExerciseJudge(world, [
    exercise({
      name: 'two-ready',
      solution: [],
      done: view => view.get('deployments', 'web')?.status.readyReplicas === 2,
    }),
    exercise({
      name: 'three-once',
      solution: [],
      watch: {
        resources: ['pods'],
        start: 0,
        next: (most, _, view) => Math.max(most, view.list('pods', { labels: 'app=web' }).length),
      },
      done: (_, most) => most >= 3,
    }),
  ])
  const results = () => Object.fromEntries(judge.results().map(each => [each.name, each.reached]))
  expect(results()).toEqual({ 'two-ready': false, 'three-once': false })
  world.run('kubectl apply -f web.yaml && kubectl rollout status deployment/web')
  expect(results()).toEqual({ 'two-ready': true, 'three-once': false })
  world.run('kubectl scale deployment web --replicas=3')
  world.advance(3000)
  world.run('kubectl scale deployment web --replicas=2')
  world.advance(3000)
  expect(results()).toEqual({ 'two-ready': true, 'three-once': true })
})

test('all goals at one moment reach an exercise, for good; a check says when and how much', () => {
  const world = new World({ seed: 1, files: { 'web.yaml': webDeployment } })
  world.advance(5000)
  world.begin()
  const judge = new ExerciseJudge(world, [
    exercise<{ least: number; at: number }>({
      name: 'both',
      solution: [],
      watch: {
        resources: ['deployments'],
        start: { least: 9, at: 0 },
        next: (seen, { object }, { now }) => {
          const ready = object.status?.readyReplicas ?? 0
          return ready < seen.least ? { least: ready, at: now } : seen
        },
      },
      checks: {
        exists: view => view.get('deployments', 'web') !== undefined,
        ready: (view, { least, at }) => ({
          met: view.get('deployments', 'web')?.status.readyReplicas === 2,
          count: least,
          at,
        }),
      },
    }),
  ])
  const [at0] = judge.results()
  expect(at0).toMatchObject({ name: 'both', reached: false })
  expect(at0!.checks.map(each => each.met)).toEqual([false, false])
  world.advance(2000)
  world.run('kubectl apply -f web.yaml')
  const [half] = judge.results()
  expect(half!.checks).toMatchObject([
    { name: 'exists', met: true },
    { name: 'ready', met: false, count: 0 },
  ])
  expect(half!.checks[1]!.at).toBeGreaterThanOrEqual(2000)
  expect(half!.checks[1]!.at).toBeLessThan(4000)
  world.run('kubectl rollout status deployment/web')
  expect(judge.results()[0]).toMatchObject({ reached: true })
  world.run('kubectl delete deployment web')
  const [after] = judge.results()
  expect(after!.checks[0]!.met).toBe(false)
  expect(after!.reached).toBe(true)
})

test('a goal may be about a file of the working directory', () => {
  const world = new World({ seed: 1, files: { 'web.yaml': webDeployment } })
  const judge = new ExerciseJudge(world, [
    exercise({
      name: 'edited',
      solution: [],
      checks: {
        file: view => view.file('web.yaml')?.includes(':v2') === true,
        'no-other': view => view.file('other.yaml') === undefined,
      },
    }),
  ])
  const met = () => judge.results()[0]!.checks.map(each => each.met)
  expect(met()).toEqual([false, true])
  world.run('sed s/:v1/:v2/ web.yaml > other.yaml')
  expect(met()).toEqual([false, false])
  world.run('mv other.yaml web.yaml')
  expect(met()).toEqual([true, true])
})

test("checks see docker's images and containers, and what was pushed", () => {
  const world = new World({ seed: 1 })
  const judge = new ExerciseJudge(world, [
    exercise({
      name: 'docker',
      solution: [],
      checks: {
        image: view => view.docker.images.some(each => each.tags.includes('docker.io/learner/hellok8s:v1')),
        port: view => view.docker.containers.some(each => each.ports[0]?.host === 8080),
        pushed: view => view.pushed('learner/hellok8s:v1'),
      },
    }),
  ])
  const met = () => judge.results()[0]!.checks.map(each => each.met)
  expect(met()).toEqual([false, false, false])
  world.run('docker pull -q leigg/hellok8s:v1; docker tag leigg/hellok8s:v1 learner/hellok8s:v1')
  expect(met()).toEqual([true, false, false])
  world.run('docker run -d -p 8080:3000 --name hello learner/hellok8s:v1')
  expect(met()).toEqual([true, true, false])
  world.run('echo secret | docker login -u learner --password-stdin; docker push learner/hellok8s:v1')
  expect(met()).toEqual([true, true, true])
  world.run('docker stop hello')
  expect(met()).toEqual([true, false, true])
})

test('a timed exercise says how long it took, looked at in every second of the way and also when it is lived through again', () => {
  const timed = (mark?: number) => {
    const lesson = {
      transcript: 'x.console',
      start: [90],
      exercises: [
        {
          name: 'gone',
          solution: [],
          ...(mark !== undefined && { mark }),
          checks: { gone: (view: ClusterView) => view.get('pods', 'web') === undefined && view.now > 0 },
          start: ['kubectl run web --image=leigg/hellok8s:v1', 20],
        },
      ],
    }
    const script = createScript({
      id: 'x',
      lesson,
      files: {},
      transcript: '',
      version: '1',
      exercise: 'gone',
    })
    const life = new Life(script)
    const deeds = [
      { at: 10_000, text: 'kubectl delete pod web --now' },
      { at: 300_000, text: 'kubectl run web --image=leigg/hellok8s:v1' },
    ]
    for (const each of deeds) for (const _ of life.perform({ ...each, type: 'input', terminal: 1 }));
    life.advance(60_000)
    return life.judge.results()[0]!
  }
  const { reached, took } = timed(5)
  expect(reached).toBe(true)
  expect(took).toBeGreaterThan(10_000)
  expect(took).toBeLessThan(13_000)
  // Without a mark nobody looks on the way.
  expect(timed()).toMatchObject({ reached: false })
  expect(timed()).not.toHaveProperty('took')
})
