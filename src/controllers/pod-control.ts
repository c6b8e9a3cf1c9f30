// Making and deleting pods for a controller, with the events that tell of it: RealPodControl of controller_utils.go.
import type { Client, NewObject, ResourceClient } from '../api/client.ts'
import { isNotFound, isReason } from '../api/errors.ts'
import type { EventRecorder } from '../api/events.ts'
import type { KubeObject } from '../kinds/object.ts'
import type { PodTemplateSpec } from '../kinds/schema/types.ts'
import { type Expectations, newControllerRef } from './claim.ts'
import type { Pod } from './pods.ts'

/** Refused because the namespace is going: nothing that could be tried again. */
export const isNamespaceEnding = (error: unknown): boolean =>
  isReason(error, 'Forbidden') && (error as Error).message.includes('because it is being terminated')

/** The pod that a template describes, owned by `owner`; its name is made up from the owner's. */
export function podFromTemplate(template: PodTemplateSpec, owner: KubeObject): NewObject<Pod> {
  const { labels, annotations, finalizers } = template.metadata
  const { name, namespace } = owner.metadata
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      generateName: `${name}-`,
      namespace,
      labels,
      annotations,
      finalizers,
      ownerReferences: [newControllerRef(owner)],
    },
    spec: template.spec,
  }
}

export class PodControl {
  readonly pods: ResourceClient<Pod>
  readonly #recorder: EventRecorder

  constructor(client: Client, recorder: EventRecorder) {
    this.pods = client.resource<Pod>('pods')
    this.#recorder = recorder
  }

  /** `decoded`: the pod has the form that decoding gives (it is copied all the same). */
  create(pod: NewObject<Pod>, owner: KubeObject, decoded = false): Pod {
    try {
      const created = this.pods.create(pod, undefined, decoded)
      this.#recorder.event(owner, 'Normal', 'SuccessfulCreate', `Created pod: ${created.metadata.name}`)
      return created
    } catch (error) {
      if (!isNamespaceEnding(error)) {
        const { message } = error as Error
        this.#recorder.event(owner, 'Warning', 'FailedCreate', `Error creating: ${message}`)
      }
      throw error
    }
  }

  delete(pod: Pod, owner: KubeObject): void {
    const { namespace = '', name } = pod.metadata
    try {
      this.pods.delete(namespace, name)
      this.#recorder.event(owner, 'Normal', 'SuccessfulDelete', `Deleted pod: ${name}`)
    } catch (error) {
      if (!isNotFound(error)) {
        const { message } = error as Error
        this.#recorder.event(owner, 'Warning', 'FailedDelete', `Error deleting: ${message}`)
      }
      throw error
    }
  }

  /** Deletes pods that a controller expects to go, each of them; what went wrong first, where something did. */
  deleteExpected(pods: readonly Pod[], owner: KubeObject, expectations: Expectations, key: string): unknown {
    let failure: unknown
    for (const pod of pods) {
      try {
        this.delete(pod, owner)
      } catch (error) {
        expectations.deleted(key, pod)
        if (!isNotFound(error)) failure ??= error
      }
    }
    return failure
  }
}
