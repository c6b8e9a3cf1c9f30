// The cluster: its objects, the card of the one that is open, and what happened lately.
import { h } from '../dom.ts'
import { DetailsCard } from './details.ts'
import { EventList } from './events.ts'
import { ObjectList } from './objects.ts'
import type { Lab, Part, Tab } from './part.ts'

export interface ClusterPart extends Part {
  readonly tabs: readonly Tab[]
  /** Opens the card of an object: `deployment/web`. */
  open(object: string): void
}

export function cluster(lab: Lab, type: (command: string) => void): ClusterPart {
  const { t } = lab
  const card = new DetailsCard(lab, type)
  const open = (object: string) => {
    element.scrollTop = 0
    card.open(object)
  }
  const element = h(
    'div',
    { class: 'cluster', tabindex: '0', role: 'region', 'aria-label': t.cluster },
    card.element,
    new ObjectList(lab, open).element,
    h('h3', {}, t.clusterEvents),
    new EventList(lab).element,
  )
  return {
    open,
    tabs: [
      { name: 'cluster', title: t.cluster, element, focus: () => element.focus({ preventScroll: true }) },
    ],
  }
}
