// The map and its sentence, whose code, words and style come late.
import style from '../../../styles/lab-map.css?url'
import { h, loadStyle } from '../../dom.ts'
import { late } from '../late.ts'
import type { Lab, Part } from '../part.ts'

const parts = () => Promise.all([import('./map.ts'), import('./sentence.ts')])
const words = {
  zh: () => import('../../../../i18n/lab/map.zh.ts'),
  en: () => import('../../../../i18n/lab/map.en.ts'),
}

export function lateMap(lab: Lab): Part {
  const { connection, language } = lab
  const sentence = h('section', { class: 'lab-sentence' })
  const map = h('div', { class: 'map' })
  late(connection, async () => {
    const [[{ clusterMap }, { sentence: spoken }], { mapWords }] = await Promise.all([
      parts(),
      words[language](),
      loadStyle(style),
    ])
    map.replaceWith(clusterMap(lab, mapWords).map!)
    sentence.replaceWith(spoken(lab, mapWords).sentence!)
    connection.open('map')
  })
  return { sentence, map }
}
