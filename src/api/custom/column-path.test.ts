import { expect, test } from 'vitest'
import { firstAt } from './column-path.ts'

const object = {
  metadata: { annotations: { 'a.b/c': 'x' } },
  spec: { names: ['one', 'two'], empty: [] },
  status: {
    conditions: [
      { type: 'Ready', status: 'False' },
      { type: 'Synced', status: 'True', n: 1 },
    ],
    addresses: [{ value: '10.0.0.1' }, { value: '10.0.0.2' }],
  },
}

test.each([
  ['.spec.names', ['one', 'two']],
  ['.spec.names[1]', 'two'],
  ['.status.conditions[?(@.type=="Synced")].status', 'True'],
  ["status.conditions[?(@.type=='Ready')].status", 'False'],
  ['.status.conditions[?(@.n==1)].type', 'Synced'],
  ['.status.addresses[*].value', '10.0.0.1'],
  ['.metadata.annotations.a\\.b\\/c', 'x'],
  ["['metadata']['annotations']['a.b/c']", 'x'],
  ['.status.conditions[?(@.type=="Other")].status', undefined],
  ['.spec.empty[*].x', undefined],
  ['.spec.nothing.at.all', undefined],
  ['.spec.names[?(@ > 1)]', undefined],
])('%s', (path, value) => {
  expect(firstAt(object, path)).toEqual(value)
})
