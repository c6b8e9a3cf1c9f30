import { expect, test } from 'vitest'
import type { AnyObject } from '../object.ts'
import { findVolume } from './volume-matching.ts'

const object = (name: string, spec: object, status = {}) =>
  ({ metadata: { name, namespace: 'default', uid: name }, spec, status }) as unknown as AnyObject
const claim = object('c', { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } })
const volume = (name: string, storage: string, more: object = {}) =>
  object(name, { accessModes: ['ReadWriteOnce'], capacity: { storage }, ...more }, { phase: 'Available' })

test('the smallest that is free; what is kept for the claim, or nothing where that cannot be used', () => {
  const large = volume('large', '2Gi')
  const small = volume('small', '1Gi')
  const kept = volume('kept', '5Gi', { claimRef: { namespace: 'default', name: 'c' } })
  const foreign = volume('foreign', '1Gi', { claimRef: { namespace: 'default', name: 'd' } })
  const found = (volumes: AnyObject[], options = {}) => findVolume(volumes, claim, options)?.metadata.name
  expect(found([large, foreign, small])).toBe('small')
  expect(found([small, kept])).toBe('kept')
  expect(found([large, small], { onlyReserved: true })).toBeUndefined()
  expect(found([large, small], { usable: (each: AnyObject) => each !== small })).toBe('large')
  expect(found([kept, small], { usable: (each: AnyObject) => each !== kept })).toBeUndefined()
})
