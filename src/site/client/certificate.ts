// Fills the certificate in with what this browser has done; prints it, or saves it as a picture.
import { all, doneIds, download, store } from './dom.ts'

const form = document.querySelector<HTMLFormElement>('[data-certificate]')
const picture = document.querySelector<SVGSVGElement>('.certificate')
const nameKey = 'name'

if (form && picture) {
  const said = <T extends Element>(selector: string) => picture.querySelector(selector) as T & HTMLElement
  const field = form.elements.namedItem('name') as HTMLInputElement
  const done = new Set(doneIds())

  const cells = [...picture.querySelectorAll<SVGRectElement>('[data-cell]')]
  for (const cell of cells) {
    if (!done.has(cell.dataset.cell ?? '')) continue
    cell.setAttribute('fill', '#0a6466')
    cell.setAttribute('stroke', '#0a6466')
  }
  let left = 0
  for (const count of all('[data-count]', picture as unknown as HTMLElement)) {
    const ids = (count.dataset.ids ?? '').split(' ').filter(Boolean)
    const n = ids.filter(id => done.has(id)).length
    count.textContent = `${n} / ${ids.length}`
    if (count.dataset.count !== 'exercises') left += ids.length - n
  }
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
