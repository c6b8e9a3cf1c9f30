// How samples of pods that differ in one field are written down.
import type { Sample } from '../play.ts'

export const plain = { name: 'c', image: 'busybox', command: ['sleep', '3600'] }
export const pod = (container: object = {}, more: object = {}) => ({
  containers: [{ ...plain, ...container }],
  ...more,
})
/** One of the ConfigMaps that are there for all pods (`play.ts`). */
export const settings = { name: 'settings' }
export const fieldRef = (fieldPath: string) => ({ fieldRef: { fieldPath } })

/** A list of samples, and what adds to it: one for each of the fields that two pods differ in, with spaces between them. */
export function collect() {
  const samples: Sample[] = []
  const add = (fields: string, without: object, spec: object) => {
    for (const field of fields.split(' ')) samples.push({ field, without, spec })
  }
  return {
    samples,
    add,
    /** Of a container that is otherwise alike. */
    inContainer: (fields: string, without: object, value: object, more: object = {}) =>
      add(fields, pod(without, more), pod(value, more)),
    /** Of the pod itself. */
    inPod: (fields: string, without: object, value: object, container: object = {}) =>
      add(fields, pod(container, without), pod(container, value)),
  }
}
