// The playground's own part of the lab: what the cluster has, as toggles in the task row, and the reader's files. Loaded
// with its page alone.
import { fill } from '../../../i18n/fill.ts'
import type { PlayWords } from '../../../i18n/lab/play.en.ts'
import type { Language } from '../../../i18n/strings.ts'
import style from '../../styles/lab/play.css?url'
import type { PlayOptions } from '../../worker/protocol.ts'
import { all, announce, h, loadStyle, store } from '../dom.ts'
import type { EditorPart } from './editor.ts'
import { isHistoryFile } from './link.ts'
import {
  type FileRefusal,
  isFileName,
  mostBytes,
  mostFiles,
  nameOfPasted,
  type OwnFile,
  readOwn,
} from './own-files.ts'
import type { Lab, Part } from './part.ts'

const plain: PlayOptions = {
  seed: 1,
  workers: 2,
  metrics: false,
  loadBalancer: false,
  ingressController: false,
  anyImage: false,
}
const mostNodes = 5
/** Of the course's manifests. */
const examples = [
  ['04-deployment/deployment.yaml', '04-deployment/service.yaml'],
  ['04-deployment/deployment-rolling.yaml'],
  ['04-deployment/deployment-hpa.yaml', '04-deployment/hpa.yaml'],
  ['04-deployment/deployment-readiness.yaml'],
] as const
const toggles = ['metrics', 'loadBalancer', 'ingressController', 'anyImage'] as const
const splitKey = 'lab:play-split'

export type MakePlay = (lab: Lab, editor: EditorPart, share: () => void) => Part

export async function loadPlay(language: Language): Promise<MakePlay> {
  const [{ words }] = await Promise.all([
    language === 'zh' ? import('../../../i18n/lab/play.zh.ts') : import('../../../i18n/lab/play.en.ts'),
    loadStyle(style),
  ])
  return (lab, editor, share) => new Playground(words, lab, editor, share).part
}

class Playground {
  readonly part: Part
  readonly #w: PlayWords
  readonly #lab: Lab
  readonly #editor: EditorPart
  readonly #lists: readonly HTMLElement[]
  readonly #controls = new Map<string, HTMLElement>()
  #options = plain
  /** Nothing has been done in this cluster yet. */
  #empty = true
  /** What the next cluster begins with. */
  #bring: readonly OwnFile[] = []
  #shown = ''

  constructor(words: PlayWords, lab: Lab, editor: EditorPart, share: () => void) {
    this.#w = words
    this.#lab = lab
    this.#editor = editor
    this.#lists = [h('ul', { class: 'play-list' }), h('ul', { class: 'play-list' })]
    const { connection } = lab
    connection.on('place', ({ play }) => {
      if (play) this.#options = play
      this.#draw()
    })
    connection.on('saved', ({ empty }) => {
      this.#empty = empty
    })
    connection.on('files', ({ files }) => {
      const known = lab.data.files as Record<string, string>
      for (const name of Object.keys(known)) if (!Object.hasOwn(files, name)) delete known[name]
      Object.assign(known, files)
      editor.list()
      this.#drawFiles()
    })
    connection.on('ready', () => {
      const bring = this.#bring
      this.#bring = []
      this.#add(bring)
      void this.#fromAddress()
    })
    document.addEventListener('drop', event => {
      if (event.defaultPrevented || !(event.target as Element).closest?.('#lab')) return
      event.preventDefault()
      void this.#take([...(event.dataTransfer?.files ?? [])])
    })
    const element = (list: HTMLElement) => this.#files(list)
    const inTab = element(this.#lists[1]!)
    this.part = {
      task: this.#task(),
      tool: h('button', { type: 'button', class: 'primary play-share', onclick: share }, words.share),
      aside: h('section', { class: 'lab-aside', 'aria-label': words.files }, element(this.#lists[0]!)),
      tabs: [{ name: 'files', title: words.files, element: h('div', {}, inTab), focus: () => inTab.focus() }],
    }
    if (store.get(splitKey) !== '0') document.documentElement.toggleAttribute('data-play-split', true)
  }

  // ---- what the cluster has

  #task(): HTMLElement {
    const w = this.#w
    const nodes = h('button', {
      type: 'button',
      class: 'play-option',
      'data-option': 'workers',
      onclick: () => this.#change({ workers: (this.#options.workers % mostNodes) + 1 }),
    })
    this.#controls.set('workers', nodes)
    const buttons = toggles.map(name => {
      const button = h(
        'button',
        {
          type: 'button',
          class: 'play-option',
          'data-option': name,
          title: name === 'anyImage' ? w.anyImageTitle : undefined,
          onclick: () => this.#change({ [name]: !this.#options[name] }),
        },
        w[name],
      )
      this.#controls.set(name, button)
      return button
    })
    const split = h(
      'button',
      {
        type: 'button',
        class: 'play-option play-split',
        'aria-pressed': String(store.get(splitKey) !== '0'),
        onclick: () => {
          const on = document.documentElement.toggleAttribute('data-play-split')
          store.set(splitKey, on ? undefined : '0')
          split.setAttribute('aria-pressed', String(on))
        },
      },
      w.split,
    )
    const task = h(
      'div',
      { class: 'play-task' },
      h('b', {}, w.title),
      h('div', { class: 'play-options', role: 'group', 'aria-label': w.options }, nodes, ...buttons, split),
    )
    this.#draw()
    return task
  }

  #draw(): void {
    const nodes = this.#controls.get('workers')
    if (nodes) nodes.textContent = fill(this.#w.nodes, { n: this.#options.workers })
    for (const name of toggles)
      this.#controls.get(name)?.setAttribute('aria-pressed', String(this.#options[name]))
  }

  /** Other options are another cluster; asks first where something was done in this one. */
  #change(more: Partial<PlayOptions>): void {
    const play = { ...this.#options, ...more }
    const start = (files: readonly OwnFile[]) => {
      this.#bring = files
      this.#lab.restart({ fresh: true, play, aside: !this.#empty })
    }
    if (this.#empty) {
      start([])
      return
    }
    const w = this.#w
    const files = Object.entries(this.#lab.data.files).map(([name, text]) => ({ name, text }))
    const button = (name: string, text: string, run: () => void, primary = false) =>
      h(
        'button',
        {
          type: 'button',
          'data-ask': name,
          class: primary ? 'primary' : undefined,
          onclick: () => {
            dialog.close()
            run()
          },
        },
        text,
      )
    const dialog = h(
      'dialog',
      { class: 'ask', 'aria-labelledby': 'ask-title' },
      h('h2', { id: 'ask-title' }, w.askTitle),
      h('p', {}, w.askText),
      h(
        'div',
        { class: 'ask-buttons' },
        button('keep', w.askKeep, () => {}),
        button('empty', w.askNew, () => start([])),
        files.length > 0 && button('files', w.askFiles, () => start(files), true),
      ),
    )
    dialog.addEventListener('close', () => dialog.remove())
    document.body.append(dialog)
    dialog.showModal()
  }

  // ---- files

  #files(list: HTMLElement): HTMLElement {
    const w = this.#w
    const chooser = h('input', {
      type: 'file',
      multiple: true,
      hidden: true,
      tabindex: '-1',
      'aria-hidden': 'true',
      'data-own': '',
    })
    chooser.addEventListener('change', async () => {
      await this.#take([...(chooser.files ?? [])])
      chooser.value = ''
    })
    const fresh = h(
      'button',
      {
        type: 'button',
        class: 'play-new',
        onclick: () => {
          name.hidden = !name.hidden
          if (!name.hidden) name.focus()
        },
      },
      w.fileNew,
    )
    const name = h('input', {
      class: 'play-name',
      'aria-label': w.fileNewName,
      placeholder: 'web.yaml',
      hidden: true,
      spellcheck: 'false',
      autocapitalize: 'off',
    })
    name.addEventListener('keydown', event => {
      if (event.key === 'Escape') {
        event.stopPropagation()
        name.hidden = true
        fresh.focus()
      }
      if (event.key !== 'Enter') return
      const value = name.value.trim()
      if (!isFileName(value)) {
        this.#refuse([{ reason: 'name', name: value }])
        return
      }
      name.hidden = true
      name.value = ''
      this.#shown = value
      this.#add([{ name: value, text: this.#lab.data.files[value] ?? '' }])
    })
    const element = h(
      'div',
      { class: 'play-files', tabindex: '0' },
      h('h3', {}, w.files),
      list,
      h(
        'div',
        { class: 'play-buttons' },
        fresh,
        h('button', { type: 'button', onclick: () => chooser.click() }, w.fileAdd),
      ),
      name,
      chooser,
      h('p', { class: 'play-how' }, w.fileHow),
      h('h3', {}, w.examples),
      h(
        'ul',
        { class: 'play-examples' },
        ...examples.map((paths, index) =>
          h(
            'li',
            {},
            h(
              'button',
              { type: 'button', onclick: () => void this.#fetch(paths) },
              w.exampleTitles[index] ?? '',
              h('small', {}, paths.map(each => each.split('/').at(-1)).join(' · ')),
            ),
          ),
        ),
      ),
      h('a', { href: '../gallery/' }, w.gallery),
    )
    element.addEventListener('paste', event => {
      if (event.target === name) return
      const files = [...(event.clipboardData?.files ?? [])]
      const text = event.clipboardData?.getData('text') ?? ''
      event.preventDefault()
      if (files.length) void this.#take(files)
      else if (text.trim()) {
        const there = Object.keys(this.#lab.data.files)
        void this.#take([new File([text.endsWith('\n') ? text : `${text}\n`], nameOfPasted(text, there))])
      }
    })
    return element
  }

  #drawFiles(): void {
    const names = Object.keys(this.#lab.data.files).sort()
    for (const list of this.#lists) {
      const focused = list.contains(document.activeElement) && document.activeElement?.textContent
      list.replaceChildren(
        ...(names.length
          ? names.map(name =>
              h('li', {}, h('button', { type: 'button', onclick: () => this.#open(name) }, name)),
            )
          : [h('li', { class: 'play-none' }, this.#w.noFiles)]),
      )
      // The keyboard stays at its file.
      const same = all('button', list).find(each => each.textContent === focused)
      same?.focus()
    }
    if (this.#shown && names.includes(this.#shown)) {
      this.#open(this.#shown)
      this.#shown = ''
    }
  }

  #open(name: string): void {
    this.#editor.open(name)
    this.#lab.show('editor', true)
  }

  async #take(given: readonly File[]): Promise<void> {
    // A history is not a file of the reader's: it is looked at (saver.ts).
    const own = given.filter(each => !isHistoryFile(each.name))
    const { files, refusals } = await readOwn(own, Object.keys(this.#lab.data.files))
    this.#refuse(refusals)
    this.#shown = files[0]?.name ?? ''
    this.#add(files)
  }

  #add(files: readonly OwnFile[]): void {
    for (const { name, text } of files) this.#lab.connection.send({ type: 'write', file: name, text })
    if (files.length) announce(fill(this.#w.added, { names: files.map(each => each.name).join(', ') }))
  }

  #refuse(refusals: readonly FileRefusal[]): void {
    if (!refusals.length) return
    const kilobytes = (bytes: number) => `${Math.ceil(bytes / 1000)} KB`
    const text = refusals
      .slice(0, 3)
      .map(each =>
        fill(this.#w.refused[each.reason], {
          name: 'name' in each ? each.name : '',
          size: 'size' in each ? kilobytes(each.size) : '',
          most: each.reason === 'many' ? mostFiles : kilobytes(mostBytes),
        }),
      )
      .join(' ')
    this.#lab.notices.show('files', { tone: 'bad', text })
  }

  /** Manifests of the course, by `chapter/file`. */
  async #fetch(paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      const name = path.split('/').slice(1).join('/')
      try {
        const answer = await fetch(`${document.documentElement.dataset.base}examples/${path}`)
        if (!answer.ok) throw new Error(`${answer.status}`)
        await this.#take([new File([await answer.text()], name)])
      } catch {
        this.#lab.notices.show('files', { tone: 'bad', text: fill(this.#w.refused.fetch, { name }) })
      }
    }
  }

  /** `?file=04-deployment/deployment.yaml`, from the gallery. */
  async #fromAddress(): Promise<void> {
    const url = new URL(location.href)
    const path = url.searchParams.get('file')
    if (path === null) return
    url.searchParams.delete('file')
    history.replaceState(null, '', url)
    if (/^\d\d-[\w-]+(?:\/[\w.-]+)+$/.test(path)) await this.#fetch([path])
  }
}
