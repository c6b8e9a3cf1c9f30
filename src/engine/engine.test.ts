import { expect, test } from 'vitest'
import { Engine } from './engine.ts'

test('an event that throws is told, and stops no other', () => {
  const errors: unknown[] = []
  const engine = new Engine({ seed: 1, epoch: 0, onError: error => errors.push((error as Error).message) })
  let ran = 0
  engine.after(1, () => {
    throw new Error('broken')
  })
  engine.after(1, () => ran++)
  engine.advance(2)
  expect({ errors, ran, now: engine.now }).toEqual({ errors: ['broken'], ran: 1, now: 2 })
})

test('events that cause each other without end are told, and time goes on', () => {
  const errors: unknown[] = []
  const engine = new Engine({ seed: 1, epoch: 0, onError: error => errors.push((error as Error).message) })
  const again = (): void => void engine.after(0, again)
  again()
  engine.advance(1)
  expect({ errors, now: engine.now }).toEqual({ errors: ['events without end at one time'], now: 1 })
})
