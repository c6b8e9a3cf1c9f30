// What the scheduler writes of pods, and tells about them. That a pod is gone is no fault: the informer will tell.
import type { Client, ResourceClient } from '../api/client.ts'
import { expectRefusal } from '../api/errors.ts'
import { EventRecorder } from '../api/events.ts'
import { objectKey } from '../api/informer.ts'
import type { Engine } from '../engine/engine.ts'
import type { Pod } from '../kinds/schema/types.ts'
import type { PodInfo } from './pod-info.ts'

export const schedulerName = 'default-scheduler'

export class PodWriter {
  readonly #engine: Engine
  readonly #recorder: EventRecorder
  readonly #pods: ResourceClient<Pod>

  constructor(engine: Engine, client: Client) {
    this.#engine = engine
    this.#recorder = new EventRecorder(engine, client, { component: schedulerName })
    this.#pods = client.resource('pods')
  }

  /** False where the pod is gone, or bound by somebody else. */
  bind(pod: Pod, node: string): boolean {
    const { namespace = '', name, uid = '' } = pod.metadata
    try {
      this.#pods.post(namespace, name, 'binding', {
        apiVersion: 'v1',
        kind: 'Binding',
        metadata: { name, namespace, uid },
        target: { kind: 'Node', name: node },
      })
    } catch (error) {
      expectRefusal(error)
      return false
    }
    this.#recorder.event(pod, 'Normal', 'Scheduled', `Successfully assigned ${objectKey(pod)} to ${node}`)
    return true
  }

  failed(pod: Pod, message: string): void {
    this.#recorder.event(pod, 'Warning', 'FailedScheduling', message)
  }

  /** The condition PodScheduled=False, where it says something new. */
  report(pod: Pod, message: string, nominate: string | undefined): void {
    const old = pod.status?.conditions?.find((c: { type: string }) => c.type === 'PodScheduled')
    const same = old?.status === 'False' && old.message === message && old.reason === 'Unschedulable'
    if (same && (!nominate || pod.status?.nominatedNodeName === nominate)) return
    const condition = {
      type: 'PodScheduled',
      observedGeneration: pod.metadata.generation,
      status: 'False',
      lastProbeTime: null,
      lastTransitionTime: old?.status === 'False' ? old.lastTransitionTime : this.#engine.timestamp,
      reason: 'Unschedulable',
      message,
    }
    const status = { conditions: [condition], ...(nominate && { nominatedNodeName: nominate }) }
    this.#patchStatus(pod, status)
  }

  #patchStatus({ metadata: { namespace = '', name, uid } }: Pod, status: unknown): void {
    try {
      this.#pods.patch(namespace, name, 'strategic', { metadata: { uid }, status }, { subresource: 'status' })
    } catch (error) {
      expectRefusal(error) // The pod is gone.
    }
  }

  /** Evicts a pod for another one: PrepareCandidate of framework/preemption. */
  evict(victim: PodInfo, { pod }: PodInfo, node: string): void {
    const condition = {
      type: 'DisruptionTarget',
      observedGeneration: victim.pod.metadata.generation,
      status: 'True',
      lastProbeTime: null,
      lastTransitionTime: this.#engine.timestamp,
      reason: 'PreemptionByScheduler',
      message: `${schedulerName}: preempting to accommodate a higher priority pod`,
    }
    this.#patchStatus(victim.pod, { conditions: [condition] })
    try {
      this.#pods.delete(victim.namespace, victim.pod.metadata.name)
    } catch (error) {
      expectRefusal(error)
      return // gone already
    }
    const message = `Preempted by pod ${pod.metadata.uid} on node ${node}`
    this.#recorder.event(victim.pod, 'Normal', 'Preempted', message)
  }
}
