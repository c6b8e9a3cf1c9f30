// The table of fields that act and of those without effect is whole, the code that it names heeds them, and each is played.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fieldReasons } from '../src/i18n/field-reasons.ts'
import { fieldEffects, fieldRoots, withoutEffect } from '../src/kinds/field-effects.ts'
import { type StructType, structType, type ValueType } from '../src/kinds/schema.ts'
import { claimScenes } from './fields/claims.ts'
import { ephemeralScenes } from './fields/ephemeral.ts'
import { networkScenes } from './fields/network.ts'
import { partSamples } from './fields/parts.ts'
import { placementScenes } from './fields/placement.ts'
import { podScenes } from './fields/pod-scenes.ts'
import { idleSamples, podSamples } from './fields/pods.ts'
import { workloadScenes } from './fields/workload-scenes.ts'
import { workloadSamples } from './fields/workloads.ts'

/** What is played, by the name in the table. */
const played: readonly { readonly field: string }[] = [
  ...podSamples,
  ...partSamples,
  ...workloadSamples,
  ...workloadScenes,
  ...networkScenes,
  ...placementScenes,
  ...podScenes,
  ...claimScenes,
  ...ephemeralScenes,
]

const elsewhere = ['ObjectMeta', 'PersistentVolumeClaimStatus']

/** Every struct that the roots hold, by its name. */
function reachable(): Map<string, StructType> {
  const found = new Map<string, StructType>()
  const visit = (type: ValueType): void => {
    if (type.form === 'list') visit(type.items)
    else if (type.form === 'map') visit(type.values)
    else if (type.form === 'struct' && !found.has(type.name) && !elsewhere.includes(type.name)) {
      found.set(type.name, type)
      for (const field of type.fields) visit(field.type)
    }
  }
  for (const root of fieldRoots) visit(structType(root)!)
  return found
}

test('every field of the schema is in the table once', () => {
  const listed = [...fieldEffects()].map(({ type, field }) => `${type}.${field}`)
  const expected: string[] = []
  for (const [name, type] of reachable())
    if (listed.includes(`${name}.*`)) expected.push(`${name}.*`)
    else for (const field of type.fields) expected.push(`${name}.${field.name}`)
  expect(listed.toSorted()).toEqual(expected.toSorted())
})

test('the code that the table names reads the field', () => {
  const silent: string[] = []
  for (const { type, field, file } of fieldEffects()) {
    if (!file) continue
    const text = readFileSync(join(import.meta.dirname, '../src', file), 'utf8')
    if (!new RegExp(`\\b${field}\\b`).test(text)) silent.push(`${file} does not name ${type}.${field}`)
  }
  expect(silent).toEqual([])
})

test('every field that acts is played, and nothing is played as acting that is said not to', () => {
  const rows = [...fieldEffects()].map(({ type, field, file }) => ({
    name: `${type}.${field}`,
    acts: !!file,
  }))
  const acting = rows.filter(({ acts }) => acts).map(({ name }) => name)
  expect([...new Set(played.map(({ field }) => field))].toSorted()).toEqual(acting.toSorted())
  const idle = rows.filter(({ acts }) => !acts).map(({ name }) => name)
  expect(idleSamples.map(({ field }) => field).filter(name => !idle.includes(name))).toEqual([])
})

test('every reason is there in Chinese, and none that nobody gives', () => {
  expect(Object.keys(fieldReasons).toSorted()).toEqual([...withoutEffect().keys()].toSorted())
})

test('the fields without effect are few', () => {
  const without = [...fieldEffects()].filter(({ why, field }) => why && field !== '*')
  expect(without.length / [...fieldEffects()].length).toBeLessThan(0.06)
})
