// The row of time: back, pause, the clock, the line, how fast, on to the next event. While one looks at what was, one line
// says so, and leads back to the present. The line comes late.
import { fill } from '../../../../i18n/fill.ts'
import { clockText } from '../../clock-text.ts'
import { h } from '../../dom.ts'
import { icon } from '../../icon.ts'
import { late } from '../late.ts'
import type { Lab, Part } from '../part.ts'
import type { Clock, Track } from './track.ts'

const speeds = [1, 10, 60] as const
/** Where there is room for one speed only, it is a button that goes round. */
const tight = matchMedia('(width < 80rem)')

/** `back` stands at the row's beginning. */
export function timeRow(lab: Lab, back: HTMLElement): Part {
  const { connection, t } = lab
  const names = [t.paceNormal, t.paceFast, t.paceFastest]
  let speed = 1
  /** The speed to which one goes on. */
  let chosen = 1

  // One look at a time: while the worker is on its way, only the latest wish counts.
  let underWay = false
  let wanted: { at: number | undefined } | undefined
  const look = (at: number | undefined): void => {
    if (underWay) wanted = { at }
    else {
      underWay = true
      connection.send(at === undefined ? { type: 'look' } : { type: 'look', at })
    }
  }

  back.prepend(icon('back'))
  const time = h('output', { class: 'clock', 'aria-label': t.clockLabel }, '00:00')
  const pause = h('button', {
    type: 'button',
    class: 'bare time-pause',
    onclick: () => connection.send({ type: 'pace', speed: speed === 0 ? chosen : 0 }),
  })
  const buttons = speeds.map((each, index) =>
    h(
      'button',
      {
        type: 'button',
        title: names[index],
        'aria-label': `${each}× ${names[index]}`,
        'aria-pressed': 'false',
        onclick: () => {
          const next = tight.matches && chosen === each ? speeds[(index + 1) % speeds.length]! : each
          connection.send({ type: 'pace', speed: next })
          if (tight.matches) buttons[speeds.indexOf(next)]?.focus()
        },
      },
      `${each}×`,
    ),
  )
  const next = h(
    'button',
    {
      type: 'button',
      class: 'time-next',
      title: t.paceStepTitle,
      'aria-label': t.paceStep,
      onclick: () => connection.send({ type: 'next-event' }),
    },
    h('span', {}, t.paceStep),
    icon('next'),
  )
  /** On a phone the row is folded away: the clock in the task row opens it. */
  const fold = h('button', {
    type: 'button',
    class: 'bare time-fold',
    'aria-label': t.pace,
    'aria-expanded': 'false',
    onclick: () => {
      const open = fold.closest('.lab')?.toggleAttribute('data-time') ?? false
      fold.setAttribute('aria-expanded', String(open))
    },
  })
  const where = h('b')
  const present = h('button', { type: 'button', class: 'past-back', onclick: () => look(undefined) })
  const bar = h('div', { class: 'past', hidden: true }, h('p', {}, where, ` ${t.pastBranch}`), present)
  const place = h('div', { class: 'track' })
  let clock: Clock | undefined
  let track: Track | undefined
  late(connection, async () => {
    const { Track } = await import('./track.ts')
    track = new Track(lab, look, clock)
    place.replaceWith(track.element)
    connection.open('time')
  })

  connection.on('ready', () => {
    underWay = false
    wanted = undefined
  })
  connection.on('clock', state => {
    clock = state
    underWay = false
    const wish = wanted
    wanted = undefined
    if (wish) look(wish.at)
    const isPast = state.present !== undefined
    speed = state.speed
    if (speed > 0) chosen = speed
    const text = clockText(state.elapsed)
    time.textContent = text
    fold.textContent = text
    fold.setAttribute('aria-label', `${text} ${t.pace}`)
    for (const each of [time, fold]) each.classList.toggle('then', isPast)
    for (const [index, button] of buttons.entries())
      button.setAttribute('aria-pressed', String(speeds[index] === chosen))
    const words = speed > 0 ? t.pacePause : isPast ? t.paceFromHere : t.paceGo
    if (pause.title !== words) {
      pause.title = words
      pause.setAttribute('aria-label', words)
      pause.replaceChildren(icon(speed > 0 ? 'pause' : 'play'))
    }
    if (isPast) {
      bar.hidden = false
      where.textContent = fill(t.pastLine, { time: text })
      present.textContent = fill(t.pastBack, { time: clockText(state.present ?? 0) })
    } else if (!bar.hidden) {
      // Who pressed the button stays in the row.
      if (bar.contains(document.activeElement)) track?.focus()
      bar.hidden = true
    }
    const panel = bar.closest<HTMLElement>('.lab')
    panel?.toggleAttribute('data-past', isPast)
    panel?.style.setProperty('--past', isPast ? `"${text} "` : '""')
  })
  return {
    tool: fold,
    bar,
    timeRow: h(
      'div',
      { class: 'lab-time', role: 'group', 'aria-label': t.pace },
      back,
      pause,
      time,
      place,
      h('div', { class: 'pace', role: 'group', 'aria-label': t.paceSpeed }, ...buttons),
      next,
    ),
  }
}
