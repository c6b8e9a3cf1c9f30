// A word of the glossary told in place: the word, the other language's, one line, and the way to its entry, from where it is
// taken. Loaded when the first one is pressed.
import style from '../styles/term.css?url'
import { h, loadStyle } from './dom.ts'

let shown: HTMLElement | undefined
const styled = loadStyle(style)
const glossaries = new Map<string, Promise<Document>>()

function glossary(url: string): Promise<Document> {
  const known = glossaries.get(url)
  if (known) return known
  const fetched = fetch(url)
    .then(answer => (answer.ok ? answer.text() : Promise.reject(new Error(`${answer.status} ${url}`))))
    .then(text => new DOMParser().parseFromString(text, 'text/html'))
  glossaries.set(url, fetched)
  return fetched
}

export async function toggleTerm(term: HTMLAnchorElement): Promise<void> {
  const again = shown?.dataset.of === term.href
  shown?.remove()
  shown = undefined
  if (again) return
  const { hash, pathname } = term
  const entry = await glossary(pathname).then(
    page => page.getElementById(hash.slice(1)),
    () => null,
  )
  await styled
  if (!entry) {
    location.href = term.href
    return
  }
  const box = h(
    'div',
    { class: 'term-pop', popover: 'auto', 'data-of': term.href },
    h('b', {}, term.textContent),
    h('span', {}, entry.querySelector('dt small')?.textContent ?? ''),
    h('p', {}, entry.querySelector('dd > span')?.textContent ?? ''),
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
