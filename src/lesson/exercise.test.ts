import { expect, test } from 'vitest'
import { ExerciseJudge, exercise } from './exercise.ts'
import { World } from './world.ts'

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: 'leigg/hellok8s:v1'}]}
`

test('goals are judged by what is there and by what was seen', () => {
  const world = new World({ seed: 1, files: { 'web.yaml': deployment } })
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
  const results = () => Object.fromEntries(judge.results())
  expect(results()).toEqual({ 'two-ready': false, 'three-once': false })
  world.run('kubectl apply -f web.yaml && kubectl rollout status deployment/web')
  expect(results()).toEqual({ 'two-ready': true, 'three-once': false })
  world.run('kubectl scale deployment web --replicas=3')
  world.advance(3000)
  world.run('kubectl scale deployment web --replicas=2')
  world.advance(3000)
  expect(results()).toEqual({ 'two-ready': true, 'three-once': true })
})
