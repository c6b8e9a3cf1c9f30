// What the tab of faults is told: what can be broken, each choice a fault that a command would name alike, and since when.
import { expect, test } from 'vitest'
import { Page } from '../../../../tests/worker-page.ts'
import { faultText, faultTypes } from '../../../lesson/faults/kinds.ts'
import type { FromWorker } from '../protocol.ts'
import { faultChoices } from './fault-choices.ts'

type FaultChoices = Extract<FromWorker, { type: 'fault-choices' }>

test('every kind with what is there; a choice does what the command does', () => {
  const page = new Page()
  page.session.handle({ type: 'next', instant: true })
  for (let i = 0; i < 100; i++) page.session.tick(200)
  const { kinds } = faultChoices(page.session, { type: 'fault-choices' }, 'en') as FaultChoices
  expect(kinds.map(each => each.type)).toEqual([...faultTypes])
  const of = (type: string) => kinds.find(each => each.type === type)!.choices
  expect(of('node-lost').map(each => each.text)).toEqual(['k8s-master', 'k8s-node1'])
  expect(of('memory-leak')[0]!.fault).toEqual({ type: 'memory-leak', pod: of('memory-leak')[0]!.text })
  expect(of('memory-leak').at(-1)!.fault).toMatchObject({ namespace: 'kube-system' })
  expect(of('etcd-down')).toEqual([{ text: '', fault: { type: 'etcd-down' } }])
  for (const { type, choices } of kinds)
    for (const { text, fault } of choices)
      expect(faultText(fault)).toBe([type, text].filter(Boolean).join(' '))
})

test('what is broken is told with its moment, also where it was typed; Back takes the command back', () => {
  const page = new Page()
  page.session.handle({ type: 'input', terminal: 1, text: 'fault node-lost k8s-node1' })
  const { faults, since } = page.last('faults')
  expect(faults).toEqual([{ type: 'node-lost', node: 'k8s-node1' }])
  expect(since[0]!.text).toBe('node-lost k8s-node1')
  expect(since[0]!.at).toBeLessThanOrEqual(page.session.life.elapsed)
  page.session.handle({ type: 'back' })
  expect(page.last('faults').faults).toEqual([])
})
