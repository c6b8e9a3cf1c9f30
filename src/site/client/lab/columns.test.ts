import { expect, test } from 'vitest'
import { pieces } from '../../lib/output-words.ts'
import { isRow, secondColumn, splitAt } from './columns.ts'

const at = (line: string) => secondColumn(pieces(line))

test('a heading says where the second column begins', () => {
  expect(at('NAME    READY   STATUS    RESTARTS   AGE')).toBe(8)
  expect(at('NAMESPACE     NAME                READY')).toBe(14)
  expect(at('LAST SEEN   TYPE     REASON')).toBe(12)
  expect(at('deployment.apps/web created')).toBeUndefined()
  expect(at('Error from server (NotFound): pods "a" not found')).toBeUndefined()
})

test('a row has its second cell there; what is no row of the table has not', () => {
  expect(isRow('web-1   1/1     Running   0          5s', 8)).toBe(true)
  expect(isRow('', 8)).toBe(false)
  expect(isRow('deployment.apps/web created', 8)).toBe(false)
  expect(isRow('        1/1', 8)).toBe(false)
})

test('a line is cut there, and keeps its words and colours', () => {
  const line = 'web-1   1/1     Running   0'
  const [before, after] = splitAt(pieces(line), 8)
  expect(before).toEqual([{ text: 'web-1   ' }])
  expect(after[1]).toEqual({ text: 'Running', tone: 'good' })
  expect([...before, ...after].map(each => each.text).join('')).toBe(line)
  expect(splitAt([{ text: 'NAME    READY', tone: 'head' }], 8)).toEqual([
    [{ text: 'NAME    ', tone: 'head' }],
    [{ text: 'READY', tone: 'head' }],
  ])
})
