// What the scheduler needs where a pod fits nowhere.
import { PartTable } from '../engine/parts.ts'

export const preemptionParts = new PartTable<typeof import('./preemption.ts')>('preemption', {
  FailedScheduling: () => import('./preemption.ts'),
})
