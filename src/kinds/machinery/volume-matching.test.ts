import { expect, test } from 'vitest'
import type { ObjectReference, PersistentVolume, PersistentVolumeClaim } from '../schema/types.ts'
import { findVolume } from './volume-matching.ts'

const named = <Kind extends string>(name: string, kind: Kind) => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, namespace: 'default', uid: name },
})
const claim: PersistentVolumeClaim = {
  ...named('c', 'PersistentVolumeClaim'),
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  status: {},
}
const volume = (name: string, storage: string, claimRef?: ObjectReference): PersistentVolume => ({
  ...named(name, 'PersistentVolume'),
  spec: { accessModes: ['ReadWriteOnce'], capacity: { storage }, ...(claimRef && { claimRef }) },
  status: { phase: 'Available' },
})

test('the smallest that is free; what is kept for the claim, or nothing where that cannot be used', () => {
  const large = volume('large', '2Gi')
  const small = volume('small', '1Gi')
  const kept = volume('kept', '5Gi', { namespace: 'default', name: 'c' })
  const foreign = volume('foreign', '1Gi', { namespace: 'default', name: 'd' })
  const found = (volumes: PersistentVolume[], options = {}) =>
    findVolume(volumes, claim, options)?.metadata.name
  expect(found([large, foreign, small])).toBe('small')
  expect(found([small, kept])).toBe('kept')
  expect(found([large, small], { onlyReserved: true })).toBeUndefined()
  expect(found([large, small], { usable: (each: PersistentVolume) => each !== small })).toBe('large')
  expect(found([kept, small], { usable: (each: PersistentVolume) => each !== kept })).toBeUndefined()
})
