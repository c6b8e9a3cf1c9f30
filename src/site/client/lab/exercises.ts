// Exercises: the card in the task row, and how they stand in the text. What draws them is loaded when the world of one is
// first entered; until then nobody needs it.
import { h } from '../dom.ts'
import type { Lab, Part } from './part.ts'

export function exercises(lab: Lab): Part {
  const { connection } = lab
  const card = h('section', { class: 'exercise-card', hidden: true })
  let loaded = false
  const load = async () => {
    if (loaded) return
    loaded = true
    const { exerciseCard } = await import('./exercise-card.ts')
    await exerciseCard(lab, card)
    connection.open('exercises')
  }
  const enter = (exercise: string | undefined) => {
    if (exercise === undefined) return
    load().catch(() => {
      loaded = false // the next world of an exercise tries again
    })
  }
  connection.on('place', ({ exercise }) => enter(exercise))
  return { bar: card }
}
