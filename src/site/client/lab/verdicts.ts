// Exercises in the text that turn done when the world says so.
import type { Lab, Part } from './part.ts'

export function verdicts({ connection }: Lab): Part {
  connection.on('exercise', ({ name, done }) => {
    const element = document.querySelector<HTMLElement>(`[data-exercise="${CSS.escape(name)}"]`)
    const state = element?.querySelector<HTMLElement>('.exercise-state')
    if (!element || !state || element.hasAttribute('data-done') === done) return
    element.toggleAttribute('data-done', done)
    state.textContent = (done ? state.dataset.done : state.dataset.open) ?? ''
  })
  return {}
}
