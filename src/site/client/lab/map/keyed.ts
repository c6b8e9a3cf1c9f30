// Elements that stay while what they show stays: made once for each key, changed only where their signature has changed,
// moved only where their order has.
export class Keyed<Item> {
  readonly #known = new Map<string, { element: HTMLElement; signature: string }>()
  readonly #parent: Element
  readonly #make: (item: Item) => HTMLElement
  readonly #update: (element: HTMLElement, item: Item) => void

  constructor(
    parent: Element,
    make: (item: Item) => HTMLElement,
    update: (element: HTMLElement, item: Item) => void,
  ) {
    this.#parent = parent
    this.#make = make
    this.#update = update
  }

  draw(items: readonly Item[], key: (item: Item) => string, signature: (item: Item) => string): void {
    // What is gone goes first: else all that comes after it would be moved before it.
    const keys = new Set(items.map(key))
    for (const [id, { element }] of this.#known)
      if (!keys.has(id)) {
        this.#known.delete(id)
        element.remove()
      }
    let before: Element | null = this.#parent.firstElementChild
    for (const item of items) {
      const id = key(item)
      const text = signature(item)
      let known = this.#known.get(id)
      if (!known) {
        known = { element: this.#make(item), signature: '' }
        this.#known.set(id, known)
      }
      if (known.signature !== text) {
        known.signature = text
        this.#update(known.element, item)
      }
      if (before === known.element) before = before.nextElementSibling
      else this.#parent.insertBefore(known.element, before)
    }
  }

  get(id: string): HTMLElement | undefined {
    return this.#known.get(id)?.element
  }
}
