// The clock of the world, and how fast it goes.
import { clockText } from '../clock-text.ts'
import { h } from '../dom.ts'
import type { Lab, Part } from './part.ts'

const paces = [
  { speed: 0, text: '❚❚', label: '' },
  { speed: 1, text: '1×', label: '1× ' },
  { speed: 10, text: '10×', label: '10× ' },
] as const

/** `back` stands at the row's beginning. */
export function clock({ connection, t }: Lab, back: HTMLElement): Part {
  const names = [t.pacePause, t.paceNormal, t.paceFast]
  const time = h('output', { class: 'clock', 'aria-label': t.clockLabel }, '00:00')
  const buttons = paces.map(({ speed, text, label }, index) =>
    h(
      'button',
      {
        type: 'button',
        title: names[index],
        'aria-label': `${label}${names[index]}`,
        'aria-pressed': 'false',
        onclick: () => connection.send({ type: 'pace', speed }),
      },
      text,
    ),
  )
  const next = h(
    'button',
    {
      type: 'button',
      title: t.paceStep,
      'aria-label': t.paceStep,
      onclick: () => connection.send({ type: 'next-event' }),
    },
    '▸❘',
  )
  connection.on('clock', ({ elapsed, speed }) => {
    time.textContent = clockText(elapsed)
    for (const [index, button] of buttons.entries())
      button.setAttribute('aria-pressed', String(paces[index]?.speed === speed))
  })
  return {
    timeRow: h(
      'div',
      { class: 'lab-time pace', role: 'group', 'aria-label': t.pace },
      back,
      time,
      ...buttons,
      next,
    ),
  }
}
