// What was done, kept in this browser only: ids of lessons whose steps have all run (`04-deployment/04-roll-back`), of
// exercises that were reached (`04-deployment/04-roll-back@keep-the-pods`), and of drills (`drills/01-image-tag`). Nothing
// takes them away again: neither Reset nor a reload, nor another tab, which adds to the same list.
import { clockText } from './clock-text.ts'
import { all, doneIds, progressKey, store } from './dom.ts'

/** Id of the lesson that was opened last. */
export const lastKey = 'last'

/** Adds to what was done; other tabs may have added in the meantime. */
export function addDone(...ids: readonly string[]): void {
  const known = doneIds()
  const added = ids.filter(each => !known.includes(each))
  if (added.length) store.set(progressKey, JSON.stringify([...known, ...added]))
  showProgress()
}

const timesKey = 'times'

/** The numbers that are kept under a name, by id. */
function numbers(key: string): Record<string, number> {
  try {
    const known: unknown = JSON.parse(store.get(key) ?? '{}')
    return Object.fromEntries(Object.entries(known ?? {}).filter(([, n]) => typeof n === 'number'))
  } catch {
    return {} // a spoilt entry is no number
  }
}

/** The best times of timed exercises and of drills in this browser: virtual ms by id. */
export const bestTimes = (): Record<string, number> => numbers(timesKey)

/** An exercise was reached in so many virtual ms; a worse time changes nothing. */
export function addTime(id: string, ms: number): void {
  const known = bestTimes()
  if (ms < (known[id] ?? Number.POSITIVE_INFINITY))
    store.set(timesKey, JSON.stringify({ ...known, [id]: ms }))
  showProgress()
}

const fewestKey = 'commands'

/** With how few commands drills were solved in this browser, by id. */
export const fewestCommands = (): Record<string, number> => numbers(fewestKey)

/** A drill was solved with so many commands; more than before change nothing. */
export function addFewest(id: string, commands: number): void {
  const known = fewestCommands()
  if (commands < (known[id] ?? Number.POSITIVE_INFINITY))
    store.set(fewestKey, JSON.stringify({ ...known, [id]: commands }))
  showProgress()
}

/** On the page of a story, which is done when its exercises are: their ids. */
export const storyIds = (): string[] | undefined =>
  document.querySelector('[data-story]')
    ? all('[data-exercise]').map(each => each.dataset.exercise ?? '')
    : undefined

/** Marks lessons and exercises of this page, counts those of its chapters, and says where to go on. */
export function showProgress(): void {
  const done = new Set(doneIds())
  const last = store.get(lastKey)
  for (const each of all('[data-lesson]')) {
    each.toggleAttribute('data-done', done.has(each.dataset.lesson ?? ''))
    each.toggleAttribute('data-here', each.dataset.lesson === last)
  }
  for (const exercise of all('[data-exercise]')) {
    if (!done.has(exercise.dataset.exercise ?? '')) continue
    exercise.dataset.done = ''
    const state = exercise.querySelector<HTMLElement>('.exercise-state')
    if (state && state.textContent !== state.dataset.done) state.textContent = state.dataset.done ?? ''
  }
  const times = bestTimes()
  for (const each of all('.exercise-time')) {
    const best = times[each.closest<HTMLElement>('[data-exercise]')?.dataset.exercise ?? '']
    const { best: text = '', mark = '' } = each.dataset
    if (best !== undefined) each.textContent = text.replace('{time}', clockText(best)).replace('{mark}', mark)
  }
  const fewest = fewestCommands()
  for (const each of all('[data-best]')) {
    const id = each.dataset.best ?? ''
    if (times[id] === undefined || fewest[id] === undefined) continue
    each.textContent = (each.dataset.text ?? '')
      .replace('{time}', clockText(times[id]))
      .replace('{n}', `${fewest[id]}`)
  }
  for (const count of all('[data-progress]')) {
    const ids = (count.dataset.progress ?? '').split(' ')
    const n = ids.filter(id => done.has(id)).length
    if (n)
      count.textContent = (count.dataset.text ?? '').replace('{done}', `${n}`).replace('{n}', `${ids.length}`)
  }
  showWay(done, last)
}

/** Where to go on: at the lesson that was open last, or at the next one that is not done. */
function showWay(done: ReadonlySet<string>, last: string | null): void {
  const way = document.querySelector<HTMLAnchorElement>('[data-continue]')
  if (!way) return
  const lessons = all('main [data-lesson]')
  const isDone = ({ dataset }: HTMLElement) => done.has(dataset.lesson ?? '')
  const at = lessons.findIndex(each => each.dataset.lesson === last)
  if (at < 0 && !lessons.some(isDone)) return // nothing begun: it says where to begin
  const next =
    lessons.slice(Math.max(0, at)).find(each => !isDone(each)) ?? lessons.find(each => !isDone(each))
  if (!next) return
  const { base, language } = document.documentElement.dataset
  way.href = `${base}${language}/${next.dataset.lesson}/`
  way.textContent = (way.dataset.continue ?? '').replace('{name}', () => next.dataset.name ?? '')
}
