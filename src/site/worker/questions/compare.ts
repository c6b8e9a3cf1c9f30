// The branch that one is on beside another one, where that was left.
import { Replay } from '../../../lesson/replay.ts'
import { compareWorlds } from '../../../lesson/time/compare.ts'
import type { Question } from './question.ts'

export const compareBranches: Question<'compare'> = ({ history, script, present }, { branch }) => {
  const last = history.deeds[branch - 1]
  if (!last) return { type: 'compared', branch, onlyFirst: [], onlySecond: [], differing: [], same: 0 }
  const other = new Replay(script).finish(history.pathTo(last), history.ends.get(last) ?? 0)
  return { type: 'compared', branch, ...compareWorlds(present.world, other.world) }
}
