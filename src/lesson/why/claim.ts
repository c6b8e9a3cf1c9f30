// S12: a claim that is not bound.

import type { WhyPhrase } from '../../i18n/why.en.ts'
import { compareQuantities } from '../../kinds/machinery/quantity.ts'
import { isVolumeFor, storageClassOf, volumeMismatch } from '../../kinds/machinery/volume-matching.ts'
import type { PersistentVolume, PersistentVolumeClaim } from '../../kinds/schema/types.ts'
import { describe } from './facts.ts'
import { type Found, symptomOf } from './symptom.ts'

export const claim = symptomOf('PersistentVolumeClaim', {
  name: 'claim',
  has: ({ status, metadata }) => status.phase === 'Pending' && !metadata.deletionTimestamp,
  questions: [
    {
      number: 78,
      ask(each, view): Found | undefined {
        const name = storageClassOf(each)
        const volumes = view.list('persistentvolumes').filter(volume => storageClassOf(volume) === name)
        // The smallest one that is large enough comes first: it is what the reader had in mind.
        const [near] = [...volumes].sort((a, b) => distance(a, each) - distance(b, each))
        if (!near || (name === '' && !each.spec.volumeName)) return undefined
        const misfit = misfitOf(near, each)
        if (!misfit) return undefined
        const { reason, want, have, path } = misfit
        return {
          values: { pv: near.metadata.name, reason: { text: reason }, want, have },
          shown: 'kubectl get pv',
          about: [near],
          field: { object: each, path },
        }
      },
    },
    {
      number: 75,
      ask(each, view): Found | undefined {
        const name = storageClassOf(each)
        if (name === '' || view.find('storageclasses', undefined, name)) return undefined
        if (view.list('persistentvolumes').some(volume => storageClassOf(volume) === name)) return undefined
        const [other] = view.list('persistentvolumes').filter(volume => volume.status?.phase === 'Available')
        return {
          text: other ? '75' : '75b',
          values: {
            class: name,
            pv: other?.metadata.name ?? '',
            other: other ? storageClassOf(other) : '',
          },
          shown: 'kubectl get sc,pv',
          ...(other && { about: [other] }),
          field: { object: each, path: 'spec.storageClassName' },
          missing: `storageclass/${name}`,
        }
      },
    },
    {
      number: 76,
      ask(each, view) {
        if (storageClassOf(each) !== '' || !view.event(each, 'FailedBinding', /no storage class is set/))
          return undefined
        return { shown: 'kubectl get pv', field: { object: each, path: 'spec.storageClassName' } }
      },
    },
    {
      number: 77,
      quiet: true,
      ask(each, view) {
        if (!view.event(each, 'WaitForFirstConsumer')) return undefined
        return { values: { claim: each.metadata.name }, shown: `${describe(each)}` }
      },
    },
  ],
})

interface Misfit {
  readonly reason: WhyPhrase
  readonly want: string
  readonly have: string
  /** The field of the claim that asks for too much. */
  readonly path: string
}

function misfitOf(volume: PersistentVolume, claim: PersistentVolumeClaim): Misfit | undefined {
  const ref = volume.spec.claimRef
  if (ref && !isVolumeFor(volume, claim))
    return { reason: 'taken', want: claim.metadata.name, have: `${ref.namespace}/${ref.name}`, path: 'spec' }
  switch (volumeMismatch(volume, claim)) {
    case 'requested PV is too small':
      return {
        reason: 'tooSmall',
        want: claim.spec.resources.requests?.storage ?? '',
        have: volume.spec.capacity?.storage ?? '',
        path: 'spec.resources.requests.storage',
      }
    case 'incompatible accessMode':
      return {
        reason: 'otherMode',
        want: (claim.spec.accessModes ?? []).join('+'),
        have: (volume.spec.accessModes ?? []).join('+'),
        path: 'spec.accessModes',
      }
    case 'incompatible volumeMode':
      return {
        reason: 'otherVolumeMode',
        want: claim.spec.volumeMode ?? 'Filesystem',
        have: volume.spec.volumeMode ?? 'Filesystem',
        path: 'spec.volumeMode',
      }
    default:
      return undefined
  }
}

/** How many ways a volume misses a claim. */
function distance(volume: PersistentVolume, { spec }: PersistentVolumeClaim): number {
  const small =
    compareQuantities(volume.spec.capacity?.storage ?? '0', spec.resources?.requests?.storage ?? '0') < 0
  return (small ? 1 : 0) + (volume.spec.claimRef ? 2 : 0)
}
