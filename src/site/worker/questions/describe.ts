// What the API says of the field at the caret of a manifest.
import { describeIn } from '../../../lesson/writing.ts'
import type { Question } from './question.ts'

export const describeField: Question<'describe'> = ({ life }, { id, ...draft }) => ({
  type: 'described',
  id,
  about: describeIn(life.world, draft),
})
