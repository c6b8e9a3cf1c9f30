// Where the evaluator of CEL stands: it is loaded when the first policy or rule is met.
import { PartTable } from '../../engine/parts.ts'
import type { Cel } from './cel.ts'

export const celParts = new PartTable<Cel>('CEL', {
  evaluator: () => import('./evaluator.ts').then(each => each.evaluator),
})
