// Exercises in the text, goal by goal, as their world judges them; what was reached stays so. Beside one that is timed
// runs the clock of its world.
import { fill } from '../../../i18n/fill.ts'
import type { FromWorker } from '../../worker/protocol.ts'
import { clockText } from '../clock-text.ts'
import { doneIds, h } from '../dom.ts'
import { addDone, addTime, storyIds } from '../progress.ts'
import type { Lab, Part } from './part.ts'

type Result = Extract<FromWorker, { type: 'exercise' }>['checks'][number]

/** What is known beside yes or no: `00:14 时只有 2`, `18 / 30 s`. */
function detail({ met, count, at, held }: Result, words: DOMStringMap): string {
  if (met) return ''
  if (count !== undefined && at !== undefined) return fill(words.count ?? '', { count, time: clockText(at) })
  if (!held || held[0] === 0) return ''
  const [ms, of] = held
  return fill(words.held ?? '', { held: Math.floor(ms / 1000), of: of / 1000 })
}

export function verdicts({ connection, data }: Lab): Part {
  /** Where the clock of this world runs: the exercise is timed, and not reached yet. */
  let time: HTMLElement | undefined

  connection.on('place', () => {
    time = undefined
  })
  connection.on('clock', ({ elapsed }) => {
    if (!time) return
    const { clock = '', mark = '' } = time.dataset
    const text = fill(clock, { time: clockText(elapsed), mark })
    if (time.textContent !== text) time.textContent = text
  })
  connection.on('exercise', ({ name, checks, reached, took }) => {
    const id = `${data.lesson}@${name}`
    const element = document.querySelector<HTMLElement>(`[data-exercise="${CSS.escape(id)}"]`)
    const timed = element?.querySelector<HTMLElement>('.exercise-time') ?? undefined
    time = reached ? undefined : timed
    if (timed && took !== undefined) addTime(id, took)
    const state = element?.querySelector<HTMLElement>('.exercise-state')
    if (!element || !state) return
    const list = element.querySelector<HTMLElement>('.goals')
    for (const check of checks) {
      const goal = list?.querySelector<HTMLElement>(`[data-goal="${CSS.escape(check.name)}"]`)
      if (!list || !goal) continue
      goal.dataset.state = check.met ? 'met' : 'unmet'
      const said = detail(check, list.dataset)
      goal.querySelector('small')?.remove()
      const spoken = (check.met ? list.dataset.met : list.dataset.unmet) ?? ''
      goal.append(h('small', {}, h('span', { class: 'visually-hidden' }, `${spoken} `), said))
    }
    if (reached) {
      addDone(id)
      const done = doneIds()
      if (storyIds()?.every(each => done.includes(each))) addDone(data.lesson)
    } else if (!element.hasAttribute('data-done')) {
      const n = checks.filter(each => each.met).length
      const text = fill(state.dataset.working ?? '', { n, total: checks.length })
      if (state.textContent !== text) state.textContent = text
      element.dataset.working = ''
    }
  })
  return {}
}
