// The pod that a job makes: its template with the finalizer by which it is counted and, for an Indexed job, its index.
import type { NewObject } from '../api/client.ts'
import type { Container } from '../kinds/schema/types.ts'
import type { Job } from './job-conditions.ts'
import * as indexes from './job-indexes.ts'
import { podFromTemplate } from './pod-control.ts'
import type { Pod } from './pods.ts'

/** A pod that has it is yet to be counted. */
export const finalizer = 'batch.kubernetes.io/job-tracking'

/** Is the pod yet to be counted? */
export const isTracked = (pod: Pod): boolean => !!pod.metadata.finalizers?.includes(finalizer)

/** `index`, `failures`: of an Indexed job; how often the index has failed, where that is limited. */
export function jobPod(job: Job, index: number | undefined, failures: number | undefined): NewObject<Pod> {
  const pod = podFromTemplate(job.spec.template, job)
  pod.metadata.finalizers = [...(pod.metadata.finalizers ?? []), finalizer]
  if (index === undefined) return pod
  const number = String(index)
  pod.metadata.generateName = `${job.metadata.name}-${index}-`
  pod.metadata.annotations = {
    ...pod.metadata.annotations,
    [indexes.indexAnnotation]: number,
    ...(failures !== undefined && { [indexes.failureCountAnnotation]: String(failures) }),
  }
  pod.metadata.labels = { ...pod.metadata.labels, [indexes.indexAnnotation]: number }
  const fieldPath = `metadata.labels['${indexes.indexAnnotation}']`
  const variable = { name: 'JOB_COMPLETION_INDEX', valueFrom: { fieldRef: { fieldPath } } }
  const add = (containers: Container[]) =>
    containers.map(c =>
      c.env?.some(e => e.name === variable.name) ? c : { ...c, env: [...(c.env ?? []), variable] },
    )
  const { spec } = pod
  pod.spec = {
    ...spec,
    hostname: `${job.metadata.name}-${index}`,
    ...(spec.initContainers && { initContainers: add(spec.initContainers) }),
    containers: add(spec.containers),
  }
  return pod
}
