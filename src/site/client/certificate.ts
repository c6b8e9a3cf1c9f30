// Fills the certificate in with what this browser has done; prints it, or saves it as a picture.
import { doneIds, download, store } from './dom.ts'

const form = document.querySelector<HTMLFormElement>('[data-certificate]')
const picture = document.querySelector<SVGSVGElement>('.certificate')
const nameKey = 'name'

if (form && picture) {
  const said = <T extends Element>(selector: string) => picture.querySelector(selector) as T & HTMLElement
  const field = form.elements.namedItem('name') as HTMLInputElement
  const done = new Set(doneIds())

  /** What can be done, as progress names it (progress.ts). */
  const ids = { lessons: [] as string[], exercises: [] as string[], stories: [] as string[] }
  for (const cell of picture.querySelectorAll<SVGRectElement>('[data-cell]')) {
    const { cell: id = '', exercises, story } = cell.dataset
    ids[story === undefined ? 'lessons' : 'stories'].push(id)
    for (const name of exercises?.split(' ') ?? []) ids.exercises.push(`${id}@${name}`)
    if (!done.has(id)) continue
    cell.setAttribute('fill', '#0a6466')
    cell.setAttribute('stroke', '#0a6466')
  }
  for (const [kind, all] of Object.entries(ids))
    said(`[data-count="${kind}"]`).textContent = `${all.filter(id => done.has(id)).length} / ${all.length}`
  const left = [...ids.lessons, ...ids.stories].filter(id => !done.has(id)).length
  const what = said('[data-what]')
  what.textContent = (left ? what.dataset.part : what.dataset.whole) ?? ''
  const output = form.querySelector('output')
  if (output)
    output.textContent = (left ? output.dataset.open : output.dataset.whole)?.replace('{n}', `${left}`) ?? ''
  const today = new Date()
  said('[data-date]').textContent = [today.getFullYear(), today.getMonth() + 1, today.getDate()]
    .map(part => String(part).padStart(2, '0'))
    .join('-')

  const write = () => {
    said('[data-name]').textContent = field.value
  }
  field.value = store.get(nameKey) ?? ''
  write()
  field.addEventListener('input', () => {
    store.set(nameKey, field.value || undefined)
    write()
  })
  form.addEventListener('submit', event => event.preventDefault())
  form.querySelector('[data-action="print"]')?.addEventListener('click', () => print())
  form.querySelector('[data-action="save"]')?.addEventListener('click', () => {
    download(form.dataset.file ?? '', new XMLSerializer().serializeToString(picture), 'image/svg+xml')
  })
}
