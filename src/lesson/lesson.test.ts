import { expect, test } from 'vitest'
import { ExerciseJudge } from './judge.ts'
import { forExercise, type Lesson, lessonWorld } from './lesson.ts'

const ask = (lesson: Partial<Lesson>, files = {}) => {
  const world = lessonWorld(lesson, files)
  const run = (command: string) => {
    const { stdout, stderr } = world.run(command)
    return stdout + stderr
  }
  return { world, run }
}

test('a lesson asks for nodes, a metrics server and a provider of load balancers', () => {
  const { world, run } = ask({ workers: 3, metrics: true, loadBalancer: true })
  expect(run('kubectl get nodes -o name').trim().split('\n')).toHaveLength(4)
  run('kubectl create deployment web --image=nginx:1.27')
  run('kubectl expose deployment web --port=80 --type=LoadBalancer')
  world.advance(90_000)
  expect(run('kubectl top pods')).toMatch(/^NAME/)
  expect(run("kubectl get service web -o jsonpath='{.status.loadBalancer.ingress[0].ip}'")).toMatch(
    /^[\d.]+$/,
  )
  const plain = ask({})
  plain.run('kubectl create deployment web --image=nginx:1.27')
  plain.world.advance(90_000)
  expect(plain.run('kubectl top pods')).toContain('Metrics API not available')
})

test('a lesson asks for the ingress controller: it routes', () => {
  const { world, run } = ask({ ingressController: true })
  expect(world.elapsed).toBe(0)
  run('kubectl create deployment web --image=leigg/hellok8s:v1; kubectl expose deployment web --port=3000')
  run('kubectl create ingress web --class=nginx --rule=/=web:3000')
  run('kubectl rollout status deployment/web')
  world.advance(5000)
  expect(run('curl -s k8s-node1:30080/')).toContain('Hello, Kubernetes!')
})

test('a lesson finds things done and broken: files, commands that have run, faults; its clock begins behind them', () => {
  const { world, run } = ask(
    {
      files: { 'note.txt': 'the lesson’s\n' },
      start: ['kubectl create deployment web --image=nginx:1.27', 20],
      faults: [{ type: 'registry-down' }],
    },
    { 'note.txt': 'the chapter’s\n', 'other.txt': 'x\n' },
  )
  expect(world.elapsed).toBe(0)
  expect(run('cat note.txt other.txt')).toBe('the lesson’s\nx\n')
  expect(run('kubectl get deployment web')).toContain('1/1')
  run('kubectl run late --image=httpd')
  world.advance(90_000)
  expect(run('kubectl get pod late')).toMatch(/ErrImagePull|ImagePullBackOff/)
})

test('a start that fails is an error of the lesson', () => {
  expect(() => lessonWorld({ start: ['kubectl get pod nobody'] }, {})).toThrow(
    /kubectl get pod nobody[\s\S]*NotFound/,
  )
})

test('an exercise begins in a world of its own: after what the lesson does, with what it finds broken', () => {
  const lesson: Lesson = {
    transcript: 'x.console',
    start: ['kubectl create namespace shop'],
    exercises: [
      {
        name: 'late',
        kind: 'fix',
        start: ['kubectl run late --image=nginx:1.27', 20],
        faults: [{ type: 'registry-down' }],
        solution: [],
        checks: { one: view => view.list('pods').length === 1 },
      },
      { name: 'other', solution: [], checks: { none: view => view.list('pods').length === 0 } },
    ],
  }
  const late = lessonWorld(forExercise(lesson, 'late'), {})
  expect(late.elapsed).toBe(0)
  expect(late.run('kubectl get pod late').stdout).toContain('Running')
  expect(late.run('kubectl get namespace shop').exit).toBe(0)
  expect(late.cluster.faults.active).toEqual([{ type: 'registry-down' }])
  expect(new ExerciseJudge(late, [lesson.exercises[0]!]).results()[0]!.reached).toBe(true)
  const other = lessonWorld(forExercise(lesson, 'other'), {})
  expect(other.run('kubectl get pods').stdout).toBe('')
  expect(() => forExercise(lesson, 'none')).toThrow('there is no exercise none')
})
