// Deletes finished jobs some time after their end, with their pods. Rules: pkg/controller/ttlafterfinished.

import { objectKey } from '../api/informer.ts'
import { parseTime } from '../engine/engine.ts'
import type { Job } from '../kinds/schema/types.ts'
import { type StartController, WorkQueue } from './controller.ts'
import { ignoreNotFound } from './endpoints.ts'
import { trueCondition } from './job-conditions.ts'

export const startTtlAfterFinished: StartController = context => {
  const { client, informers, engine } = context
  const jobs = informers.of('jobs.batch')
  const resource = client.resource('jobs.batch')
  const queue = new WorkQueue(context, sync)
  const enqueue = (job: Job) => {
    if (job.spec.ttlSecondsAfterFinished !== undefined && finished(job)) queue.add(objectKey(job))
  }
  jobs.handle({ add: enqueue, update: (_old, job) => enqueue(job) })

  function sync(key: string): undefined {
    const job = jobs.get(key)
    const end = job && finished(job)
    const seconds = job?.spec.ttlSecondsAfterFinished
    if (!job || !end || seconds === undefined || job.metadata.deletionTimestamp) return
    const left = end + seconds * 1000 - engine.now
    if (left > 0) {
      queue.addAfter(key, left)
      return
    }
    const { namespace = '', name, uid } = job.metadata
    const preconditions = uid ? { uid } : {}
    ignoreNotFound(() => resource.delete(namespace, name, { propagationPolicy: 'Foreground', preconditions }))
  }
}

function finished(job: Job): number | undefined {
  const condition = trueCondition(job, 'Complete') ?? trueCondition(job, 'Failed')
  return condition && parseTime(condition.lastTransitionTime!)
}
