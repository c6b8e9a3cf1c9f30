// The tab that shows objects one by one. What is in it is loaded when it is first opened.
import style from '../../styles/lab-inspect.css?url'
import { loadStyle } from '../dom.ts'
import type { InspectPane } from './inspect-pane.ts'
import type { Lab, Part } from './part.ts'

export interface InspectPart extends Part {
  /** Opens the card of an object: `deployment/web`. */
  open(object: string): void
}

export function inspect(lab: Lab): InspectPart {
  let pane: Promise<InspectPane> | undefined
  const load = () => {
    pane ??= Promise.all([import('./inspect-pane.ts'), loadStyle(style)]).then(([{ inspectPane }]) =>
      inspectPane(lab),
    )
    pane.catch(() => {
      pane = undefined
    })
    return pane
  }
  return {
    open(object) {
      lab.show('inspect')
      load().then(
        each => each.open(object),
        () => {}, // the tab says so
      )
    },
    tabs: [{ name: 'inspect', title: lab.t.inspect, explains: true, load }],
  }
}
