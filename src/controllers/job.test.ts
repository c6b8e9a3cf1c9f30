import { expect, test } from 'vitest'
import type { JobCondition } from '../kinds/schema/types.ts'
import { World } from '../lesson/world.ts'

const job = (spec: string) => `apiVersion: batch/v1
kind: Job
metadata: {name: j}
spec:
  ${spec}
  template:
    spec:
      restartPolicy: Never
      terminationGracePeriodSeconds: 1
      containers: [{name: c, image: 'busybox:1.28', command: [sleep, '600']}]
`

function started(spec: string) {
  const world = new World({ seed: 1, files: { 'j.yaml': job(spec) } })
  world.run('kubectl apply -f j.yaml')
  world.advance(5000)
  const status = () => JSON.parse(world.run('kubectl get job j -o json').stdout).status
  return { world, status }
}

test('a suspended job has no start, no pods and no failures; resumed it starts anew', () => {
  const { world, status } = started('backoffLimit: 0')
  const before = status()
  expect(before.active).toBe(1)
  world.run(`kubectl patch job j -p '{"spec":{"suspend":true}}'`)
  world.advance(10_000)
  const suspended = status()
  expect(suspended.startTime).toBeUndefined()
  expect(suspended.failed ?? 0).toBe(0)
  expect(suspended.active ?? 0).toBe(0)
  expect(suspended.conditions.map((c: JobCondition) => `${c.type} ${c.status}`)).toEqual(['Suspended True'])
  expect(world.run('kubectl get pods').stderr).toBe('No resources found in default namespace.\n')

  world.run(`kubectl patch job j -p '{"spec":{"suspend":false}}'`)
  world.advance(5000)
  const resumed = status()
  expect(resumed.startTime > before.startTime).toBe(true)
  expect(resumed.active).toBe(1)
  expect(resumed.failed ?? 0).toBe(0)
})

test('pods that are too many after parallelism was lowered are no failures', () => {
  const { world, status } = started('parallelism: 3\n  backoffLimit: 0')
  expect(status().active).toBe(3)
  world.run(`kubectl patch job j -p '{"spec":{"parallelism":1}}'`)
  world.advance(10_000)
  expect(status().active).toBe(1)
  expect(status().failed ?? 0).toBe(0)
  expect(status().conditions ?? []).toEqual([])
})

test('a pod that was deleted is replaced 10 s after the deletion, while it still has its grace', () => {
  const spec = job('backoffLimit: 3').replace('PeriodSeconds: 1', 'PeriodSeconds: 30')
  const world = new World({ seed: 1, files: { 'j.yaml': spec } })
  world.run('kubectl apply -f j.yaml')
  world.advance(5000)
  const states = () =>
    world
      .run('kubectl get pods --no-headers')
      .stdout.split('\n')
      .filter(line => line !== '')
      .map(line => line.split(/ +/)[2])
      .sort()
  world.run('kubectl delete pod -l job-name=j --wait=false')
  world.advance(7000)
  expect(states()).toEqual(['Terminating'])
  world.advance(6000)
  expect(states()).toEqual(['Running', 'Terminating'])
})

test('successPolicy: enough indexes end the job, and the pods of the others', () => {
  const indexed = (rules: string, script: string) =>
    job(
      `completions: 4\n  parallelism: 4\n  completionMode: Indexed\n  successPolicy: {rules: [${rules}]}`,
    ).replace("[sleep, '600']", `[sh, -c, '${script}']`)
  const play = (rules: string, script: string) => {
    const world = new World({ seed: 1, files: { 'j.yaml': indexed(rules, script) } })
    world.run('kubectl apply -f j.yaml')
    world.advance(60_000)
    const { status } = JSON.parse(world.run('kubectl get job j -o json').stdout)
    const conditions = (status.conditions ?? []).map(
      (c: JobCondition) => `${c.type} ${c.reason}: ${c.message}`,
    )
    return { status, conditions, pods: world.run('kubectl get pods --no-headers').stdout.trim().split('\n') }
  }
  const only = (index: number) => `[ $JOB_COMPLETION_INDEX = ${index} ] || sleep 600`
  const leader = play('{succeededIndexes: "0"}', only(0))
  const met = 'SuccessPolicy: Matched rules at index 0'
  expect(leader.conditions).toEqual([`SuccessCriteriaMet ${met}`, `Complete ${met}`])
  expect(leader.status).toMatchObject({ succeeded: 1, completedIndexes: '0' })
  expect(leader.status.failed ?? 0).toBe(0)
  expect(leader.pods).toHaveLength(1)
  expect(play('{succeededIndexes: "0"}', only(1)).conditions).toEqual([])
  expect(play('{succeededIndexes: 0-2, succeededCount: 1}', only(1)).conditions).toHaveLength(2)
  const second = play('{succeededIndexes: "3"}, {succeededCount: 1}', only(2))
  expect(second.conditions[0]).toContain('Matched rules at index 1')
})
