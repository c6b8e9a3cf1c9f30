// What was done, kept across a reload, a crash and another visit, as the worker tells it. What does not belong to the lesson
// any more is set aside and can be downloaded; a storage that is full is said at once. What leaves for others or comes
// from them is the work of `share.ts`, loaded when it is first wanted.
import { download, h, store } from '../dom.ts'
import { carried, carriedKey, historyEnd, isHistoryFile, linkMark, ownLinkKey } from './link.ts'
import type { Lab, Part, RestartOptions } from './part.ts'
import type { Sharing } from './share.ts'

export interface Saver extends Part {
  /** A link to what was done, or a file where that is too much for one. */
  share(): void
  /** What a start of the worker takes up. */
  saved(options: RestartOptions): { saved?: string; foreign?: boolean; otherVersion?: boolean }
}

/** Of a file that is opened, bytes. */
const mostFile = 2_000_000

export function saver(lab: Lab): Saver {
  const { connection, notices, t, data, kept } = lab
  const worldKey = () => lab.key(lab.place.exercise === undefined ? 'world' : `world@${lab.place.exercise}`)
  const asideKey = lab.key('aside')
  const fileName = `${data.lesson.split('/').at(-1)}${historyEnd}`
  /** The latest one, also where it could not be stored. */
  let latest: string | undefined
  /** Somebody else's is being taken up; what was here before. */
  let given = false
  let before: string | undefined
  const history = () => latest ?? kept.get(worldKey()) ?? ''

  const tellAside = (text: string): void => {
    const aside = store.get(asideKey)
    if (aside === null) return
    notices.show('aside', {
      tone: 'wait',
      text,
      actions: [
        { text: t.historyDownload, run: () => download(fileName, aside), keep: true },
        {
          text: t.historyForget,
          run: () => {
            store.set(asideKey, undefined)
            notices.hide('aside')
          },
          keep: true,
        },
      ],
      settled: true,
    })
  }
  const setAside = (history: string, text: string): void => {
    store.set(asideKey, history)
    tellAside(text)
  }

  connection.on('saved', ({ history }) => {
    latest = history
    if (kept.set(worldKey(), history)) notices.hide('full')
    else if (!notices.has('full'))
      notices.show('full', {
        tone: 'bad',
        text: t.storageFull,
        actions: [{ text: t.historyDownload, run: () => download(fileName, latest ?? ''), keep: true }],
      })
  })
  connection.on('set-aside', ({ reason, history }) => {
    if (given) {
      // It was looked at before; what it needs has changed all the same.
      notices.show('refused', { tone: 'bad', text: t.asideForeign })
      lab.restart(before === undefined ? {} : { history: before })
      return
    }
    if ((reason === 'version' || reason === 'changed') && isGuided(history)) {
      // Nothing of the reader's own is in it: nobody need hear of it.
      if (reason === 'version') lab.restart({ history, otherVersion: true })
      return
    }
    const words = {
      spoilt: t.asideSpoilt,
      lesson: t.asideLesson,
      changed: t.asideChanged,
      version: t.asideVersion,
    }
    setAside(history, words[reason])
    if (reason !== 'version') return
    notices.show('version', {
      tone: 'note',
      text: t.asideReplay,
      actions: [{ text: t.asideReplayDo, run: () => lab.restart({ history, otherVersion: true }) }],
    })
  })
  connection.on('skipped', ({ command }) =>
    notices.show('skipped', { tone: 'wait', text: t.skipped.replace('{command}', () => command) }),
  )

  // ---- to others and from them
  let loaded: Promise<Sharing> | undefined
  const sharing = (): Promise<Sharing> => {
    loaded ??= import('./share.ts').then(({ sharing }) =>
      sharing(lab, { fileName, history, run: text => lab.restart({ history: text, foreign: true }) }),
    )
    loaded.catch(() => {
      loaded = undefined
      notices.show('refused', { tone: 'bad', text: t.labUnreachable })
    })
    return loaded
  }
  const share = () =>
    void sharing().then(
      each => each.share(),
      () => {},
    )
  const look = (...what: Parameters<Sharing['look']>) =>
    void sharing().then(
      ({ look }) => look(...what),
      () => {},
    )
  const openFile = async (file: File | null | undefined): Promise<void> => {
    // What is too long is refused by its length, whatever it holds.
    if (file) look({ text: await file.slice(0, mostFile).text() })
  }

  const chooser = h('input', {
    type: 'file',
    accept: '.json',
    hidden: true,
    tabindex: '-1',
    'aria-hidden': 'true',
  })
  chooser.addEventListener('change', () => {
    void openFile(chooser.files?.[0])
    chooser.value = ''
  })
  // Dropped on the lab, too. Other files are the playground's own, or text for the editor; else they are told what they
  // are not, as by the menu: a browser would leave the page for them.
  const dropped = (event: DragEvent): File | undefined => {
    if (!(event.target instanceof Element && event.target.closest('#lab'))) return undefined
    const files = [...(event.dataTransfer?.files ?? [])]
    const isTaken = event.defaultPrevented || data.lesson === 'play'
    return files.find(each => isHistoryFile(each.name)) ?? (isTaken ? undefined : files[0])
  }
  document.addEventListener('dragover', event => {
    if (event.target instanceof Element && event.target.closest('#lab')) event.preventDefault()
  })
  document.addEventListener('drop', event => {
    const file = dropped(event)
    if (!file) return
    event.preventDefault()
    void openFile(file)
  })
  const item = (name: string, text: string, run: () => void) =>
    h('button', { type: 'button', 'data-menu': name, onclick: run }, text)
  if (store.get(asideKey) !== null) tellAside(t.asideKept)
  if (kept.copy) notices.show('copy', { tone: 'wait', text: t.labCopy })

  // Somebody's link is looked at once the reader's own world is there.
  const linked = () => (location.hash.startsWith(linkMark) ? location.hash.slice(linkMark.length) : undefined)
  let link = linked()
  if (link !== undefined) window.history.replaceState(null, '', location.href.split('#')[0])
  connection.on('ready', () => {
    if (link === carried) look({ text: store.get(carriedKey, 'sessionStorage') ?? '' })
    else if (link !== undefined)
      look({ packed: link }, linkMark + link === store.get(ownLinkKey, 'sessionStorage'))
    link = undefined
    store.set(ownLinkKey, undefined, 'sessionStorage')
  })
  addEventListener('hashchange', () => {
    const packed = linked()
    if (packed !== undefined) look({ packed })
  })

  return {
    share,
    menu: [
      item('share', t.historyLink, share),
      item('download', t.historyDownload, () => download(fileName, history())),
      item('open', t.historyOpen, () => chooser.click()),
      item('export', t.historyExport, () => void sharing().then(each => each.exportScript())),
      item('report', t.historyReport, () => void sharing().then(each => each.report())),
      chooser,
    ],
    saved({ fresh, history, foreign, otherVersion, aside }) {
      const own = kept.get(worldKey())
      given = foreign ?? false
      before = own
      if (aside && own !== undefined) setAside(own, t.asideKept)
      if (history !== undefined) {
        if (foreign && own !== undefined && !isGuided(own)) setAside(own, t.asideLink)
        return {
          saved: history,
          ...(foreign && { foreign, otherVersion: true }),
          ...(otherVersion && { otherVersion }),
        }
      }
      return fresh || own === undefined ? {} : { saved: own }
    },
  }
}

/** Whether a history holds nothing but commands of its lesson. */
function isGuided(history: string): boolean {
  try {
    const [, deeds] = JSON.parse(history) as unknown[]
    return Array.isArray(deeds) && deeds.every(each => typeof each === 'number')
  } catch {
    return false
  }
}
