// All objects of the cluster as a list, the card of the one that is open, and what happened lately. Loaded when it is first
// opened.
import { h } from '../dom.ts'
import { DetailsCard } from './details.ts'
import { EventList } from './events.ts'
import { ObjectList } from './objects.ts'
import type { Lab, Pane } from './part.ts'

export interface InspectPane extends Pane {
  /** Opens the card of an object: `deployment/web`. */
  open(object: string): void
}

export function inspectPane(lab: Lab): InspectPane {
  const { t } = lab
  const card = new DetailsCard(lab, lab.type)
  const open = (object: string) => {
    element.scrollTop = 0
    card.open(object)
  }
  const element = h(
    'div',
    { class: 'inspect', tabindex: '0', role: 'region', 'aria-label': t.inspect },
    card.element,
    new ObjectList(lab, open).element,
    h('h3', {}, t.clusterEvents),
    new EventList(lab).element,
  )
  lab.connection.open('inspect')
  return { open, element, focus: () => element.focus({ preventScroll: true }) }
}
