// The map and its sentence come a moment later than the lab: what they are made of is loaded once the first command has
// printed something, or when nothing has for a while. Their places are there from the start, so that nothing moves.
import style from '../../../styles/lab-map.css?url'
import { h, loadStyle } from '../../dom.ts'
import type { Lab, Part } from '../part.ts'

/** Real ms after which a lab in which nothing is run gets its map. */
const patienceMs = 400

const parts = () => Promise.all([import('./map.ts'), import('./sentence.ts')])
const words = {
  zh: () => import('../../../../i18n/lab/map.zh.ts'),
  en: () => import('../../../../i18n/lab/map.en.ts'),
}

export function lateMap(lab: Lab): Part {
  const { connection, language } = lab
  const sentence = h('section', { class: 'lab-sentence' })
  const map = h('div', { class: 'map' })
  let asked = false
  const load = async () => {
    if (asked) return
    asked = true
    const [[{ clusterMap }, { sentence: spoken }], { mapWords }] = await Promise.all([
      parts(),
      words[language](),
      loadStyle(style),
    ])
    map.replaceWith(clusterMap(lab, mapWords).map!)
    sentence.replaceWith(spoken(lab, mapWords).sentence!)
    connection.open('map')
  }
  const tryToLoad = () => {
    load().catch(() => {
      asked = false // the next output asks again
    })
  }
  connection.on('output', tryToLoad)
  connection.on('ready', () => setTimeout(tryToLoad, patienceMs))
  return { sentence, map }
}
