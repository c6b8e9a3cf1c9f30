// Rules of pods that few requests meet.
import { PartTable } from '../../engine/parts.ts'

export const podUpdateParts = new PartTable<typeof import('./update.ts')>('rules for changes of pods', {
  'pod-update': () => import('./update.ts'),
})
