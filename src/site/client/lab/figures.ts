// Live figures: what carries `data-object` in a drawing shows an object of the cluster, once there has been one; before
// that, and without the lab, the drawing is as it was drawn. `pod/web-*-*` stands for any pod of that name (a star for one
// part between dashes): several elements with the same pattern are slots, and an object keeps its slot while it lives.
import type { ObjectRow } from '../../worker/protocol.ts'
import { all } from '../dom.ts'
import type { Lab, Part } from './part.ts'

interface Text {
  readonly element: SVGTextElement
  readonly field: 'name' | 'state' | 'note'
  /** As drawn. */
  readonly rest: string
}

interface Slot {
  readonly element: Element
  readonly texts: readonly Text[]
  uid?: string | undefined
}

/** The slots of one pattern in one drawing. */
interface Group {
  readonly figure: HTMLElement
  readonly pattern: RegExp
  readonly slots: readonly Slot[]
}

/** `deployment/web`, `pod/shop/web-*-*` → what matches it, as `kind/namespace/name`. */
export function objectPattern(object: string): RegExp {
  const [kind = '', ...rest] = object.split('/')
  const [namespace, name = ''] = rest.length > 1 ? rest : [undefined, rest[0]]
  const part = (text: string) =>
    text.replace(/[.*+?^${}()|[\]\\]/g, each => (each === '*' ? '[^-]+' : `\\${each}`))
  return new RegExp(
    `^${part(kind)}/${namespace === undefined ? '(?:default)?' : part(namespace)}/${part(name)}$`,
  )
}

const pathOf = ({ kind, namespace, name }: ObjectRow): string => `${kind.toLowerCase()}/${namespace}/${name}`

function groupsOf(figure: HTMLElement): Group[] {
  const groups: Group[] = []
  for (const svg of figure.querySelectorAll('svg')) {
    const byPattern = Map.groupBy(svg.querySelectorAll('[data-object]'), each =>
      each.getAttribute('data-object'),
    )
    for (const [pattern, elements] of byPattern)
      groups.push({
        figure,
        pattern: objectPattern(pattern ?? ''),
        slots: elements.map(element => ({
          element,
          texts: [...element.querySelectorAll<SVGTextElement>('[data-field]')].map(text => ({
            element: text,
            field: text.dataset.field as Text['field'],
            rest: text.textContent,
          })),
        })),
      })
  }
  return groups
}

/** A text that fits its box: of a name the end is kept, of anything else the beginning. */
function write({ element, field }: Text, text: string): void {
  if (element.dataset.text === text) return
  element.dataset.text = text
  element.textContent = text
  const box = element.parentElement?.querySelector('rect')
  const room = box ? box.width.baseVal.value - 14 : 0
  for (let n = text.length - 1; n > 3 && room && element.getComputedTextLength() > room; n--)
    element.textContent = field === 'name' ? `…${text.slice(-n)}` : `${text.slice(0, n)}…`
}

export function figures({ connection }: Lab): Part {
  const drawings = all('.figure').filter(each => each.querySelector('[data-object]'))
  const groups = drawings.flatMap(groupsOf)
  if (groups.length === 0) return {}
  const objects = new Map<string, ObjectRow>()

  const rest = (): void => {
    for (const figure of drawings) delete figure.dataset.live
    for (const { element, texts } of groups.flatMap(each => each.slots)) {
      element.removeAttribute('data-tone')
      for (const text of texts) write(text, text.rest)
    }
  }
  const draw = (): void => {
    for (const { figure, pattern, slots } of groups) {
      const found = [...objects.values()].filter(each => pattern.test(pathOf(each)))
      for (const slot of slots) if (!found.some(each => each.uid === slot.uid)) slot.uid = undefined
      for (const { uid } of found) {
        if (slots.some(each => each.uid === uid)) continue
        const free = slots.find(each => each.uid === undefined)
        if (free) free.uid = uid
      }
      if (found.length) figure.dataset.live = ''
    }
    for (const { figure, slots } of groups) {
      if (figure.dataset.live === undefined) continue
      for (const { element, texts, uid } of slots) {
        const row = uid === undefined ? undefined : objects.get(uid)
        element.setAttribute('data-tone', row?.tone ?? 'gone')
        for (const text of texts) write(text, row?.[text.field] ?? '')
      }
    }
  }

  let waiting = false
  connection.on('objects', ({ reset, changed, deleted }) => {
    if (reset) {
      objects.clear()
      rest()
    }
    for (const row of changed) objects.set(row.uid, row)
    for (const uid of deleted) objects.delete(uid)
    if (waiting) return
    waiting = true
    requestAnimationFrame(() => {
      waiting = false
      draw()
    })
  })
  return {}
}
