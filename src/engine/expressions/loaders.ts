// Where expressions stand for those that are always there and seldom want one, and the engine for expressions stands that JavaScript's own could take too long for.
import { PartTable } from '../parts.ts'
import type { ReadExpression } from './expression.ts'
import type { MakeLinear } from './linear.ts'

export const expressionParts = new PartTable<ReadExpression>('regular expressions', {
  expression: () => import('./expression.ts').then(each => each.expression),
})

export const linearParts = new PartTable<MakeLinear>('matching in linear time', {
  re2: () => import('./linear.ts').then(each => each.linear),
})
