import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { templateHash } from './template-hash.ts'

const folder = new URL('../../tests/reference/timelines/', import.meta.url)

test('gives every recorded template the hash that the real cluster gave it', () => {
  const wrong: string[] = []
  let seen = 0
  for (const file of readdirSync(folder)) {
    for (const line of readFileSync(new URL(file, folder), 'utf8').trim().split('\n')) {
      const { type, kind, object } = JSON.parse(line)
      if (type !== 'ADDED' || kind !== 'ReplicaSet') continue
      const { template } = object.spec
      const { 'pod-template-hash': hash, ...labels } = template.metadata.labels
      seen++
      const computed = templateHash({ ...template, metadata: { ...template.metadata, labels } })
      if (computed !== hash) wrong.push(`${file} ${object.metadata.name}: ${computed}`)
    }
  }
  expect(seen).toBeGreaterThan(5)
  expect(wrong).toEqual([])
})

test('counts a collision into the hash', () => {
  const template = { metadata: { labels: { app: 'h' } }, spec: { containers: [{ name: 'c', image: 'a' }] } }
  expect(templateHash(template, 1)).not.toBe(templateHash(template))
  expect(templateHash(template, 1)).toMatch(/^[bcdfghjklmnpqrstvwxz2456789]{6,10}$/)
})
