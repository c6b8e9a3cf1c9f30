// Where the engine for expressions stands that JavaScript's own could take too long for.
import { PartTable } from '../parts.ts'
import type { MakeLinear } from './linear.ts'

export const linearParts = new PartTable<MakeLinear>('matching in linear time', {
  re2: () => import('./linear.ts').then(each => each.linear),
})
