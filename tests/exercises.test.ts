// Every exercise can be solved, is not solved before it is, and not by the lesson's own commands alone. A new exercise
// needs a solution here.
import { globSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ExerciseJudge } from '../src/lesson/exercise.ts'
import { type Lesson, lessonWorld } from '../src/lesson/lesson.ts'
import { play } from '../src/lesson/player.ts'
import { parseTranscript } from '../src/lesson/transcript.ts'

const root = join(import.meta.dirname, '..')

/** Commands after a rollout of the lesson's first manifest; a number is a time to wait, in seconds. */
const solutions: Record<string, (string | number)[]> = {
  'three-deleted': ['kk apply -f deployment.yaml', 5, 'kk delete pods -l app=hellok8s', 10],
  'to-zero-and-back': [
    'kk apply -f deployment.yaml',
    5,
    'kk scale deployment hellok8s-go-http --replicas=0',
    10,
    'kk scale deployment hellok8s-go-http --replicas=2',
    5,
  ],
  'update-by-file': [
    'kk apply -f deployment-three.yaml',
    5,
    "sed -i 's/:v1/:v3_hostname/' deployment-three.yaml",
    'kk apply -f deployment-three.yaml',
    10,
  ],
  'stop-the-bad-release': [
    "sed -i 's/replicas: 3/replicas: 3\\n  minReadySeconds: 10/' deployment-three.yaml",
    'kk apply -f deployment-three.yaml',
    20,
    'kk set image deployment/hellok8s-go-http hellok8s=leigg/hellok8s:v2_problem',
    30,
  ],
  'never-less-than-wanted': [
    "sed -i 's/maxSurge: 1/maxSurge: 2/; s/maxUnavailable: 1/maxUnavailable: 0/' deployment-rolling.yaml",
    'kk apply -f deployment-rolling.yaml',
    5,
    'kk set image deployment/hellok8s-go-http hellok8s=leigg/hellok8s:v2',
    10,
  ],
  'pick-the-victim': [
    'kk apply -f deployment-three.yaml',
    5,
    'kk scale deployment hellok8s-go-http --replicas=5',
    5,
    'kk annotate $(kk get pods -o name --sort-by=.metadata.creationTimestamp | head -1) controller.kubernetes.io/pod-deletion-cost=-10',
    'kk scale deployment hellok8s-go-http --replicas=4',
    10,
  ],
  'be-patient': [
    "sed -i 's/periodSeconds: 3/periodSeconds: 30/' deployment-liveness.yaml",
    'kk apply -f deployment-liveness.yaml',
    65,
  ],
  'good-again': [
    "sed -i 's/:v2/:readiness/; s,/healthz,/,' deployment-readiness.yaml",
    'kk apply -f deployment-readiness.yaml',
    15,
  ],
  'half-and-half': [
    'kk apply -f deployment-stable.yaml -f deployment-canary.yaml -f service.yaml',
    'kk scale deployment hellok8s-go-http hellok8s-go-http-canary --replicas=2',
    10,
  ],
  'keep-the-pods': ['kk apply -f replicaset.yaml', 5, 'kk delete replicaset hellok8s-rs --cascade=orphan', 5],
}

for (const path of globSync('content/*/*/lesson.ts', { cwd: root }).sort()) {
  const lesson = (await import(join(root, path))).default as Lesson
  const folder = join(root, 'examples', path.split(/[\\/]/)[1]!)
  const files = Object.fromEntries(
    readdirSync(folder).map(name => [name, readFileSync(join(folder, name), 'utf8')]),
  )
  const begin = () => {
    const world = lessonWorld(lesson, files)
    return { world, judge: new ExerciseJudge(world, lesson.exercises) }
  }

  describe(path, () => {
    it('does not solve its own exercises', () => {
      const { world, judge } = begin()
      const transcript = parseTranscript(files[lesson.transcript]!, lesson.transcript)
      expect([...judge.results()].filter(([, done]) => done)).toEqual([])
      play(
        world,
        transcript.steps.flatMap(step => step.commands),
      )
      expect([...judge.results()].filter(([, done]) => done)).toEqual([])
    })

    it.each(lesson.exercises.map(each => each.name))('has a solution of %s', name => {
      const { world, judge } = begin()
      for (const move of solutions[name] ?? []) {
        if (typeof move === 'number') {
          world.advance(move * 1000)
          continue
        }
        expect(new Map(judge.results()).get(name), `solved before ${move}`).toBe(false)
        expect(world.run(move)).toMatchObject({ exit: 0 })
      }
      expect(new Map(judge.results()).get(name)).toBe(true)
    })
  })
}
