// The broken worlds of the chains of causes, by the symptoms that they begin with.
import type { Case } from './case.ts'
import { container } from './cases/container.ts'
import { creation } from './cases/creation.ts'
import { leaving } from './cases/leaving.ts'
import { network } from './cases/network.ts'
import { refused } from './cases/refused.ts'
import { running } from './cases/running.ts'
import { scheduling } from './cases/scheduling.ts'
import { storage } from './cases/storage.ts'
import { workload } from './cases/workload.ts'

export const cases: readonly Case[] = [
  ...scheduling,
  ...creation,
  ...container,
  ...running,
  ...network,
  ...workload,
  ...storage,
  ...leaving,
  ...refused,
]

/** Chains without a world of their own, and why. */
export const leftOut: Readonly<Record<number, string>> = {
  63: 'is the first link of others (5, 23, 43 …)',
  64: 'is the first link of others (14 to 18)',
}
