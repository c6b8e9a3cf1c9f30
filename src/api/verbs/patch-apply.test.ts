import { expect, test } from 'vitest'
import { World } from '../../lesson/world.ts'

const configMap = (metadata: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cm${metadata}}\ndata: {a: b}\n`

test('who leaves out the last field of its metadata takes that field back, not the metadata', () => {
  const world = new World({
    seed: 1,
    files: { 'a.yaml': configMap(', labels: {a: b}'), 'b.yaml': configMap('') },
  })
  world.run('kubectl apply --server-side -f a.yaml')
  expect(world.run('kubectl apply --server-side -f b.yaml')).toMatchObject({ stderr: '', exit: 0 })
  expect(world.run('kubectl get cm cm -o jsonpath="{.metadata.name} {.metadata.labels}"').stdout).toBe('cm ')
})
