// The branches of a history: paths from the start to a last deed. One that was only waited on is none; one that begins
// another is the same. Each is named after the first command that no other has, unless the reader names it.
import type { Deed, History } from '../history.ts'
import type { Script } from '../script.ts'
import { deedText, shortText } from './deeds.ts'

export interface Branch {
  /** Its last deed. */
  readonly last: Deed
  /** From the start to its last deed. */
  readonly path: readonly Deed[]
  /** How many of its deeds, from the start, some other branch has too. */
  readonly shared: number
  /** Given by the reader. */
  readonly name: string | undefined
  /** Commands of the lesson, and nothing else. */
  readonly isLesson: boolean
  /** The command that it is named after. */
  readonly after: string
}

/** In the order in which they parted. */
export function branchesOf(history: History, script: Pick<Script, 'commands'>): Branch[] {
  const forks = new Set([undefined, ...history.deeds].filter(each => history.after(each).length > 1))
  const found = history.deeds
    .filter(each => !history.after(each).length)
    .map(last => {
      const path = history.pathTo(last)
      const fork = path.findLastIndex(each => forks.has(each))
      const shared = fork + 1
      const own = path[shared] ?? path.at(-1)!
      const branch = {
        last,
        path,
        shared,
        name: history.names.get(last),
        isLesson: path.every(each => each.input.type === 'next'),
        after: shortText(deedText(own, path, script)),
      }
      return { branch, own }
    })
  return found.sort((a, b) => a.own.id - b.own.id).map(each => each.branch)
}

/** How many deeds two branches have in common, from the start. */
export function commonDeeds(a: readonly Deed[], b: readonly Deed[]): number {
  let count = 0
  while (count < a.length && a[count] === b[count]) count++
  return count
}
