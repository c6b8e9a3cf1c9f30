// Stretches of time as a caller says them.

import { WorldError } from './error.ts'
import type { Duration } from './types.ts'

const units: Readonly<Record<keyof Duration, number>> = {
  hours: 3_600_000,
  minutes: 60_000,
  seconds: 1000,
  milliseconds: 1,
}
const isUnit = (name: string): name is keyof Duration => Object.hasOwn(units, name)

/** In ms; throws a WorldError where it is none. */
export function milliseconds(duration: Duration): number {
  if (typeof duration !== 'object' || duration === null)
    throw new WorldError(`A duration is { seconds: 5 }, not ${JSON.stringify(duration)}`)
  let sum = 0
  for (const [name, value] of Object.entries(duration)) {
    if (!isUnit(name)) throw new WorldError(`A duration has ${Object.keys(units).join(', ')}, but no ${name}`)
    if (value === undefined) continue
    if (!Number.isFinite(value) || value < 0) throw new WorldError(`${value} ${name} cannot pass`)
    sum += value * units[name]
  }
  return sum
}
