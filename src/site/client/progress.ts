// What was done, kept in this browser only: ids of lessons whose steps have all run (`04-deployment/04-roll-back`) and of
// exercises that were reached (`04-deployment/04-roll-back@keep-the-pods`). Nothing takes them away again: neither Reset
// nor a reload, nor another tab, which adds to the same list.
import { all, store } from './dom.ts'

export const progressKey = 'done'

export function doneIds(): string[] {
  try {
    const known: unknown = JSON.parse(store.get(progressKey) ?? '[]')
    return Array.isArray(known) ? known.filter(each => typeof each === 'string') : []
  } catch {
    return [] // a spoilt entry is no progress
  }
}

/** Adds to what was done; other tabs may have added in the meantime. */
export function addDone(...ids: readonly string[]): void {
  const known = doneIds()
  const added = ids.filter(each => !known.includes(each))
  if (added.length) store.set(progressKey, JSON.stringify([...known, ...added]))
  showProgress()
}

/** Marks links to lessons, and the exercises of this page. */
export function showProgress(): void {
  const done = new Set(doneIds())
  for (const link of all('[data-lesson]'))
    link.toggleAttribute('data-done', done.has(link.dataset.lesson ?? ''))
  for (const exercise of all('[data-exercise]')) {
    if (!done.has(exercise.dataset.exercise ?? '')) continue
    exercise.dataset.done = ''
    const state = exercise.querySelector<HTMLElement>('.exercise-state')
    if (state && state.textContent !== state.dataset.done) state.textContent = state.dataset.done ?? ''
  }
}
