import { expect, it } from 'vitest'
import { plain } from './plain.ts'

it('has the words of links, code and terms, and the number of another lesson', () => {
  expect(
    plain(
      'Pushed *yesterday* (<See lesson="2.4" />), [today](/en/x/) with a <Term name="cluster-ip">ClusterIP</Term>,\n`kk get`',
    ),
  ).toBe('Pushed yesterday (2.4), today with a ClusterIP, kk get')
})

it('refuses an element that would leave a gap', () => {
  expect(() => plain('After <From step="x" /> restarts')).toThrow('<From step="x" />')
})
