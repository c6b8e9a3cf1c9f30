// What was saved on an earlier visit is taken up, as far as it belongs to the world that there is now.
import { differences, type History } from '../../lesson/history.ts'
import { HistoryError, readHeader, readHistory } from '../../lesson/history-text.ts'
import type { Script } from '../../lesson/script.ts'
import type { FromWorker } from './protocol.ts'

type SetAside = Extract<FromWorker, { type: 'set-aside' }>

/** The history of a stored text; where it does not belong here or cannot be read, what the page is told of it. */
export function takeUp(saved: string, { header, files }: Script, otherVersion: boolean): History | SetAside {
  const aside = (reason: SetAside['reason']): SetAside => ({ type: 'set-aside', reason, history: saved })
  try {
    const differs = differences(readHeader(saved), header)
    const only = differs.length === 1 && differs[0] === 'version'
    if (differs.length && !(only && otherVersion))
      return aside(only ? 'version' : differs.includes('lesson') ? 'lesson' : 'changed')
    const history = readHistory(saved, files)
    history.header = header
    return history
  } catch (error) {
    if (error instanceof HistoryError) return aside('spoilt')
    throw error
  }
}

/** Leaves out what hung: the latest deed that had not ended. Answers what the page is told of it. */
export function skipRunning(history: History): FromWorker | undefined {
  const deed = history.path().findLast(each => !each.ended)
  if (!deed) return undefined
  history.without(deed)
  const { input } = deed
  return { type: 'skipped', command: 'text' in input && input.text !== undefined ? input.text : input.type }
}
