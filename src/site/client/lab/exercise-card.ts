// The exercise whose world is open, below the task row: what is asked, its goals as the world judges them, hints one at a
// time and after them the answer; once it is done, the next one. The text beside it says the same. What was reached stays so;
// beside one that is timed runs the clock of its world.
import { fill } from '../../../i18n/fill.ts'
import style from '../../styles/lab/exercise.css?url'
import type { FromWorker } from '../../worker/protocol.ts'
import { clockText } from '../clock-text.ts'
import { all, doneIds, h, loadStyle } from '../dom.ts'
import { addDone, addTime, storyIds } from '../progress.ts'
import { detail, showGoal } from './goals.ts'
import type { Lab } from './part.ts'

type Verdict = Extract<FromWorker, { type: 'exercise' }>

/** Words with their code, without links and ids: those are the text's. */
const plain = (node: Node | undefined): (Node | string)[] =>
  [...(node?.childNodes ?? [])].map(each =>
    each.nodeName === 'CODE' ? h('code', {}, each.textContent ?? '') : (each.textContent ?? ''),
  )

export async function exerciseCard(
  { connection, data, place, enter }: Lab,
  card: HTMLElement,
): Promise<void> {
  await loadStyle(style)
  const task = h('p', { class: 'exercise-card-task' })
  const goals = h('ul', { class: 'exercise-card-goals' })
  const help = h('div', { class: 'exercise-card-help', hidden: true })
  const hint = h('button', { type: 'button', 'data-card': 'hint', onclick: () => more() })
  const next = h('button', {
    type: 'button',
    class: 'primary',
    'data-card': 'next',
    hidden: true,
    onclick: () => go(),
  })
  card.replaceChildren(h('div', { class: 'exercise-card-head' }, task, hint, next), goals, help)

  const inText = (name: string | undefined) =>
    document.querySelector<HTMLElement>(`[data-exercise="${CSS.escape(`${data.lesson}@${name}`)}"]`) ??
    undefined
  /** That of this world. */
  let text: HTMLElement | undefined
  let shown: string | undefined
  /** How many hints have been given, the answer being the last one. */
  let given = 0
  let elapsed = 0
  /** Goals that were seen unmet in this world, and when they were met; of others nobody knows when. */
  const met = new Map<string, number | undefined>()
  /** Where the clock of this world runs: the exercise is timed, and not reached yet. */
  let time: HTMLElement | undefined

  begin()
  connection.on('place', begin)
  connection.on('ready', () => met.clear())
  connection.on('clock', clock => {
    elapsed = clock.elapsed
    if (!time) return
    const { clock: words = '', mark = '' } = time.dataset
    say(time, fill(words, { time: clockText(elapsed), mark }))
  })
  connection.on('exercise', verdict => {
    const element = inText(verdict.name)
    if (!element) return
    tell(element, verdict)
    if (verdict.name === place.exercise) draw(verdict)
  })

  /** Another world has come. */
  function begin(): void {
    time = undefined
    met.clear()
    text = place.exercise === undefined ? undefined : inText(place.exercise)
    card.hidden = !text
    if (!text || shown === place.exercise) return
    shown = place.exercise
    given = 0
    card.setAttribute('aria-label', text.getAttribute('aria-label') ?? '')
    delete card.dataset.done
    const first = text.querySelector('.exercise-text p') ?? text.querySelector('.exercise-text')
    task.replaceChildren(...plain(first ?? undefined))
    task.title = task.textContent ?? ''
    goals.replaceChildren(
      ...all('.goals li', text).map(each =>
        h(
          'li',
          { 'data-goal': each.dataset.goal },
          h('i', { 'aria-hidden': 'true' }),
          h('span', {}, ...plain(each.querySelector('span') ?? undefined)),
          h('small'),
        ),
      ),
    )
    next.hidden = true
    offer()
  }

  // ---- hints, the answer, the next one

  function offer(): void {
    const hints = text ? all('.hint', text) : []
    const source = text && (hints[given] ?? text.querySelector('.solution'))
    hint.hidden = given > hints.length || !source
    const words = source?.querySelector('summary')?.textContent ?? ''
    hint.textContent = given < hints.length ? `${words} ${given + 1} / ${hints.length}` : words
    help.hidden = given === 0
  }

  function more(): void {
    const hints = text ? all('.hint', text) : []
    const source = text && (hints[given] ?? text.querySelector<HTMLElement>('.solution'))
    if (!source) return
    source.setAttribute('open', '')
    const answer = source.querySelector('pre')
    help.replaceChildren(
      answer
        ? h('pre', { tabindex: '0' }, answer.textContent ?? '')
        : h('p', {}, ...plain(source.querySelector('div > p') ?? source.querySelector('div') ?? undefined)),
    )
    given++
    offer()
    // What had the keyboard is gone: what it has brought takes it.
    if (hint.hidden) help.querySelector('pre')?.focus({ preventScroll: true })
  }

  /** The first one below this one that is not done; else the first of all. */
  function following(): HTMLElement | undefined {
    const done = doneIds()
    const open = all('[data-exercise]').filter(
      each => each !== text && !done.includes(each.dataset.exercise ?? ''),
    )
    return (
      open.find(each => text && text.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING) ??
      open[0]
    )
  }

  function go(): void {
    const to = following()
    to?.scrollIntoView({ block: 'start' })
    if (to) to.querySelector<HTMLElement>('[data-exercise-start]')?.click()
    else enter(undefined)
  }

  // ---- how it stands

  function draw({ checks, reached, took }: Verdict): void {
    const words = text?.querySelector<HTMLElement>('.goals')?.dataset ?? {}
    for (const check of checks) {
      const { name } = check
      const goal = all('[data-goal]', goals).find(each => each.dataset.goal === name)
      if (!check.met) met.set(name, undefined)
      else if (met.has(name)) met.set(name, met.get(name) ?? elapsed)
      const at = met.get(name)
      if (goal) showGoal(goal, check, words, elapsed, at === undefined ? '' : clockText(at))
    }
    if (!reached || card.dataset.done !== undefined) return
    card.dataset.done = ''
    const { next: nextWords = '', leave = '' } =
      text?.querySelector<HTMLElement>('.exercise-foot')?.dataset ?? {}
    const done = text?.querySelector<HTMLElement>('.exercise-state')?.dataset.done ?? ''
    task.replaceChildren(h('strong', {}, done), took === undefined ? '' : ` ${clockText(took)}`)
    next.textContent = following() ? nextWords : leave
    next.hidden = false
  }

  /** … in the text. */
  function tell(element: HTMLElement, { name, checks, reached, took }: Verdict): void {
    const id = `${data.lesson}@${name}`
    const timed = element.querySelector<HTMLElement>('.exercise-time') ?? undefined
    time = reached ? undefined : timed
    if (timed && took !== undefined) addTime(id, took)
    const list = element.querySelector<HTMLElement>('.goals')
    for (const check of checks) {
      const goal = list?.querySelector<HTMLElement>(`[data-goal="${CSS.escape(check.name)}"]`)
      if (!list || !goal) continue
      goal.dataset.state = check.met ? 'met' : 'unmet'
      goal.querySelector('small')?.remove()
      const spoken = (check.met ? list.dataset.met : list.dataset.unmet) ?? ''
      const said = check.held?.[0] === 0 ? '' : detail(check, list.dataset)
      goal.append(h('small', {}, h('span', { class: 'visually-hidden' }, `${spoken} `), said))
    }
    const state = element.querySelector<HTMLElement>('.exercise-state') ?? undefined
    if (reached) {
      addDone(id)
      const done = doneIds()
      if (storyIds()?.every(each => done.includes(each))) addDone(data.lesson)
    } else if (!element.hasAttribute('data-done')) {
      const n = checks.filter(each => each.met).length
      say(state, fill(state?.dataset.working ?? '', { n, total: checks.length }))
      element.dataset.working = ''
    }
  }
}

function say(element: HTMLElement | undefined, text: string): void {
  if (element && element.textContent !== text) element.textContent = text
}
