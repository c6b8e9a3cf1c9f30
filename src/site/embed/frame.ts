// The page in the frame (pages/[language]/embed.astro): the lab of what its address names, whole. It begins by itself; there is
// no text beside it, no search, and no service worker: what a frame registers, a browser may keep for the site around it alone.
import type { Language } from '../../i18n/strings.ts'
import { h } from '../client/dom.ts'
import type { OpenLab } from '../client/lab/lab.ts'
import { isLesson, sourceOf } from './source.ts'

const { base = '/', language: named } = document.documentElement.dataset
const language: Language = named === 'en' ? 'en' : 'zh'
const main = document.querySelector('main')!
const words = main.dataset
const source = sourceOf(location.href, new URL(base, location.href).href)
const link = document.querySelector<HTMLAnchorElement>('[data-open]')!
if (source) link.href = `${base}${language}/${source.page}`

let lab: OpenLab | undefined

function refuse(text = ''): void {
  main.querySelector('[role="alert"]')?.remove()
  main.append(
    h(
      'p',
      { role: 'alert' },
      `${text} `,
      h('a', { href: link.href }, link.querySelector('span')?.textContent ?? ''),
    ),
  )
}

/** Why the lab is not there; undefined where it is. */
async function open(): Promise<string | undefined> {
  if (!source) return words.refused
  const asked = new URLSearchParams(location.search)
  const lesson = asked.get('lesson') ?? ''
  const file = asked.get('file')
  try {
    // The playground fetches it itself, once its cluster stands.
    if (file !== null && !lesson) {
      const { ok } = await fetch(`${base}examples/${file}`, { method: 'HEAD' })
      if (!ok) return words.unknown
    }
    const { openLab } = await import('../client/lab/lab.ts')
    lab = await openLab(`${base}lab/${isLesson(lesson) ? lesson : 'play'}.json`, language)
    lab.toggle(true, false)
    main.querySelector('[role="alert"]')?.remove()
    return undefined
  } catch (error) {
    return error instanceof Error && error.message.startsWith('404 ') ? words.unknown : words.unreachable
  }
}

let opening = false
async function begin(): Promise<void> {
  if (opening) return
  opening = true
  const fault = await open()
  opening = false
  if (fault !== undefined) refuse(fault)
  // All that the page around is told: somebody is at home. Nothing of what is done here.
  if (parent !== window) parent.postMessage({ type: 'ready' }, '*')
}

document.querySelector<HTMLElement>('[data-lab-open]')?.addEventListener('click', event => {
  if (lab) lab.act(event.currentTarget as HTMLElement)
  else void begin()
})
document.addEventListener('keydown', event => {
  if (event.key !== '`' || !event.ctrlKey || event.metaKey || event.altKey) return
  event.preventDefault()
  lab?.hop()
})
void begin()
