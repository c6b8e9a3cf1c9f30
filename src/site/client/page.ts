// All that a page does for a reader who is there (first.ts): theme, copy buttons, where one is in the text, and the doors
// to search and to the lab, whose code is loaded when they are first opened.
import style from '../styles/live.css?url'
import { all, announce, loadStyle, progressKey, store } from './dom.ts'
import { answerGuess, restoreGuesses } from './guess.ts'
import { makePlaces } from './places.ts'
import { lastKey, showProgress } from './progress.ts'
import { language, words } from './words.ts'

const { dataset } = document.documentElement
void loadStyle(style)

// ---- theme: as the system, light, dark
const themeButton = document.querySelector<HTMLElement>('[data-theme-button]')
if (themeButton) {
  const themes = ['system', 'light', 'dark']
  const label = () => {
    const text = words.theme[dataset.theme === 'light' || dataset.theme === 'dark' ? dataset.theme : 'system']
    themeButton.setAttribute('aria-label', text)
    themeButton.title = text
    return text
  }
  label()
  themeButton.addEventListener('click', () => {
    const next = themes[(themes.indexOf(dataset.theme ?? 'system') + 1) % themes.length]
    if (next === 'system' || !next) delete dataset.theme
    else dataset.theme = next
    store.set('theme', dataset.theme)
    announce(label())
  })
}

// ---- language: where `/` leads the next time (doors.ts)
if (!document.querySelector('[data-doors]')) store.set('language', language)

// ---- copy: a file's bytes, or a console's commands without prompts and output
document.addEventListener('click', async ({ target }) => {
  const button = (target as Element).closest<HTMLElement>('[data-copy]')
  if (!button) return
  const owner = button.closest('.code, .console')
  const text = owner?.classList.contains('console')
    ? all('.command code', owner)
        .map(each => each.textContent)
        .join('\n')
    : (owner?.querySelector('pre code')?.textContent ?? '')
  let said = words.copied
  try {
    await navigator.clipboard.writeText(text)
    button.dataset.state = 'copied'
    setTimeout(() => delete button.dataset.state, 1600)
  } catch {
    said = words.copyFailed
  }
  announce(said)
})

// ---- guesses and words
makePlaces()
restoreGuesses()
for (const term of all<HTMLAnchorElement>('.term'))
  term.addEventListener('click', async event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    const { toggleTerm } = await import('./term.ts')
    void toggleTerm(term)
  })

// ---- search
const openSearch = async () => (await import('./search.ts')).openSearch(language)
for (const button of all('[data-search]')) button.addEventListener('click', openSearch)
document.addEventListener('keydown', event => {
  if (event.defaultPrevented) return // the terminal's own keys
  // The editor stands in a shadow root: the event's own target is only its host.
  const typing = (event.composedPath()[0] as HTMLElement).closest?.(
    'input, textarea, select, [contenteditable]',
  )
  const slash = event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey
  if (slash || (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.shiftKey)) {
    event.preventDefault()
    void openSearch()
  }
})

// ---- the heading that is being read
const links = new Map(
  all<HTMLAnchorElement>('.contents a').map(link => [decodeURIComponent(link.hash.slice(1)), link]),
)
if (links.size) {
  const headings = all('.prose h2').filter(each => links.has(each.id))
  const mark = () => {
    const top = headings.findLast(each => each.getBoundingClientRect().top < 140)
    for (const [id, link] of links) {
      if (id === top?.id) link.setAttribute('aria-current', 'true')
      else link.removeAttribute('aria-current')
    }
  }
  addEventListener('scroll', () => requestAnimationFrame(mark), { passive: true })
  mark()
}

// ---- progress, kept in this browser only
// A lesson's id is the end of its address. On the map of the home page the ids of a chapter stand together, its cells are
// as many.
for (const link of all<HTMLAnchorElement>('[data-lessons] ol a'))
  link.dataset.lesson = link.pathname.split('/').slice(-3, -1).join('/')
const current = document.querySelector<HTMLElement>('.chapters a[aria-current][data-lesson]')
if (current) store.set(lastKey, current.dataset.lesson)
for (const cells of all('.cells')) {
  const chapter = cells.parentElement?.querySelector<HTMLElement>('[data-progress]')
  const ids = chapter?.dataset.progress?.split(' ') ?? []
  for (const cell of all('i', cells)) {
    cell.dataset.name = cell.title = cell.textContent
    if (cell.classList.contains('written')) cell.dataset.lesson = ids.shift()
  }
}
showProgress()
addEventListener('storage', event => event.key === progressKey && showProgress())

const file = document.querySelector<HTMLElement>('[data-progress-file]')
file?.addEventListener('click', async ({ target }) => {
  const { action } = (target as HTMLElement).dataset
  if (!action) return
  const { openProgress, saveProgress } = await import('./progress-file.ts')
  if (action === 'save') saveProgress()
  else openProgress({ taken: file.dataset.taken ?? '', spoilt: file.dataset.spoilt ?? '' })
})

document.querySelector('[data-print]')?.addEventListener('click', () => print())

// ---- lab: the first click on anything of it loads it and then does what was clicked
const lab = document.querySelector<HTMLElement>('[data-lab]')
if (lab) {
  const url = lab.dataset.lab ?? ''
  const load = (exercise?: string) =>
    import('./lab/lab.ts').then(module => module.openLab(url, language, exercise))
  /** Where nobody waits for an answer, the lab that cannot be reached is no event. */
  const enter = (act: (lab: Awaited<ReturnType<typeof load>>) => void) => load().then(act, () => {})
  /** What leads into the lab; what each of them does there, the lab knows (`act`). */
  const doors =
    '[data-lab-open],[data-step-action],[data-fault],[data-pass],[data-why],[data-edit],[data-exercise-start],[data-drill-start]'
  document.addEventListener('click', async ({ target }) => {
    const door = (target as Element).closest<HTMLElement>(doors)
    if (!door || door.getAttribute('aria-busy') === 'true') return
    const guess = door.closest<HTMLElement>('.guess')
    if (guess && door.dataset.stepAction === 'run') answerGuess(guess)
    door.setAttribute('aria-busy', 'true')
    try {
      ;(await load(door.dataset.exerciseStart)).act(door)
    } catch {
      announce(document.querySelector<HTMLElement>('[data-status]')?.dataset.unreachable ?? '', true)
    } finally {
      door.removeAttribute('aria-busy')
    }
  })

  // It is made ready at the first sign that it will be wanted: a pointer or the focus on one of its buttons, or a Run
  // button before the eyes of a reader who is there (a page that is only opened loads nothing more).
  const warm = () => {
    for (const name of signs) removeEventListener(name, sign, true)
    import('./lab/lab.ts').then(
      module => module.warmLab(url, language),
      () => {},
    )
  }
  const signs = ['pointerover', 'focusin', 'touchstart']
  const sign = ({ target }: Event) => {
    if (target instanceof Element && target.closest(doors)) warm()
  }
  for (const name of signs) addEventListener(name, sign, { capture: true, passive: true })
  // It may have been such a sign that brought this script.
  if (all(doors).some(each => each.matches(':hover, :focus'))) warm()
  const seen = new IntersectionObserver(entries => {
    if (!entries.some(each => each.isIntersecting)) return
    seen.disconnect()
    setTimeout(warm, 200)
  })
  const awake = () => {
    for (const button of all('[data-step-action="run"]')) seen.observe(button)
  }
  for (const name of ['scroll', 'pointermove', 'keydown']) addEventListener(name, awake, { once: true })

  document.addEventListener('keydown', event => {
    if (event.key !== '`' || !event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    void enter(each => each.hop())
  })
  // A link from the gallery opens one of the lesson's files in the editor.
  const [, file] = /^#edit=(.+)$/.exec(location.hash) ?? []
  if (file) void enter(each => each.edit(decodeURIComponent(file)))
  // A reader who had the lab open here finds it open again.
  // A link that holds what somebody did leads into the lab, too.
  // So is the playground, whose page is nothing else.
  if (
    lab.dataset.labWhole !== undefined ||
    store.get(`lab:${lab.dataset.lab}:open`, 'sessionStorage') ||
    location.hash.startsWith('#h=')
  )
    void enter(each => each.toggle(true, false))
}

// What this site's own pages lead to in the lab (errors, cheat sheet) runs without being looked at before.
document.addEventListener('click', ({ target }) => {
  const link = target instanceof Element && target.closest<HTMLAnchorElement>('a[href*="#h="]')
  if (link) store.set('lab:own-link', link.hash, 'sessionStorage')
})

// ---- pages beside the chapters: the certificate shows what was done, two long lists are searched
if (document.querySelector('[data-certificate]')) void import('./certificate.ts')
if (document.querySelector('[data-errors]')) void import('./errors.ts')
if (document.querySelector('[data-gallery]')) void import('./gallery.ts')

// ---- offline: what is built is kept, once nothing else is going on
if (dataset.build && 'serviceWorker' in navigator) {
  const { serviceWorker } = navigator
  const keep = async () => {
    await serviceWorker.register(`${dataset.base}sw.js`)
    const registration = await serviceWorker.ready
    ;(await import('./offline.ts')).keepOffline(registration)
  }
  const start = () => keep().catch(() => {})
  const whenIdle = () => {
    if ('requestIdleCallback' in window) requestIdleCallback(start, { timeout: 5000 })
    else setTimeout(start, 2000)
  }
  if (document.readyState === 'complete') whenIdle()
  else addEventListener('load', whenIdle)
}
