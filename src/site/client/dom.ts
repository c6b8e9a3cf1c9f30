// Small helpers over the DOM.
import { dataPath } from '../offline/data-path.ts'

type Child = Node | string | undefined | false

/** `h('button', { class: 'x', onclick: … }, 'text')` */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, unknown> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value as EventListener)
    else element.setAttribute(name, value === true ? '' : String(value))
  }
  for (const child of children) if (child) element.append(child)
  return element
}

/** Words of the page with `code` in them. */
export const inlineCode = (text: string): (Node | string)[] =>
  text.split('`').map((part, index) => (index % 2 ? h('code', {}, part) : part))

export const all = <T extends HTMLElement = HTMLElement>(
  selector: string,
  within: ParentNode = document,
): T[] => [...within.querySelectorAll<T>(selector)]

/** Not `disabled`: a button that loses its use while it has the focus would drop the keyboard's place in the page. */
export const disable = (button: HTMLElement, disabled: boolean): void =>
  button.setAttribute('aria-disabled', String(disabled))
export const isDisabled = (button: HTMLElement): boolean => button.getAttribute('aria-disabled') === 'true'

/** Says something to screen readers; where it matters to everybody, also on the screen for a while. */
export function announce(text: string, visibly = false): void {
  const status = document.querySelector('[data-status]')
  if (!status) return
  status.textContent = text
  status.classList.toggle('visually-hidden', !visibly)
  status.classList.toggle('toast', visibly)
  if (visibly) setTimeout(() => status.textContent === text && announce(''), 2000 + 80 * text.length)
}

/** Storage that may be forbidden or full: losing a convenience must never stop the page. */
export const store = {
  get(name: string, storage: 'localStorage' | 'sessionStorage' = 'localStorage'): string | null {
    try {
      return window[storage].getItem(name)
    } catch {
      return null
    }
  },
  /** False where it could not be kept: private mode, or full. */
  set(
    name: string,
    value: string | undefined,
    storage: 'localStorage' | 'sessionStorage' = 'localStorage',
  ): boolean {
    try {
      if (value === undefined) window[storage].removeItem(name)
      else window[storage].setItem(name, value)
      return true
    } catch {
      return false
    }
  },
}

export const progressKey = 'done'

/** Ids of what was done in this browser (progress.ts). */
export function doneIds(): string[] {
  try {
    const known: unknown = JSON.parse(store.get(progressKey) ?? '[]')
    return Array.isArray(known) ? known.filter(each => typeof each === 'string') : []
  } catch {
    return [] // a spoilt entry is no progress
  }
}

/** Gives the reader a text as a file. */
export function download(name: string, text: string, type = 'application/json'): void {
  const href = URL.createObjectURL(new Blob([text], { type }))
  h('a', { href, download: name }).click()
  setTimeout(() => URL.revokeObjectURL(href), 10_000)
}

/** Loads a style sheet that only a part of the page needs; resolves when it is in force. */
export function loadStyle(url: string): Promise<void> {
  return new Promise(resolve => {
    const link = h('link', {
      rel: 'stylesheet',
      href: url,
      onload: () => resolve(),
      onerror: () => resolve(),
    })
    document.head.append(link)
  })
}

/** Where something stands that has no name of its own for each build: `/lab/play.json`, under the base path. */
export function ofBuild(path: string): string {
  const { base = '/', build } = document.documentElement.dataset
  return build ? dataPath(base, build, path.slice(base.length)) : path
}
