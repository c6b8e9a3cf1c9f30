// What the exercises of this chapter look at.
import type { CronJob, Job, JobCondition, Pod } from '../../src/kinds/schema/types.ts'
import { imagesOf, isLeaving, podSpecOf, podsOf } from '../../src/lesson/checks.ts'
import type { Change, ClusterView } from '../../src/lesson/exercise.ts'

export const job = (view: ClusterView, name: string): Job | undefined => {
  const found = view.get('jobs', name)
  return isLeaving(found) ? undefined : found
}

export const cronJob = (view: ClusterView, name: string): CronJob | undefined => {
  const found = view.get('cronjobs', name)
  return isLeaving(found) ? undefined : found
}

/** The Jobs of a CronJob, by the clock or by hand; those on their way out are none. */
export const jobsOf = (view: ClusterView, owner: CronJob | undefined): Job[] =>
  owner
    ? view
        .list('jobs')
        .filter(
          each =>
            !isLeaving(each) && each.metadata.ownerReferences?.some(({ uid }) => uid === owner.metadata.uid),
        )
    : []

/** The condition of that type, where it is true. */
export const conditionOf = (object: Job | undefined, type: string): JobCondition | undefined =>
  object?.status.conditions?.find(each => each.type === type && each.status === 'True')

export const isComplete = (object: Job | undefined): boolean => conditionOf(object, 'Complete') !== undefined

export const hasFailed = (object: Job | undefined): boolean => conditionOf(object, 'Failed') !== undefined

/** The pods of a Job that have ended well, whose log can still be read. */
export const succeededPods = (view: ClusterView, owner: Job | undefined): Pod[] =>
  podsOf(view, owner).filter(pod => pod.status?.phase === 'Succeeded')

/** Whether what its containers are told, by command or by environment, says each of these words. */
export function isToldOf(object: Job | CronJob | undefined, words: readonly string[]): boolean {
  const told = (podSpecOf(object)?.containers ?? [])
    .flatMap(({ command = [], args = [], env = [] }) => [
      ...command,
      ...args,
      ...env.map(each => each.value ?? ''),
    ])
    .join(' ')
  return imagesOf(object).length > 0 && words.every(word => told.includes(word))
}

/** How many pods of a Job were at work at once, at most; a Job of the same name made later is counted anew. */
export interface Most {
  readonly uid: string | undefined
  readonly count: number
}

export const mostAtOnce = (name: string) => ({
  resources: ['pods'],
  start: { uid: undefined, count: 0 } as Most,
  next: (seen: Most, _: Change, view: ClusterView): Most => {
    const owner = job(view, name)
    if (!owner) return seen
    const { uid } = owner.metadata
    const working = podsOf(view, owner).filter(
      pod => pod.status?.phase === 'Running' || pod.status?.phase === 'Pending',
    )
    const before = seen.uid === uid ? seen.count : 0
    return { uid, count: Math.max(before, working.length) }
  },
})

/** Jobs that are neither complete nor failed. */
export const unfinished = (jobs: readonly Job[]): Job[] =>
  jobs.filter(each => !isComplete(each) && !hasFailed(each))
