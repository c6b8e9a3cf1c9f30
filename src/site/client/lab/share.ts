// Sharing: a link or a file that holds what was done here, a script for another cluster, a report of a fault; and what
// comes from others, which is summed up before anything of it runs. Loaded when it is first asked for.
import { fill } from '../../../i18n/fill.ts'
import style from '../../styles/lab/share.css?url'
import type { FromWorker, Summary } from '../../worker/protocol.ts'
import { clockText } from '../clock-text.ts'
import { announce, download, h, loadStyle, ofBuild, store } from '../dom.ts'
import { carried, carriedKey, linkMark } from './link.ts'
import type { Lab } from './part.ts'

type Of<T extends FromWorker['type']> = Extract<FromWorker, { type: T }>

export interface Sharing {
  /** A link to what was done, or a file where that is too much for one. */
  share(): void
  exportScript(): void
  report(): void
  /**
   * What came from somebody else, packed in an address or as a file's text: it is summed up, and runs when the reader says
   * so; at once where it comes from a page of this site (`isOwn`). Such a page's address may hold its name alone.
   */
  look(what: { packed: string } | { text: string }, isOwn?: boolean): void
}

/** `history`: what was done, as text; `run`: takes up a foreign one. */
export async function sharing(
  lab: Lab,
  { fileName, history, run }: { fileName: string; history: () => string; run: (history: string) => void },
): Promise<Sharing> {
  const { connection, language, notices } = lab
  /** In a frame of another site (embed/frame.ts) it stays in the frame; what is shared is of this site. */
  const { base, embed } = document.documentElement.dataset
  const [{ words: w }] = await Promise.all([
    language === 'zh' ? import('../../../i18n/lab/share.zh.ts') : import('../../../i18n/lab/share.en.ts'),
    loadStyle(style),
  ])
  /** What is done with the next answer to `share`. */
  let answered: (answer: Of<'shared'>) => void = () => {}

  const copy = (text: string): void => {
    navigator.clipboard.writeText(text).then(
      () => announce(lab.t.copied, true),
      () => announce(lab.t.copyFailed, true),
    )
  }
  const button = (text: string, run: () => void, attributes: Record<string, unknown> = {}) =>
    h('button', { type: 'button', onclick: run, ...attributes }, text)
  const save = () => download(fileName, history())
  const exportScript = () => connection.send({ type: 'export', words: w.script })

  /** A dialog with these contents; a button of it closes it by `close`. */
  function dialog(name: string, title: string, ...content: HTMLElement[]): HTMLDialogElement {
    document.querySelector('dialog.share')?.remove()
    const element = h(
      'dialog',
      { class: 'ask share', 'data-share': name, 'aria-labelledby': 'share-title' },
      h('h2', { id: 'share-title' }, title),
      ...content,
    )
    element.addEventListener('close', () => element.remove())
    element.addEventListener('click', event => {
      if (event.target === element) element.close() // beside it
    })
    document.body.append(element)
    element.showModal()
    return element
  }
  const closeButton = () =>
    button(lab.t.close, () => document.querySelector<HTMLDialogElement>('dialog.share')?.close())
  const counted = ({ commands, files, elapsed }: Summary) => ({
    commands,
    files: files.length,
    time: clockText(elapsed),
  })

  connection.on('shared', answer => answered(answer))
  connection.on('exported', ({ text }) => download(w.exportName, text, 'text/x-shellscript'))
  connection.on('cut', ({ done, of }) =>
    notices.show('cut', { tone: 'wait', text: fill(w.cut, { done, of }) }),
  )
  connection.on('refused', refused => {
    if (refused.reason !== 'elsewhere') {
      notices.show('refused', { tone: 'bad', text: w.refused[refused.reason] })
      return
    }
    const { place, history } = refused
    const known = /^(?:play|[\w-]+\/[\w-]+)$/.test(place)
    notices.show('refused', {
      tone: 'wait',
      text: fill(w.elsewhere, { place }),
      actions: known
        ? [
            {
              text: w.elsewhereGo,
              run: () => {
                if (store.set(carriedKey, history, 'sessionStorage'))
                  location.assign(
                    `${base}${language}/${embed === undefined ? `${place}/` : `embed/${place === 'play' ? '' : `?lesson=${place}`}`}${linkMark}${carried}`,
                  )
              },
            },
          ]
        : [],
    })
  })
  connection.on('foreign', ({ history, summary, sameVersion, script, own }) => {
    if (own) {
      run(history)
      return
    }
    const { play, acts, paths } = summary
    const options = play && [
      fill(w.foreignNodes, { n: play.workers }),
      play.metrics && 'metrics',
      play.loadBalancer && 'load balancer',
      play.ingressController && 'ingress',
      play.anyImage && w.foreignAnyImage,
    ]
    const facts = [
      fill(w.foreignHolds, counted(summary)),
      acts > 0 && fill(w.foreignActs, { n: acts }),
      paths > 1 && fill(w.foreignPaths, { n: paths }),
      options?.filter(Boolean).join(' · '),
      !sameVersion && w.foreignVersion,
    ].filter(each => typeof each === 'string')
    const text = h(
      'pre',
      { class: 'share-text', tabindex: '0', 'aria-label': w.foreignText, hidden: true },
      script,
    )
    const element = dialog(
      'foreign',
      w.foreignTitle,
      h('ul', { class: 'share-facts' }, ...facts.map(each => h('li', {}, each))),
      h('p', {}, w.foreignKept),
      text,
      h(
        'div',
        { class: 'ask-buttons' },
        button(w.foreignDiscard, () => element.close(), { 'data-foreign': 'discard' }),
        button(
          w.foreignLook,
          () => {
            text.hidden = !text.hidden
            if (!text.hidden) text.focus()
          },
          { 'data-foreign': 'look' },
        ),
        button(
          w.foreignRun,
          () => {
            element.close()
            run(history)
          },
          { class: 'primary', 'data-foreign': 'run' },
        ),
      ),
    )
  })

  const peek = (what: { packed: string } | { text: string }, own: boolean) =>
    connection.send({ type: 'peek', words: w.script, own, ...what })
  /** `packed`: taken for what it says where nothing has that name. */
  async function lookNamed(packed: string, own: boolean): Promise<void> {
    try {
      const histories = await namedHistories(base)
      const text = Object.hasOwn(histories, packed) ? histories[packed] : undefined
      peek(text === undefined ? { packed } : { text }, own)
    } catch {
      notices.show('refused', { tone: 'bad', text: lab.t.labUnreachable })
    }
  }

  return {
    exportScript,
    look(what, own = false) {
      // What is packed has no slash in it.
      if ('packed' in what && what.packed.includes('/')) void lookNamed(what.packed, own)
      else peek(what, own)
    },
    share() {
      answered = ({ packed, summary, alone }) => {
        const tools = h(
          'div',
          { class: 'ask-buttons' },
          closeButton(),
          button(w.shareExport, exportScript),
          button(w.shareSave, save, {
            'data-share-save': '',
            class: packed === undefined ? 'primary' : undefined,
          }),
        )
        if (packed === undefined) {
          dialog('share', w.shareTitle, h('p', {}, fill(w.shareTooLong, counted(summary))), tools)
          return
        }
        const page = new URL(`${base}${language}/${lab.data.lesson}/`, location.href)
        const address = `${page}${linkMark}${packed}`
        const field = h('input', { readonly: true, value: address, 'aria-label': w.shareAddress })
        field.addEventListener('focus', () => field.select())
        const size = `${(address.length / 1000).toFixed(1)} KB`
        dialog(
          'share',
          w.shareTitle,
          h(
            'div',
            { class: 'share-address' },
            field,
            button(w.shareCopy, () => copy(address), {
              class: 'primary',
              'data-share-copy': '',
              autofocus: true,
            }),
          ),
          h('p', {}, fill(w.shareHolds, { ...counted(summary), size })),
          ...(alone ? [h('p', {}, w.shareOnePath)] : []),
          h('p', { class: 'muted' }, w.shareAnchor),
          tools,
        )
      }
      connection.send({ type: 'share' })
    },
    report() {
      answered = ({ summary }) => {
        const text = h('textarea', { rows: '12', 'aria-label': w.reportTitle })
        text.value = fill(w.reportText, {
          place: summary.place,
          version: summary.version,
          browser: navigator.userAgent,
          file: fileName,
        })
        dialog(
          'report',
          w.reportTitle,
          h('p', {}, w.reportLead),
          text,
          h(
            'div',
            { class: 'ask-buttons' },
            closeButton(),
            button(w.reportCopy, () => copy(text.value)),
            button(w.reportSave, save, { class: 'primary', 'data-share-save': '' }),
          ),
        )
      }
      connection.send({ type: 'share' })
    },
  }
}

/** What the pages of this site lead to (pages/lab/named.json.ts). */
async function namedHistories(base = '/'): Promise<Readonly<Record<string, string>>> {
  const address = ofBuild(`${base}lab/named.json`)
  const answer = await fetch(address)
  if (!answer.ok) throw new Error(`${answer.status} ${address}`)
  return answer.json()
}
