// A word of the glossary told in place: the word, the other language's, one line, and the way to its entry.
import { h } from './dom.ts'

let shown: HTMLElement | undefined

export function toggleTerm(event: MouseEvent): void {
  const term = event.currentTarget as HTMLAnchorElement
  if (event.ctrlKey || event.metaKey || event.shiftKey || !term.dataset.line) return
  event.preventDefault()
  const again = shown?.dataset.of === term.href
  shown?.remove()
  shown = undefined
  if (again) return
  const box = h(
    'div',
    { class: 'term-pop', popover: 'auto', 'data-of': term.href },
    h('b', {}, term.textContent),
    h('span', {}, term.dataset.term ?? ''),
    h('p', {}, term.dataset.line.replaceAll('`', '')),
    h('a', { href: term.href }, '→'),
  )
  term.after(box)
  shown = box
  box.showPopover()
  const { left, bottom, top } = term.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = box
  box.style.left = `${Math.max(16, Math.min(innerWidth - width - 16, left))}px`
  box.style.top = `${bottom + height + 16 > innerHeight ? top - height - 8 : bottom + 8}px`
  box.addEventListener('toggle', ({ newState }) => {
    if (newState !== 'closed') return
    box.remove()
    if (shown === box) shown = undefined
  })
  addEventListener('scroll', () => box.isConnected && box.hidePopover(), { once: true, passive: true })
}
