// The index of errors: what was pasted finds the messages that are like it, the most alike first. It lives in the address.

import { likeness } from '../../lesson/likeness.ts'

/** Of the letters of what was pasted, so many must stand in a message. */
const alike = 0.5

const form = document.querySelector<HTMLFormElement>('[data-errors]')
const count = form?.querySelector('output')
const sections = [...document.querySelectorAll<HTMLElement>('.errors')].map(section => ({
  section,
  entries: [...section.querySelectorAll<HTMLElement>('.error')].map(element => ({
    element,
    // Of an explanation its own words are what is pasted.
    text: element.querySelector(element.querySelector('dl') ? 'h3' : 'div')?.textContent ?? '',
    whole: (element.textContent ?? '').toLowerCase(),
  })),
}))

/** A pasted output may have many lines: the one that is most like the message counts. */
const best = (pasted: string, text: string): number =>
  Math.max(...pasted.split('\n').map(line => likeness(line, text)))

function show(asked: string): void {
  let found = 0
  for (const { section, entries } of sections) {
    const ranked = entries.map(each => ({
      ...each,
      // A word of the explanations finds its entry too.
      like: asked ? Math.max(best(asked, each.text), each.whole.includes(asked.toLowerCase()) ? 0.6 : 0) : 1,
    }))
    for (const { element, like } of ranked) element.hidden = like < alike
    if (asked) for (const { element } of ranked.toSorted((a, b) => b.like - a.like)) section.append(element)
    else for (const { element } of entries) section.append(element)
    const shown = ranked.filter(each => each.like >= alike)
    found += shown.length
    section.hidden = shown.length === 0
    section.style.order = asked
      ? `${100 - Math.round(100 * Math.max(0, ...shown.map(each => each.like)))}`
      : ''
  }
  tell(found, asked)
}

function tell(found: number, asked: string): void {
  if (count)
    count.textContent =
      (found || !asked ? count.dataset.text : count.dataset.none)?.replace('{n}', `${found}`) ?? ''
}

if (form) {
  const field = form.elements.namedItem('q') as HTMLInputElement
  const ask = () => {
    const asked = field.value.trim()
    history.replaceState(null, '', asked ? `?${new URLSearchParams({ q: asked })}` : location.pathname)
    show(asked)
  }
  form.addEventListener('submit', event => event.preventDefault())
  form.addEventListener('input', ask)
  // What was pasted before this script was there counts, too.
  field.value ||= new URLSearchParams(location.search).get('q') ?? ''
  if (field.value.trim()) ask()
}
