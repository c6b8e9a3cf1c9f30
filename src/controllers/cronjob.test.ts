import { expect, test } from 'vitest'
import { InCluster } from '../../tests/in-cluster.ts'

const kind = 'cronjobs.batch'
const pod = (command: string[]) => ({
  restartPolicy: 'Never',
  containers: [{ name: 'c', image: 'busybox', command }],
})
const every = (command: string[], more: object = {}) => ({
  schedule: '* * * * *',
  jobTemplate: { spec: { template: { spec: pod(command) } } },
  ...more,
})
const minutes = 60_000

test('a job each minute, of which the last three successes are kept', () => {
  const it = new InCluster()
  it.make(kind, every(['true']), 6 * minutes)
  expect(it.names('jobs.batch')).toHaveLength(3)
})

test('Forbid begins no job while one runs, Replace ends that one, Allow begins another', () => {
  const running = (concurrencyPolicy: string) => {
    const it = new InCluster()
    it.make(kind, every(['sleep', '600'], { concurrencyPolicy }), 3 * minutes + 5000)
    return { jobs: it.names('jobs.batch').length, active: it.get(kind).status.active.length }
  }
  expect(running('Forbid')).toEqual({ jobs: 1, active: 1 })
  expect(running('Replace')).toEqual({ jobs: 1, active: 1 })
  expect(running('Allow')).toEqual({ jobs: 3, active: 3 })
})

test('suspended, it begins none', () => {
  const it = new InCluster()
  it.make(kind, every(['true'], { suspend: true }), 3 * minutes)
  expect(it.names('jobs.batch')).toEqual([])
})
