// The search dialog over Pagefind's index of the page's language. Loaded when it is first opened.
import { fill, type Language, strings } from '../../i18n/strings.ts'
import { nearest } from '../../manifest/nearest.ts'
import style from '../styles/search.css?url'
import { announce, h, loadStyle, ofBuild } from './dom.ts'

interface Hit {
  url: string
  excerpt: string
  meta: { title: string; chapter?: string }
  sub_results: { title: string; url: string; excerpt: string }[]
}

interface Found {
  id: string
  data(): Promise<Hit>
}

type FilterName = keyof (typeof strings)[Language]['searchFilters']

/** Each by one value of its own. */
type Filters = Partial<Record<FilterName, string>>

interface Pagefind {
  /** `baseUrl`: what the addresses of pages begin with. */
  options(options: { baseUrl: string }): Promise<void>
  init(): Promise<void>
  /** Every value of every filter, and how many pages have it. */
  filters(): Promise<Record<FilterName, Record<string, number>>>
  /** Without a query: all pages that the filters let through. */
  debouncedSearch(
    query: string | null,
    options?: { filters: Filters },
    ms?: number,
  ): Promise<{ results: Found[] } | null>
}

const { dataset } = document.documentElement
const { base = '/' } = dataset

let dialog: HTMLDialogElement | undefined
let pagefind: Promise<Pagefind> | undefined

const load = (): Promise<Pagefind> => {
  pagefind ??= import(/* @vite-ignore */ ofBuild(`${base}pagefind/pagefind.js`)).then(async module => {
    await module.options({ baseUrl: base })
    await module.init()
    return module
  })
  return pagefind
}

interface Words {
  /** What a misspelt word may have meant, the most frequent first. */
  readonly meant: readonly string[]
  /** What is there too, but hardly looked for. */
  readonly others: readonly string[]
}

let words: Promise<Words> | undefined

/** What the site writes in Latin letters. */
function knownWords(language: string): Promise<Words> {
  words ??= fetch(ofBuild(`${base}search/${language}.json`)).then(response => response.json())
  return words
}

/** Results in their order, but those first that are among the `better` too. */
function first(results: readonly Found[], better: { results: readonly Found[] } | null): Found[] {
  const ids = new Set(better?.results.map(each => each.id))
  return [...results.filter(each => ids.has(each.id)), ...results.filter(each => !ids.has(each.id))]
}

/** The query with slips of the fingers mended; undefined where there is none that is known. */
async function mended(query: string, language: string): Promise<string | undefined> {
  const { meant, others } = await knownWords(language)
  const text = query.replace(/[A-Za-z]{4,}/g, word => {
    const small = word.toLowerCase()
    // A beginning is being typed still.
    const isThere = (each: string) => each.startsWith(small)
    return meant.some(isThere) || others.some(isThere) ? word : (nearest(small, meant) ?? word)
  })
  return text === query ? undefined : text
}

const styled = loadStyle(style)

export async function openSearch(language: string): Promise<void> {
  dataset.searched = '' // offline.ts looks at it
  await styled
  dialog ??= build(language as Language)
  if (!dialog.open) dialog.showModal()
  const input = dialog.querySelector('input')
  input?.focus()
  input?.select()
  void load().catch(() => {})
}

function build(language: Language): HTMLDialogElement {
  const t = strings[language]
  const input = h('input', {
    type: 'search',
    placeholder: t.searchPlaceholder,
    'aria-label': t.searchPlaceholder,
    'aria-controls': 'search-results',
    'aria-describedby': 'search-hint',
    autocomplete: 'off',
    spellcheck: 'false',
    enterkeyhint: 'search',
  })
  const names = Object.keys(t.searchFilters) as FilterName[]
  const selects = names.map(name => h('select', { name }, h('option', { value: '' }, t.searchAny)))
  const filters = h(
    'form',
    { class: 'search-filters' },
    ...selects.map(select => h('label', {}, t.searchFilters[select.name as FilterName], select)),
  )
  // Above a phone's keyboard there is room for the results only.
  const narrow = h(
    'details',
    { class: 'search-narrow', open: matchMedia('(width >= 46rem)').matches },
    h('summary', {}, t.searchNarrow),
    filters,
  )
  void load()
    .then(index => index.filters())
    .then(values => {
      for (const select of selects) {
        const each = Object.keys(values[select.name as FilterName] ?? {})
        each.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
        select.append(...each.map(value => h('option', { value }, value)))
      }
    })
    .catch(() => {})
  const list = h('ul', { id: 'search-results', class: 'search-results' })
  const hint = h('p', { id: 'search-hint', class: 'search-hint' }, t.searchHint)
  const close = h('button', { type: 'button', class: 'icon-button', onclick: () => element.close() }, t.close)
  const element = h(
    'dialog',
    { class: 'search', 'aria-label': t.search },
    h('div', { class: 'search-head' }, input, close),
    narrow,
    list,
    hint,
  )

  let latest = ''
  const show = async () => {
    const query = input.value.trim()
    // The texts say kk for kubectl: a command is found by what follows, and best where it stands as it is typed.
    const command = query.replace(/^\$?\s*(?:kubectl|kk)\s+/i, '')
    const words = command.replaceAll('"', '')
    const phrase = command !== query ? `"kk ${words}"` : query.includes('"') ? query : undefined
    const chosen: Filters = {}
    for (const { name, value } of selects) if (value) chosen[name as FilterName] = value
    const asked = JSON.stringify([query, chosen])
    latest = asked
    if (asked === '["",{}]') {
      list.replaceChildren()
      hint.textContent = t.searchHint
      return
    }
    try {
      const index = await load()
      let found = await index.debouncedSearch(words || null, { filters: chosen }, 120)
      if (!found || latest !== asked) return
      if (phrase)
        found = { results: first(found.results, await index.debouncedSearch(phrase, { filters: chosen }, 0)) }
      const meant = await mended(words, language).catch(() => undefined)
      if (meant) found = (await index.debouncedSearch(meant, { filters: chosen }, 0)) ?? found
      if (latest !== asked) return
      // Without a word there is no best: a list to choose from.
      const shown = found.results.slice(0, words ? 8 : 40)
      const hits = await Promise.all(shown.map(each => each.data()))
      if (latest !== asked) return
      list.replaceChildren(...hits.map(item))
      const count = fill(t.searchCount, { n: found.results.length })
      hint.textContent = !hits.length
        ? fill(t.searchNone, { query })
        : meant
          ? `${fill(t.searchMeant, { meant })} ${count}`
          : count
      announce(hint.textContent)
    } catch {
      hint.textContent = t.searchFailed
    }
  }
  input.addEventListener('input', show)
  filters.addEventListener('input', show)
  filters.addEventListener('submit', event => event.preventDefault())

  element.addEventListener('keydown', event => {
    // Its arrows are its own.
    if (event.target instanceof HTMLSelectElement) return
    const links = [...list.querySelectorAll('a')]
    const at = links.indexOf(document.activeElement as HTMLAnchorElement)
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      const next = event.key === 'ArrowDown' ? at + 1 : at - 1
      if (next < 0) input.focus()
      else links[next]?.focus()
    } else if (event.key === 'Enter' && event.target === input && !event.isComposing) {
      event.preventDefault()
      links[0]?.click()
    }
  })
  element.addEventListener('click', event => {
    if (event.target === element) element.close()
    else if ((event.target as HTMLElement).closest('a')) element.close()
  })
  document.body.append(element)
  return element
}

/** The excerpt holds nothing but text and <mark>. */
function excerpt(html: string): DocumentFragment {
  const fragment = document.createDocumentFragment()
  // Within a paragraph: the parser drops spaces at the start of a body.
  const text = (encoded: string) =>
    new DOMParser().parseFromString(`<p>${encoded}`, 'text/html').body.textContent ?? ''
  html.split(/<mark>([\s\S]*?)<\/mark>/).forEach((part, index) => {
    fragment.append(index % 2 ? h('mark', {}, text(part)) : text(part))
  })
  return fragment
}

function item(hit: Hit): HTMLLIElement {
  const best = hit.sub_results.find(each => each.url.includes('#')) ?? hit.sub_results[0]
  const target = best && best.title !== hit.meta.title ? best : undefined
  const quote = h('span', { class: 'search-excerpt' })
  quote.append(excerpt(target?.excerpt ?? hit.excerpt))
  return h(
    'li',
    {},
    h(
      'a',
      { href: target?.url ?? hit.url },
      h('small', {}, hit.meta.chapter ?? ''),
      h('strong', {}, target ? `${hit.meta.title} › ${target.title}` : hit.meta.title),
      quote,
    ),
  )
}
