// How samples of what makes and reaches pods are written down.
import type { WorkloadSample } from '../play-workloads.ts'

interface Family {
  /** The object of a spec. */
  readonly make: (spec: object) => object
  readonly shared?: readonly object[]
  readonly script?: string
}

/** Adds to a list: a sample for each of the fields (with spaces between them) that two specs of a family differ in. */
export const adding =
  (list: WorkloadSample[], { make, shared = [], script = '' }: Family) =>
  (fields: string, without: object, having: object): void => {
    for (const field of fields.split(' '))
      list.push({ field, shared, without: make(without), having: make(having), script })
  }

const labels = { app: 'a' }
export const container = (more: object = {}) => ({
  name: 'c',
  image: 'busybox',
  command: ['sleep', '3600'],
  ...more,
})
export const template = (spec: object = {}, more: object = {}) => ({
  metadata: { labels, ...more },
  spec: { terminationGracePeriodSeconds: 0, containers: [container()], ...spec },
})
export const selector = { matchLabels: labels }
export const unready = { containers: [container({ readinessProbe: { exec: { command: ['false'] } } })] }
export const image = (name: string) => template({ containers: [container({ image: name })] })
