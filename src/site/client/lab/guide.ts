// The lesson's commands, one after another: which comes next, and in the text, which have run and printed the same.
import { fill } from '../../../i18n/fill.ts'
import type { Guide } from '../../worker/protocol.ts'
import { all, disable, h, isDisabled } from '../dom.ts'
import { addDone, storyIds } from '../progress.ts'
import type { Lab, Part } from './part.ts'

export type StepAction = 'run' | 'next' | 'back' | 'reset'

export interface GuidePart extends Part {
  /** Takes the last command back; it stands in the row of time. */
  readonly back: HTMLElement
  act(action: StepAction, step?: string): void
}

const instant = () => matchMedia('(prefers-reduced-motion: reduce)').matches

export function guide({ connection, data, t, place, enter }: Lab): GuidePart {
  const command = h('code', { class: 'guide-command' })
  const position = h('span', { class: 'guide-position' })
  const note = h('p', { class: 'guide-note' })
  /** In the world of an exercise: which one it is, and its kind. */
  let world: { readonly number: string; readonly kind: string } | undefined

  const act = (action: StepAction, step?: string): void => {
    const within = step === undefined ? {} : { step }
    if (action === 'back') connection.send({ type: 'back' })
    else if (action === 'reset') connection.send({ type: 'reset', ...within })
    else connection.send({ type: action, instant: instant(), ...within })
  }
  const button = (action: StepAction, text: string, title: string, primary = false) =>
    h(
      'button',
      {
        type: 'button',
        class: primary ? 'primary' : undefined,
        title,
        onclick: (event: Event) => isDisabled(event.currentTarget as HTMLElement) || act(action),
        'data-guide': action,
      },
      text,
    )
  const next = button('next', t.guideNext, t.stepNextTitle, true)
  const back = button('back', t.stepBack, t.stepBackTitle)
  const reset = button('reset', t.stepReset, t.labNewWorld)
  const leave = h(
    'button',
    { type: 'button', hidden: true, 'data-guide': 'leave', onclick: () => enter(undefined) },
    t.exerciseLeave,
  )

  connection.on('place', ({ exercise }) => {
    const element = document.querySelector<HTMLElement>(
      `[data-exercise="${CSS.escape(`${data.lesson}@${exercise}`)}"]`,
    )
    const { number = '', kind = '' } = element?.dataset ?? {}
    world = exercise === undefined ? undefined : { number, kind }
    leave.hidden = !world
    next.hidden = !!world
  })

  connection.on('guide', state => {
    position.textContent = world
      ? world.number
      : fill(t.guidePosition, { n: state.position, total: state.total })
    command.textContent = state.next ? `$ ${state.next.command}` : ''
    command.title = state.next?.command ?? ''
    const over = state.position >= state.total
    note.textContent = world ? world.kind : over ? t.guideEnd : state.diverged ? t.guideDiverged : ''
    note.title = note.textContent ?? ''
    disable(next, state.running || over)
    disable(back, !state.undoable || state.running)
    if (place.exercise === undefined) markSteps(state, t)
    if (over && state.total > 0 && !storyIds()) addDone(data.lesson)
  })
  return {
    act,
    back,
    menu: [reset],
    task: h(
      'section',
      { class: 'guide', 'aria-label': t.guide },
      position,
      h('div', { class: 'guide-words' }, command, note),
      next,
      leave,
    ),
  }
}

function markSteps(state: Guide, t: Lab['t']): void {
  for (const element of all('.console[data-step]')) {
    const from = Number(element.dataset.from)
    const commands = all('.command', element)
    for (const [i, command] of commands.entries()) {
      const index = from + i
      if (index < state.position) command.dataset.state = state.same[index] === false ? 'differs' : 'done'
      else if (state.running && index === state.position) command.dataset.state = 'running'
      else delete command.dataset.state
    }
    const to = from + commands.length
    const differs = state.same.slice(from, to).includes(false)
    const over = state.position >= to
    const text = differs ? t.notAsPrinted : over ? t.asPrinted : ''
    const status = element.querySelector('.step-status')
    if (status && status.textContent !== text) status.textContent = text
    element.toggleAttribute('data-same', over && !differs)
    for (const button of all<HTMLButtonElement>('[data-step-action]', element)) {
      const action = button.dataset.stepAction
      disable(button, state.running)
      if (action === 'reset') button.hidden = state.position <= from || state.running
      else {
        button.dataset.first ??= button.textContent ?? ''
        const words = button.querySelector('span')
        if (words) words.textContent = (over ? button.dataset.again : button.dataset.first) ?? ''
      }
    }
  }
}
