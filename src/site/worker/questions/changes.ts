// What changed in one object, between two moments or since the last command: from the versions that the world keeps.
import { findByWord } from '../../../kinds/index.ts'
import { changedLines, shownObject, writesOf } from '../../../lesson/inspect/changes.ts'
import type { Question } from './question.ts'

export const changesOf: Question<'changes'> = ({ history, life }, { object, from, to }) => {
  const [word = '', ...rest] = object.split('/')
  const served = findByWord(word)
  const name = rest.at(-1) ?? ''
  const namespace = served?.kind.namespaced ? (rest.length > 1 ? rest[0] : 'default') : undefined
  const end = to ?? life.elapsed
  const start =
    from ??
    lastCommand(
      history.path().map(each => each.input.type),
      life.starts,
    )
  const empty = {
    type: 'changes',
    object,
    from: start,
    to: end,
    found: false,
    lines: [],
    writes: [],
  } as const
  if (!served) return empty
  const { group, plural } = served.kind
  const resource = group ? `${plural}.${group}` : plural
  const key = namespace === undefined ? name : `${namespace}/${name}`
  const { api } = life.world.cluster
  const version = (at: number) => life.journal.versionAt(resource, key, at, api.stored(resource, key))
  const [before, after] = [version(start), version(end)]
  return {
    ...empty,
    found: before !== undefined || after !== undefined,
    lines: changedLines(before && shownObject(before), after && shownObject(after)),
    writes: writesOf(life.journal.versions(resource, key), start, end),
  }
}

/** When the latest input was performed that was no key; the start where there is none. */
function lastCommand(types: readonly string[], starts: readonly number[]): number {
  const index = types.findLastIndex(each => each !== 'interrupt' && each !== 'end-of-input')
  return starts[index] ?? 0
}
