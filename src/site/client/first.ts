// The script that a page begins with: as little as can be, for the text is read without it. All else that a page does
// (page.ts) comes with the first sign of a reader who is there, or at once where there is something to show: what this
// browser has kept, or what the address asks for. What was pressed before it was there is done then.

let coming: Promise<void> | undefined
let here = false

function load(): Promise<void> {
  coming ??= import('./page.ts').then(() => {
    here = true
  })
  return coming
}

/** What does nothing without the script, and the keys that it knows. */
function needsScript(event: Event, target: Element): boolean {
  return event instanceof KeyboardEvent
    ? (event.key === '/' && !target.closest('input')) || (event.ctrlKey && /^[k`]$/.test(event.key))
    : event.type === 'click' &&
        !!target.closest('button:not([popovertarget]), [data-choice], .term, a[href*="#h="]')
}

/** Where the pointer rests while a page appears, browsers say that it moves. */
const isStill = ({ type, movementX, movementY }: PointerEvent): boolean =>
  type === 'pointermove' && !movementX && !movementY

async function onSign(event: Event): Promise<void> {
  if (here || isStill(event as PointerEvent)) return
  const target = event.target as Element
  const held = needsScript(event, target)
  if (held) {
    event.preventDefault()
    event.stopImmediatePropagation()
  }
  try {
    await load()
    if (held) target.dispatchEvent(new (event.constructor as typeof Event)(event.type, event))
  } catch {
    if (held) alert(document.querySelector<HTMLElement>('[data-status]')?.dataset.unreachable)
  }
}

for (const sign of ['pointermove', 'pointerdown', 'keydown', 'focusin', 'click'])
  addEventListener(sign, onSign, true)
addEventListener('scroll', onSign)

/** Storage may be forbidden. */
function isKnown(): boolean {
  try {
    return localStorage.length + sessionStorage.length > 0
  } catch {
    return false
  }
}
if (isKnown() || location.hash || location.search || document.querySelector('[data-lab-whole]'))
  load().catch(() => {})

// The current lesson comes into view in its list.
document.querySelector('.chapters [aria-current]')?.scrollIntoView({ block: 'nearest' })
