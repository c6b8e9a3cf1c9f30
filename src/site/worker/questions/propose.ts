// What may stand at the caret of a manifest that is being written.
import { completeIn } from '../../../lesson/writing.ts'
import type { Question } from './question.ts'

export const proposeAt: Question<'propose'> = ({ life }, { id, ...draft }) => ({
  type: 'proposals',
  id,
  completion: completeIn(life.world, draft),
})
