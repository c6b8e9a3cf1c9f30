// The gallery's filter, which lives in the address; a file named there is opened. What is opened gets its colours, and what
// can be done with it.
import { kindsOf, topicsOf } from '../lib/topics.ts'
import { all } from './dom.ts'
import { colourYaml } from './yaml-colours.ts'

const { base = '/' } = document.documentElement.dataset
const { hash, search } = location
const form = document.querySelector<HTMLFormElement>('[data-gallery]')
const count = form?.querySelector('output')
const tools = document.querySelector<HTMLTemplateElement>('[data-tools]')

interface Entry {
  readonly element: HTMLDetailsElement
  readonly code: HTMLElement
  readonly path: string
  readonly chapter: string
  /** Path below its chapter. */
  readonly file: string
}

const entries = all<HTMLDetailsElement>('.example').map((element): Entry => {
  const command = element.querySelector('li code')!
  // Where the files stand is where this page stands.
  const { href, pathname } = new URL(command.textContent.split(' ').at(-1)!, location.href)
  command.textContent = `kubectl apply -f ${href}`
  element.id = pathname.slice(`${base}examples/`.length)
  const [chapter = ''] = element.id.split('/')
  return {
    element,
    code: element.querySelector<HTMLElement>('figure code')!,
    path: pathname,
    chapter,
    file: element.id.slice(chapter.length + 1),
  }
})

function show(): void {
  if (!form) return
  const { q, kind, topic, chapter } = Object.fromEntries(new FormData(form)) as Record<string, string>
  const words = (q ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  let n = 0
  for (const { element, chapter: own, code } of entries) {
    const manifest = code.textContent
    const text = words.length ? element.textContent.toLowerCase() : ''
    element.hidden =
      !words.every(word => text.includes(word)) ||
      (!!kind && !kindsOf(manifest).includes(kind)) ||
      (!!topic && !topicsOf(manifest).includes(topic)) ||
      (!!chapter && own !== chapter)
    if (!element.hidden) n++
  }
  for (const section of all('.gallery-chapter'))
    section.hidden = !section.querySelector('.example:not([hidden])')
  if (count) count.textContent = (count.dataset.text ?? '').replace('{n}', `${n}`)
}

if (form) {
  const ask = () => {
    const chosen = [...new FormData(form)].filter(([, value]) => value) as [string, string][]
    history.replaceState(null, '', chosen.length ? `?${new URLSearchParams(chosen)}` : location.pathname)
    show()
  }
  form.addEventListener('submit', event => event.preventDefault())
  form.addEventListener('input', ask)
  // What was chosen before this script was there counts, too.
  for (const [name, value] of new URLSearchParams(search)) {
    const field = form.elements.namedItem(name)
    if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value ||= value
  }
  if ([...new FormData(form).values()].some(Boolean)) ask()
}

/** What is opened for the first time. */
function dress({ element, code, path, chapter, file }: Entry): void {
  code.innerHTML = colourYaml(code.textContent)
  for (const each of all('pre', element)) {
    each.setAttribute('role', 'region')
    each.setAttribute('aria-label', each.querySelector('b')?.textContent.slice(2) ?? file)
  }
  if (!tools) return
  const row = tools.content.cloneNode(true) as DocumentFragment
  const [open, download] = row.querySelectorAll('a')
  const lesson = element.querySelector<HTMLAnchorElement>('li a')
  open!.href = lesson ? `${lesson.href}#edit=${file}` : `${tools.dataset.play}?file=${chapter}/${file}`
  download!.href = path
  download!.download = file.split('/').at(-1)!
  for (const each of row.querySelectorAll<HTMLElement>('[title]'))
    each.setAttribute('aria-label', `${each.title} ${file}`)
  element.querySelector('figcaption')!.append(row)
}

for (const entry of entries) {
  const { element } = entry
  if (element.open) dress(entry)
  else element.addEventListener('toggle', () => dress(entry), { once: true })
}

const named = document.getElementById(decodeURIComponent(hash.slice(1)))
if (named instanceof HTMLDetailsElement) {
  named.open = true
  named.scrollIntoView()
}
