import { expect, test } from 'vitest'
import { kinds } from '../../src/kinds/index.ts'
import { root } from '../lib/run.ts'
import { behaviourOf } from './kinds.ts'
import { samples } from './samples.ts'

const good = samples(root)
const found = (name: string) => behaviourOf(kinds.find(kind => kind.kind === name)!, good.get(name))

test('what a kind does is found out by trying it', () => {
  const deployment = found('Deployment')!
  expect(deployment).toMatchObject({
    strict: true,
    defaults: true,
    immutable: true,
    columns: true,
    acts: true,
  })
  expect(deployment.damages.refused).toBeGreaterThan(5)
})

test('the answers can be no', () => {
  expect(found('ConfigMap')).toMatchObject({ strict: true, defaults: false, immutable: false, acts: false })
  expect(found('ServiceAccount')).toMatchObject({ columns: false })
  expect(found('Binding')).toBeUndefined()
})
