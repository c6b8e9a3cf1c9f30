// Makes the claims of pods' ephemeral volumes; they go with the pods that own them. Rules: pkg/controller/volume/ephemeral.
import { objectKey } from '../api/informer.ts'
import { claimNameOf, foreignClaim } from '../kinds/pod-spec/claim-name.ts'
import type { Pod } from '../kinds/schema/types.ts'
import { newControllerRef } from './claim.ts'
import { type StartController, SyncError, WorkQueue } from './controller.ts'

export const startEphemeralVolume: StartController = context => {
  const { client, informers } = context
  const pods = informers.of('pods')
  const claims = informers.of('persistentvolumeclaims')
  const resource = client.resource('persistentvolumeclaims')
  const queue = new WorkQueue(context, sync)

  pods.handle({
    add(pod) {
      if (hasEphemeralVolume(pod) && !pod.metadata.deletionTimestamp) queue.add(objectKey(pod))
    },
  })
  claims.handle({
    // Made again where it goes before its pod does.
    delete({ metadata: { namespace, ownerReferences = [] } }) {
      const owner = ownerReferences.find(each => each.controller && each.kind === 'Pod')
      if (owner) queue.add(`${namespace}/${owner.name}`)
    },
  })

  function sync(key: string): undefined {
    const pod = pods.get(key)
    if (!pod || pod.metadata.deletionTimestamp) return
    const { namespace = '' } = pod.metadata
    for (const volume of pod.spec.volumes ?? []) {
      const template = volume.ephemeral?.volumeClaimTemplate
      if (!template) continue
      const name = claimNameOf(pod, volume)!
      const existing = claims.find(namespace, name)
      if (existing) {
        const fault = foreignClaim(pod, existing)
        if (fault) throw new SyncError(fault)
        continue
      }
      const { labels, annotations } = template.metadata ?? {}
      resource.create({
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: {
          name,
          namespace,
          ...(labels && { labels }),
          ...(annotations && { annotations }),
          ownerReferences: [newControllerRef({ ...pod, apiVersion: 'v1', kind: 'Pod' })],
        },
        spec: template.spec,
      })
    }
  }
}

const hasEphemeralVolume = (pod: Pod): boolean => (pod.spec.volumes ?? []).some(volume => volume.ephemeral)
