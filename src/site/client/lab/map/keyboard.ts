// The map by keyboard: one stop of Tab; arrows go among what can be opened, Home and End to its ends, Enter opens.
export function roam(map: HTMLElement): { hold(): () => void } {
  const items = () => [...map.querySelectorAll<HTMLElement>('[data-item]')].filter(each => each.offsetParent)
  let current: HTMLElement | undefined
  const take = (element: HTMLElement | undefined, focus = true) => {
    if (!element) return
    if (current !== element) current?.setAttribute('tabindex', '-1')
    current = element
    element.setAttribute('tabindex', '0')
    if (focus) element.focus({ preventScroll: false })
  }
  map.addEventListener('focusin', event => {
    const item = (event.target as HTMLElement).closest<HTMLElement>('[data-item]')
    if (item) take(item, false)
  })
  map.addEventListener('keydown', event => {
    const all = items()
    const at = all.indexOf(document.activeElement as HTMLElement)
    if (at === -1) return
    const ways: Readonly<Record<string, () => HTMLElement | undefined>> = {
      ArrowRight: () => all[at + 1],
      ArrowLeft: () => all[at - 1],
      Home: () => all[0],
      End: () => all.at(-1),
      ArrowDown: () => beyond(all, all[at]!, 1),
      ArrowUp: () => beyond(all, all[at]!, -1),
    }
    const next = ways[event.key]?.()
    if (!next) return
    take(next)
    event.preventDefault()
  })
  return {
    /**
     * Before a change; what it gives is called after it: the stop is still there, or what stands for the same thing now, or
     * the first thing; and it has the focus if it had it.
     */
    hold() {
      const focused = map.contains(document.activeElement) && document.activeElement === current
      return () => {
        // Without a question that would lay out the page in the middle of its drawing.
        if (current?.isConnected && !current.closest('[hidden]')) return
        const all = items()
        take(all.find(each => each.dataset.item === current?.dataset.item) ?? all[0], focused)
      }
    },
  }
}

/** What lies next below or above, and nearest beside. */
function beyond(all: readonly HTMLElement[], from: HTMLElement, way: 1 | -1): HTMLElement | undefined {
  const at = from.getBoundingClientRect()
  let best: { element: HTMLElement; far: number } | undefined
  for (const element of all) {
    const box = element.getBoundingClientRect()
    const down = way * (box.top + box.height / 2 - at.top - at.height / 2)
    if (down <= Math.min(at.height, box.height) / 2) continue
    const far = down * 4 + Math.abs(box.left - at.left)
    if (!best || far < best.far) best = { element, far }
  }
  return best?.element
}
