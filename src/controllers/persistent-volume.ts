// Binds persistent volume claims to volumes and follows what becomes of both, and holds claims and volumes that are in
// use back from deletion. Rules: pkg/controller/volume/{persistentvolume,pvcprotection,pvprotection}.
// Provisioning is left out (there is no provisioner in the cluster); of reclaim policies Retain is carried out, Delete
// for hostPath volumes as the plugin does, and Recycle fails as it does without a recycler.

import { type Informers, objectKey } from '../api/informer.ts'
import {
  findVolume,
  isVolumeFor,
  storageClassOf,
  volumeFits,
  volumeMismatch,
} from '../kinds/machinery/volume-matching.ts'
import type { KubeObject } from '../kinds/object.ts'
import { claimReference } from '../kinds/persistentvolumeclaim.ts'
import { claimNameOf } from '../kinds/pod-spec/claim-name.ts'
import type {
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  Volume as PodVolume,
} from '../kinds/schema/types.ts'
import { recorderFor, type StartController, WorkQueue } from './controller.ts'
import { ignoreNotFound } from './endpoints.ts'
import { isFinished } from './pods.ts'

const bindCompleted = 'pv.kubernetes.io/bind-completed'
const boundByController = 'pv.kubernetes.io/bound-by-controller'
const selectedNode = 'volume.kubernetes.io/selected-node'
const pvcProtection = 'kubernetes.io/pvc-protection'
const pvProtection = 'kubernetes.io/pv-protection'
/** --pvclaimbinder-sync-period. */
const resyncMs = 15_000
/**
 * The four writes of a binding take their time: pods that use the claim are refused by the scheduler once before. From a
 * claim to its last write 49 and 99 ms are recorded (timelines/statefulset-volumes), in four steps.
 */
const bindMs = 25

type Claim = PersistentVolumeClaim
type Volume = PersistentVolume

const claimUid = (volume: Volume): string | undefined => volume.spec.claimRef?.uid

export const startPersistentVolume: StartController = context => {
  const { client, informers, engine } = context
  const claims = informers.of('persistentvolumeclaims')
  const volumes = informers.of('persistentvolumes')
  const classes = informers.of('storageclasses.storage.k8s.io')
  const claimClient = client.resource<Claim>('persistentvolumeclaims')
  const volumeClient = client.resource<Volume>('persistentvolumes')
  const recorder = recorderFor(context, 'persistentvolume-controller')
  const claimQueue = new WorkQueue(context, syncClaim, { latency: bindMs })
  const volumeQueue = new WorkQueue(context, syncVolume)
  const addClaim = (claim: Claim) => claimQueue.add(objectKey(claim))
  const addVolume = (volume: Volume) => volumeQueue.add(volume.metadata.name)
  claims.handle({
    add: addClaim,
    update: (_old, claim) => addClaim(claim),
    delete: claim => claim.spec.volumeName && volumeQueue.add(claim.spec.volumeName),
  })
  volumes.handle({
    add: addVolume,
    update: (_old, volume) => addVolume(volume),
    delete(volume) {
      const { claimRef } = volume.spec
      if (claimRef) claimQueue.add(`${claimRef.namespace}/${claimRef.name}`)
    },
  })
  // Claims that wait are looked at again and again, as in the real one.
  const resync = () => {
    engine.after(resyncMs, resync, { background: true })
    for (const claim of claims.all()) if (claim.status?.phase === 'Pending') addClaim(claim)
  }
  // At the times of a controller that has run since the world began.
  engine.after(resyncMs - ((engine.now - engine.epoch) % resyncMs), resync, { background: true })

  function syncClaim(key: string): undefined {
    const claim = claims.get(key)
    if (!claim) return
    if (claim.metadata.annotations?.[bindCompleted]) syncBoundClaim(claim)
    else if (!claim.metadata.deletionTimestamp) syncUnboundClaim(claim)
  }

  function syncUnboundClaim(claim: Claim): void {
    const { volumeName } = claim.spec
    if (!volumeName) {
      const volume = findMatch(claim)
      if (volume) bind(volume, claim)
      else {
        report(claim)
        setPhase(claim, 'Pending')
      }
      return
    }
    const volume = volumes.get(volumeName)
    const ref = volume?.spec.claimRef
    if (!volume) setPhase(claim, 'Pending')
    else if (!ref || isVolumeFor(volume, claim)) {
      if (!volumeFits(volume, claim, true)) {
        recorder.event(
          claim,
          'Warning',
          'VolumeMismatch',
          `Cannot bind to requested volume "${volumeName}": ${volumeMismatch(volume, claim)}`,
        )
        setPhase(claim, 'Pending')
      } else bind(volume, claim)
    } else setPhase(claim, 'Pending')
  }

  /** Why nothing was found for a claim. */
  function report(claim: Claim): void {
    const className = storageClassOf(claim)
    if (waitsForPod(claim)) {
      const names = waitingPods(claim)
      const [reason, message] =
        names.length === 0
          ? ['WaitForFirstConsumer', 'waiting for first consumer to be created before binding']
          : [
              'WaitForPodScheduled',
              `waiting for ${names.length > 1 ? 'pods' : 'pod'} ${names.join()} to be scheduled`,
            ]
      recorder.event(claim, 'Normal', reason!, message!)
    } else if (!className) {
      const message = 'no persistent volumes available for this claim and no storage class is set'
      recorder.event(claim, 'Normal', 'FailedBinding', message)
    } else if (!classes.get(className)) {
      const message = `storageclass.storage.k8s.io "${className}" not found`
      recorder.event(claim, 'Warning', 'ProvisioningFailed', message)
    } else if (classes.get(className)!.provisioner !== 'kubernetes.io/no-provisioner') {
      const { provisioner } = classes.get(className)!
      const message = `Waiting for a volume to be created either by the external provisioner '${provisioner}' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.`
      recorder.event(claim, 'Normal', 'ExternalProvisioning', message)
    }
  }

  /** The pods of a claim that have no node yet. */
  const waitingPods = (claim: Claim): string[] => {
    const pods = podsByClaim(informers)
    const waiting = [...pods.eachByIndex('claim', objectKey(claim))].filter(pod => !pod.spec.nodeName)
    return waiting.map(pod => pod.metadata.name)
  }

  function syncBoundClaim(claim: Claim): void {
    const name = claim.spec.volumeName
    const volume = name ? volumes.get(name) : undefined
    if (!volume || !isVolumeFor(volume, claim)) {
      if (claim.status?.phase === 'Lost') return
      const [reason, message] = volume
        ? ['ClaimMisbound', 'Two claims are bound to the same volume, this one is bound incorrectly']
        : ['ClaimLost', 'Bound claim has lost its PersistentVolume. Data on the volume is lost!']
      recorder.event(claim, 'Warning', reason!, message!)
      setPhase(claim, 'Lost')
    } else bind(volume, claim)
  }

  const waitsForPod = (claim: Claim): boolean =>
    classes.get(storageClassOf(claim))?.volumeBindingMode === 'WaitForFirstConsumer' &&
    !claim.metadata.annotations?.[selectedNode]

  const findMatch = (claim: Claim): Volume | undefined =>
    findVolume(volumes.all(), claim, { onlyReserved: waitsForPod(claim) }) as Volume | undefined

  /** Four writes, as in the real one: the volume, its phase, the claim, its status. */
  function bind(found: Volume, wanted: Claim): void {
    let volume = found
    let claim = wanted
    const { uid } = claim.metadata
    const byController = { [boundByController]: 'yes' }
    if (claimUid(volume) !== uid) {
      const own = volume.spec.claimRef ? {} : byController
      const claimRef = claimReference(claim)
      volume = volumeClient.update(annotated({ ...volume, spec: { ...volume.spec, claimRef } }, own))
    }
    volume = setVolumePhase(volume, 'Bound')
    const annotations = claim.metadata.annotations ?? {}
    if (!annotations[bindCompleted] || claim.spec.volumeName !== volume.metadata.name) {
      const own = claim.spec.volumeName ? {} : byController
      const spec = { ...claim.spec, volumeName: volume.metadata.name }
      claim = claimClient.update(annotated({ ...claim, spec }, { [bindCompleted]: 'yes', ...own }))
    }
    setPhase(claim, 'Bound', volume)
  }

  const annotated = <T extends Claim | Volume>(object: T, more: Record<string, string>): T => ({
    ...object,
    metadata: { ...object.metadata, annotations: { ...object.metadata.annotations, ...more } },
  })

  function setPhase(claim: Claim, phase: string, volume?: Volume): void {
    const before = claim.status ?? {}
    if (before.phase === phase && (!volume || before.capacity)) return
    const { accessModes, capacity: storage } = volume?.spec ?? {}
    const status = volume ? { ...before, phase, accessModes, capacity: storage } : { ...before, phase }
    if (!volume && phase === 'Pending' && before.phase === 'Pending') return
    claimClient.updateStatus({ ...claim, status })
  }

  function setVolumePhase(volume: Volume, phase: string, message?: string): Volume {
    const before = volume.status ?? {}
    if (before.phase === phase && (before.message ?? '') === (message ?? '')) return volume
    const { message: _, ...others } = before
    const status = {
      ...others,
      phase,
      ...(message && { message }),
      lastPhaseTransitionTime: engine.timestamp,
    }
    return volumeClient.updateStatus({ ...volume, status })
  }

  function syncVolume(name: string): undefined {
    const volume = volumes.get(name)
    if (!volume) return
    const ref = volume.spec.claimRef
    if (!ref?.uid) {
      setVolumePhase(volume, 'Available')
      if (!ref) for (const claim of claims.all()) if (claim.status?.phase === 'Pending') addClaim(claim)
      return
    }
    const claim = claimClient.find(ref.namespace!, ref.name!)
    if (claim && claim.metadata.uid === ref.uid) {
      if (!claim.spec.volumeName) addClaim(claim)
      else if (claim.spec.volumeName === name) setVolumePhase(volume, 'Bound')
      return
    }
    const phase = volume.status?.phase
    const released = phase === 'Released' || phase === 'Failed' ? volume : setVolumePhase(volume, 'Released')
    reclaim(released)
  }

  function reclaim(volume: Volume): void {
    const policy = volume.spec.persistentVolumeReclaimPolicy
    const { name } = volume.metadata
    if (policy === 'Delete' && volume.status?.phase !== 'Failed') {
      const { path } = volume.spec.hostPath ?? {}
      if (path && !/^\/tmp\/.+/.test(path)) {
        const message = `host_path deleter only supports /tmp/.+ but received provided ${path}`
        setVolumePhase(volume, 'Failed', message)
        recorder.event(volume, 'Warning', 'VolumeFailedDelete', message)
      } else if (path) ignoreNotFound(() => volumeClient.delete('', name))
    }
  }
}

/** Pods, found by the claims that they use. */
function podsByClaim(informers: Informers) {
  const pods = informers.of('pods')
  pods.addIndex('claim', pod => {
    const { namespace } = pod.metadata
    const used = (pod.spec.volumes ?? []).map((v: PodVolume) => claimNameOf(pod, v))
    return used.flatMap((name: string | undefined) => (name ? `${namespace}/${name}` : []))
  })
  return pods
}

export const startVolumeProtection: StartController = context => {
  const { client, informers } = context
  const claims = informers.of('persistentvolumeclaims')
  const volumes = informers.of('persistentvolumes')
  const pods = podsByClaim(informers)
  const claimQueue = new WorkQueue(context, key => {
    const claim = claims.get(key)
    if (!claim?.metadata.deletionTimestamp) return undefined
    for (const pod of pods.eachByIndex('claim', key))
      if (pod.spec.nodeName && !isFinished(pod)) return undefined
    dropFinalizer('persistentvolumeclaims', claim, pvcProtection)
    return undefined
  })
  const volumeQueue = new WorkQueue(context, name => {
    const volume = volumes.get(name)
    if (volume?.metadata.deletionTimestamp && volume.status?.phase !== 'Bound') {
      dropFinalizer('persistentvolumes', volume, pvProtection)
    }
    return undefined
  })
  const addClaim = (claim: Claim) => claim.metadata.deletionTimestamp && claimQueue.add(objectKey(claim))
  const addVolume = (volume: Volume) =>
    volume.metadata.deletionTimestamp && volumeQueue.add(volume.metadata.name)
  claims.handle({ add: addClaim, update: (_old, claim) => addClaim(claim) })
  volumes.handle({ add: addVolume, update: (_old, volume) => addVolume(volume) })
  const released = (pod: Pod) => {
    for (const volume of pod.spec.volumes ?? []) {
      const name = claimNameOf(pod, volume)
      if (name) claimQueue.add(`${pod.metadata.namespace}/${name}`)
    }
  }
  pods.handle({ update: (_old, pod) => isFinished(pod) && released(pod), delete: released })

  function dropFinalizer(resource: string, object: KubeObject, finalizer: string): void {
    const finalizers = (object.metadata.finalizers ?? []).filter(f => f !== finalizer)
    if (finalizers.length === (object.metadata.finalizers?.length ?? 0)) return
    ignoreNotFound(() =>
      client.resource(resource).update({ ...object, metadata: { ...object.metadata, finalizers } }),
    )
  }
}
