// What was done, kept across a reload: in this tab, as the worker tells it. What does not belong to the lesson any more is
// set aside and can be downloaded; a storage that is full is said at once. A history can also leave as a file or as an
// address, and come back from either.
import { announce, download, h, store } from '../dom.ts'
import type { Lab, Part, RestartOptions } from './part.ts'

export interface Saver extends Part {
  /** What a start of the worker takes up. */
  saved(options: RestartOptions): { saved?: string; shared?: string }
}

const linkMark = '#h='

export function saver(lab: Lab): Saver {
  const { connection, notices, t, data } = lab
  const worldKey = () => lab.key(lab.place.exercise === undefined ? 'world' : `world@${lab.place.exercise}`)
  const asideKey = lab.key('aside')
  const fileName = `${data.lesson.split('/').at(-1)}.history.json`
  /** The latest one, also where it could not be stored. */
  let latest: string | undefined
  let shared = location.hash.startsWith(linkMark) ? location.hash.slice(linkMark.length) : undefined

  const tellAside = (text: string): void => {
    const aside = store.get(asideKey, 'sessionStorage')
    if (aside === null) return
    notices.show('aside', {
      tone: 'wait',
      text,
      actions: [
        { text: t.historyDownload, run: () => download(fileName, aside), keep: true },
        {
          text: t.historyForget,
          run: () => {
            store.set(asideKey, undefined, 'sessionStorage')
            notices.hide('aside')
          },
          keep: true,
        },
      ],
      settled: true,
    })
  }

  connection.on('saved', ({ history }) => {
    latest = history
    if (store.set(worldKey(), history, 'sessionStorage')) notices.hide('full')
    else if (!notices.has('full'))
      notices.show('full', {
        tone: 'bad',
        text: t.storageFull,
        actions: [{ text: t.historyDownload, run: () => download(fileName, latest ?? ''), keep: true }],
      })
  })
  connection.on('set-aside', ({ reason, history }) => {
    store.set(asideKey, history, 'sessionStorage')
    const words = {
      spoilt: t.asideSpoilt,
      lesson: t.asideLesson,
      changed: t.asideChanged,
      version: t.asideVersion,
    }
    tellAside(words[reason])
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
  connection.on('shared', ({ text }) => {
    const address = `${location.href.split('#')[0]}${linkMark}${text}`
    navigator.clipboard.writeText(address).then(
      () => announce(t.historyLinkCopied, true),
      () => announce(t.copyFailed, true),
    )
  })

  const chooser = h('input', {
    type: 'file',
    accept: '.json',
    hidden: true,
    tabindex: '-1',
    'aria-hidden': 'true',
  })
  chooser.addEventListener('change', async () => {
    const text = await chooser.files?.[0]?.text()
    chooser.value = ''
    if (text !== undefined) lab.restart({ history: text })
  })
  const item = (text: string, run: () => void) => h('button', { type: 'button', onclick: run }, text)
  if (store.get(asideKey, 'sessionStorage') !== null) tellAside(t.asideKept)

  return {
    menu: [
      item(t.historyLink, () => connection.send({ type: 'share' })),
      item(t.historyDownload, () =>
        download(fileName, latest ?? store.get(worldKey(), 'sessionStorage') ?? ''),
      ),
      item(t.historyOpen, () => chooser.click()),
      chooser,
    ],
    saved({ fresh, history }) {
      if (history !== undefined) return { saved: history }
      const own = store.get(worldKey(), 'sessionStorage') ?? undefined
      if (shared !== undefined && !fresh) {
        // A shared history comes once; what was done here before stays at hand.
        const packed = shared
        shared = undefined
        window.history.replaceState(null, '', location.href.split('#')[0])
        if (own !== undefined) {
          store.set(asideKey, own, 'sessionStorage')
          tellAside(t.asideLink)
        }
        return { shared: packed }
      }
      return fresh || own === undefined ? {} : { saved: own }
    },
  }
}
