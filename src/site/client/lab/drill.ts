// A drill in its lab: how its goals stand, in the text beside it and in the task row. What is met is a tick, what is being
// measured an arc; what is broken for good says when, and leads back to just before.
import { fill } from '../../../i18n/fill.ts'
import type { FromWorker } from '../../worker/protocol.ts'
import { clockText } from '../clock-text.ts'
import { all, doneIds, h } from '../dom.ts'
import { addDone, addFewest, addTime } from '../progress.ts'
import { type Check, showGoal } from './goals.ts'
import type { Lab } from './part.ts'

type Verdict = Extract<FromWorker, { type: 'exercise' }>

/** So long before the moment at which a goal was broken it still held, ms. */
const justBefore = 1000

/** What stands in the task row, which has no steps here: the drill's name, and how it stands. */
export function drill({ connection, data, t, offer }: Lab): HTMLElement {
  const text = document.querySelector<HTMLElement>(`[data-drill="${CSS.escape(data.lesson)}"]`)
  const find = (selector: string) => text?.querySelector<HTMLElement>(selector) ?? undefined
  const list = find('.drill-goals')
  const state = find('.drill-state')
  const way = find('.drill-way')
  const time = find('[data-drill-time]')
  const commands = find('[data-drill-commands]')
  const again = find('[data-step-action="reset"]')
  const words = list?.dataset ?? {}
  const title = text?.querySelector('h1')?.textContent ?? ''
  const standing = h('p', { class: 'guide-note' })

  /** Solved in this world; its figures do not change any more. */
  let solved = false
  let lostAt: number | undefined
  if (again) again.hidden = false
  close(doneIds().includes(data.lesson))

  find('[data-drill-back]')?.addEventListener('click', () => {
    if (lostAt !== undefined) connection.send({ type: 'look', at: Math.max(0, lostAt - justBefore) })
  })

  let elapsed = 0
  connection.on('clock', clock => {
    elapsed = clock.elapsed
    if (!solved) say(time, clockText(elapsed))
  })
  connection.on('exercise', verdict => {
    const { checks, reached, took = 0, held } = verdict
    solved = reached
    for (const check of checks) show(check)
    lostAt = reached ? undefined : earliest(checks)
    if (way) way.hidden = lostAt === undefined
    say(commands, `${verdict.commands}`)
    const met = checks.filter(each => each.met).length
    say(standing, reached ? (state?.dataset.done ?? '') : `${met} / ${checks.length}`)
    say(state, reached ? (state?.dataset.done ?? '') : holding(held))
    text?.toggleAttribute('data-solved', reached)
    if (!reached) return
    say(time, clockText(took))
    addTime(data.lesson, took)
    addFewest(data.lesson, verdict.commands)
    addDone(data.lesson)
    close(true)
    offer('why')
    find('.drill-after')?.setAttribute('open', '')
  })
  return h(
    'section',
    { class: 'guide', 'aria-label': t.exercise },
    h('div', { class: 'guide-words' }, h('strong', {}, title), standing),
  )

  function show(check: Check): void {
    const goal = all('[data-goal]', list).find(each => each.dataset.goal === check.name)
    if (goal) showGoal(goal, check, words, elapsed)
  }

  function holding(held: Verdict['held']): string {
    if (!held || held[0] === 0) return ''
    return fill(state?.dataset.hold ?? '', { held: Math.floor(held[0] / 1000), of: held[1] / 1000 })
  }
}

/** When the first goal was broken for good. */
function earliest(checks: readonly Check[]): number | undefined {
  const times = checks.flatMap(({ met, forGood, at }) => (!met && forGood && at !== undefined ? at : []))
  return times.length ? Math.min(...times) : undefined
}

/** Until a drill is solved, nothing explains it: what asks for causes is closed (styles/drill.css). */
const close = (solved: boolean): void => {
  document.documentElement.dataset.drillState = solved ? 'solved' : 'open'
}

function say(element: HTMLElement | undefined, text: string): void {
  if (element && element.textContent !== text) element.textContent = text
}
