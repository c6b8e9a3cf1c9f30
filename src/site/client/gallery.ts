// The gallery's filter, which lives in the address; a file named there is opened. What is opened gets its colours.
import { colourYaml } from './yaml-colours.ts'

const form = document.querySelector<HTMLFormElement>('[data-gallery]')
const entries = document.querySelectorAll<HTMLDetailsElement>('.example')
const count = form?.querySelector('output')

function show(): void {
  if (!form) return
  const { q, kind, topic, chapter } = Object.fromEntries(new FormData(form)) as Record<string, string>
  const words = (q ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  let n = 0
  for (const entry of entries) {
    const text = words.length ? entry.textContent.toLowerCase() : ''
    const { kinds = '', topics = '', chapter: own } = entry.dataset
    entry.hidden =
      !words.every(word => text.includes(word)) ||
      (!!kind && !kinds.split(' ').includes(kind)) ||
      (!!topic && !topics.split(' ').includes(topic)) ||
      (!!chapter && own !== chapter)
    if (!entry.hidden) n++
  }
  for (const section of document.querySelectorAll<HTMLElement>('.gallery-chapter'))
    section.hidden = !section.querySelector('.example:not([hidden])')
  if (count) count.textContent = (count.dataset.text ?? '').replace('{n}', `${n}`)
}

if (form) {
  const kept = new URLSearchParams(location.search)
  for (const [name, value] of kept) {
    const field = form.elements.namedItem(name)
    if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = value
  }
  form.addEventListener('submit', event => event.preventDefault())
  form.addEventListener('input', () => {
    const chosen = [...new FormData(form)].filter(([, value]) => value) as [string, string][]
    history.replaceState(null, '', chosen.length ? `?${new URLSearchParams(chosen)}` : location.pathname)
    show()
  })
  show()
}

// Where the files stand is where this page stands.
for (const address of document.querySelectorAll('[data-address]'))
  address.textContent = new URL(address.textContent, location.href).href

for (const entry of entries)
  entry.addEventListener(
    'toggle',
    () => {
      const code = entry.querySelector('.manifest code')
      if (code) code.innerHTML = colourYaml(code.textContent)
    },
    { once: true },
  )

const named = document.getElementById(decodeURIComponent(location.hash.slice(1)))
if (named instanceof HTMLDetailsElement) {
  named.open = true
  named.scrollIntoView()
}
