// Where the lab will say how it stands with a step and with an exercise, and in which words (lab/guide.ts,
// lab/exercise-card.ts). Nothing of it is seen before the lab is open: the page itself comes without.
import { fill } from '../../i18n/fill.ts'
import { all, h } from './dom.ts'
import { words } from './words.ts'

export function makePlaces(): void {
  for (const console of all('.console[data-step]')) {
    for (const button of all('[data-step-action="run"]', console)) button.dataset.again = words.runAgain
    console.append(
      h(
        'p',
        { class: 'step-foot' },
        h('span', { class: 'step-status', role: 'status' }),
        h(
          'button',
          { type: 'button', hidden: true, 'data-step-action': 'reset', title: words.stepResetTitle },
          words.stepUndo,
        ),
      ),
    )
  }
  const exercises = all('.exercise')
  for (const [i, exercise] of exercises.entries()) {
    const data = (selector: string) => exercise.querySelector<HTMLElement>(selector)?.dataset ?? {}
    exercise.dataset.kind = exercise.querySelector('.exercise-head strong')?.textContent ?? ''
    exercise.dataset.number = fill(words.exerciseNumber, { n: i + 1, total: exercises.length })
    const state = exercise.querySelector('.exercise-state')
    state?.setAttribute('role', 'status')
    state?.setAttribute('title', words.exerciseSticky)
    Object.assign(data('.exercise-state'), { done: words.exerciseDone, working: words.exerciseWorking })
    Object.assign(data('.goals'), {
      count: words.goalCount,
      held: words.goalHeld,
      met: words.goalMet,
      unmet: words.goalOpen,
    })
    Object.assign(data('.exercise-foot'), { next: words.exerciseNext, leave: words.exerciseLeave })
  }
}
