// How a goal stands, beside its words: a ring is not yet met, an arc on its way, a tick met, a cross broken for good. What
// is known beside yes or no stands there in numbers, and the course of a number as a line.
import { fill } from '../../../i18n/fill.ts'
import type { FromWorker } from '../../worker/protocol.ts'
import { clockText } from '../clock-text.ts'
import { h } from '../dom.ts'
import type { Course } from './spark.ts'

export type Check = Extract<FromWorker, { type: 'exercise' }>['checks'][number]

/** How far a check has come, 0 to 1; undefined where it does not say. */
function part({ met, score, held }: Check): number | undefined {
  const [n, of] = score ?? held ?? []
  return met || n === undefined || !of ? undefined : n / of
}

/** `18 / 30 s`, `only 2 at 00:14`; `words` are those of the list of goals. */
export function detail({ met, forGood, at, count, score, held }: Check, words: DOMStringMap): string {
  if (met) return ''
  if (at !== undefined) {
    const time = clockText(at)
    if (forGood && words.lost !== undefined)
      return count === undefined ? fill(words.lost, { time }) : fill(words.lostCount ?? '', { time, count })
    if (count !== undefined && words.count !== undefined) return fill(words.count, { time, count })
  }
  if (score) return `${score[0]} / ${score[1]}`
  return held
    ? fill(words.held ?? '{held} / {of} s', { held: Math.floor(held[0] / 1000), of: held[1] / 1000 })
    : ''
}

/** `note`: said beside one that is met; `now`: virtual ms since the start, the right end of a course. */
export function showGoal(goal: HTMLElement, check: Check, words: DOMStringMap, now: number, note = ''): void {
  const share = part(check)
  goal.dataset.state = check.met ? 'met' : check.forGood ? 'lost' : share === undefined ? 'unmet' : 'partly'
  goal.style.setProperty('--part', `${share ?? 0}`)
  const small = goal.querySelector('small')
  if (!small) return
  if (check.course) drawCourse(small, check.course, now)
  const said = check.met ? note : detail(check, words)
  const spoken = (check.met ? words.met : words.unmet) ?? ''
  if (small.dataset.said === `${spoken} ${said}`) return
  small.dataset.said = `${spoken} ${said}`
  small.replaceChildren(h('span', { class: 'visually-hidden' }, `${spoken} `), said)
}

/** Beside the goal, up to now. */
function drawCourse(small: HTMLElement, course: Course, now: number): void {
  import('./spark.ts').then(
    ({ spark }) => {
      small.parentElement?.querySelector('.spark')?.remove()
      small.before(spark(course, now))
    },
    () => {}, // what it shows stands in words, too
  )
}
