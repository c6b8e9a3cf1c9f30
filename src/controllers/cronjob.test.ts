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

test('with another schedule it waits for its next time, and makes up for what it missed when it wakes up', () => {
  const it = new InCluster()
  const noon = every(['true'], { schedule: '0 12 * * *' })
  it.make(kind, noon, 30 * minutes)
  // A quarter of an hour ago by the new schedule.
  const { creationTimestamp } = it.get(kind).metadata
  const minute = (Number(creationTimestamp!.slice(14, 16)) + 15) % 60
  it.patch(kind, { spec: { schedule: `${minute} * * * *` } }, 10 * minutes)
  expect(it.names('jobs.batch')).toEqual([])
  it.patch(kind, { metadata: { labels: { touched: 'yes' } } })
  expect(it.names('jobs.batch')).toHaveLength(1)
})

test('a job bears the time at which it was due, in the zone of the cron job', () => {
  const due = (more: object) => {
    const it = new InCluster()
    it.make(kind, every(['true'], more), 2 * minutes)
    const [job] = it.list('jobs.batch')
    return job?.metadata.annotations?.['batch.kubernetes.io/cronjob-scheduled-timestamp']
  }
  expect(due({})).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00Z$/)
  expect(due({ timeZone: 'Asia/Shanghai' })).toMatch(/T\d\d:\d\d:00\+08:00$/)
  expect(due({ timeZone: 'America/St_Johns' })).toMatch(/-03:30$/)
})
