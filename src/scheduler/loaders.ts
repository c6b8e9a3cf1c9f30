// What the scheduler needs for some pods only.
import { PartTable } from '../engine/parts.ts'

/** Where a pod fits nowhere. */
export const preemptionParts = new PartTable<typeof import('./preemption.ts')>('preemption', {
  FailedScheduling: () => import('./preemption.ts'),
})

/** Where claims are bound only when their pod has a node. */
export const volumeBinderParts = new PartTable<typeof import('./volume-binder.ts')>('volume binder', {
  WaitForFirstConsumer: () => import('./volume-binder.ts'),
})
