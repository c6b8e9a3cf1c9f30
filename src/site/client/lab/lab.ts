// The lab panel: terminals, editor, the cluster's objects and the clock, beside the text. Loaded on first use; the world
// runs in a worker. The steps in the text and the guide in the panel drive the same world.

import { fill, type Language, strings } from '../../../i18n/strings.ts'
import style from '../../styles/lab.css?url'
import type { Start, TerminalId, ToWorker } from '../../worker/protocol.ts'
import { all, disable, h, isDisabled, loadStyle, store } from '../dom.ts'
import { ClusterView, clockText } from './cluster.ts'
import { Connection, warmWorker } from './connection.ts'
import { Editor } from './editor.ts'
import { Terminal } from './terminal.ts'

export interface LabData {
  readonly lesson: string
  readonly files: Readonly<Record<string, string>>
  readonly transcript: string
  readonly exercises: readonly string[]
  readonly needs: Start['needs']
}

export interface Lab {
  toggle(open?: boolean, focus?: boolean): void
  /** Between the text and the lab, by the keyboard. */
  hop(): void
  /** A button of a <Console> in the text. */
  step(button: HTMLElement): void
  why(object: string): void
  edit(file: string): void
  exercise(): void
}

let opened: Promise<Lab> | undefined
let fetched: Promise<LabData> | undefined
let styled: Promise<void> | undefined

const loadOwnStyle = (): Promise<void> => {
  styled ??= loadStyle(style)
  return styled
}

function fetchData(url: string): Promise<LabData> {
  fetched ??= fetch(url).then(answer => {
    if (answer.ok) return answer.json() as Promise<LabData>
    throw new Error(`${answer.status} ${url}`)
  })
  fetched.catch(() => {
    fetched = undefined
  })
  return fetched
}

/** The reader may want the lab soon: what it needs is fetched, its worker opened. */
export function warmLab(url: string): void {
  warmWorker()
  void loadOwnStyle()
  fetchData(url).catch(() => {})
}

export function openLab(url: string, language: string): Promise<Lab> {
  opened ??= Promise.all([fetchData(url), loadOwnStyle()])
    .then(([data]) => buildLab(data, url, language as Language))
    .catch(error => {
      opened = undefined
      throw error
    })
  return opened
}

const paces = [0, 1, 10] as const

function buildLab(data: LabData, url: string, language: Language): Lab {
  const t = strings[language]
  const root = document.documentElement
  const openButton = document.querySelector<HTMLElement>('[data-lab-open]')
  const connection = new Connection()
  const savedKey = `lab:${url}:world`
  const openKey = `lab:${url}:open`
  const instant = () => matchMedia('(prefers-reduced-motion: reduce)').matches

  // ---- parts
  const terminals = ([1, 2] as TerminalId[]).map(id => new Terminal(id, data.lesson, connection, t))
  const terminal = (id: TerminalId) => terminals[id - 1] as Terminal
  const editor = new Editor(
    data.lesson,
    data.files,
    connection,
    t,
    () => ([1, 2] as const).find(id => !terminal(id).busy),
    id => show(`terminal-${id}`, true),
  )
  const cluster = new ClusterView(
    t,
    command => {
      show('terminal-1')
      terminal(1).type(command)
    },
    object => connection.send({ type: 'details', object }),
  )

  // ---- tabs
  const panels: [string, string, HTMLElement][] = [
    ['terminal-1', fill(t.terminal, { n: 1 }), terminal(1).element],
    ['terminal-2', fill(t.terminal, { n: 2 }), terminal(2).element],
    ['editor', t.editor, editor.element],
    ['cluster', t.cluster, cluster.element],
  ]
  const tabs = panels.map(([name, text, panel]) => {
    panel.id = `lab-${name}`
    panel.setAttribute('role', 'tabpanel')
    panel.setAttribute('aria-labelledby', `lab-tab-${name}`)
    panel.dataset.panel = name
    return h(
      'button',
      {
        type: 'button',
        role: 'tab',
        id: `lab-tab-${name}`,
        'aria-controls': `lab-${name}`,
        'data-tab': name,
        onclick: () => show(name, name !== 'cluster'),
      },
      text,
    )
  })
  const tabList = h('div', { class: 'lab-tabs', role: 'tablist', 'aria-label': t.lab }, ...tabs)
  tabList.addEventListener('keydown', event => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (!step) return
    const seen = tabs.filter(each => each.offsetParent)
    const at = seen.indexOf(document.activeElement as HTMLButtonElement)
    const next = seen[(at + step + seen.length) % seen.length]
    show(next?.dataset.tab ?? selected)
    next?.focus()
    event.preventDefault()
  })

  let selected = 'terminal-1'
  const show = (name: string, focus = false): void => {
    selected = name
    for (const [index, [each, , panel]] of panels.entries()) {
      const open = each === name
      panel.classList.toggle('shown', open)
      tabs[index]?.setAttribute('aria-selected', String(open))
      tabs[index]?.setAttribute('tabindex', open ? '0' : '-1')
    }
    if (!focus) return
    if (name === 'editor') editor.focus()
    else if (name === 'cluster') cluster.element.focus()
    else terminal(name === 'terminal-2' ? 2 : 1).focus()
  }

  // ---- clock and pace
  const clock = h('output', { class: 'clock', 'aria-label': t.clockLabel }, '00:00')
  const paceNames = [t.pacePause, t.paceNormal, t.paceFast]
  const paceButtons = paces.map((speed, index) =>
    h(
      'button',
      {
        type: 'button',
        title: paceNames[index],
        'aria-label': `${['', '1×', '10×'][index]} ${paceNames[index]}`.trim(),
        'aria-pressed': 'false',
        onclick: () => connection.send({ type: 'pace', speed }),
      },
      ['❚❚', '1×', '10×'][index],
    ),
  )
  const pace = h(
    'div',
    { class: 'pace', role: 'group', 'aria-label': t.pace },
    clock,
    ...paceButtons,
    h(
      'button',
      {
        type: 'button',
        title: t.paceStep,
        'aria-label': t.paceStep,
        onclick: () => connection.send({ type: 'next-event' }),
      },
      '▸❘',
    ),
  )
  connection.on('clock', ({ elapsed, speed }) => {
    clock.textContent = clockText(elapsed)
    for (const [index, button] of paceButtons.entries())
      button.setAttribute('aria-pressed', String(paces[index] === speed))
  })

  // ---- guide: the lesson's commands, one after another
  const guideCommand = h('code', { class: 'guide-command' })
  const guidePosition = h('span', { class: 'guide-position' })
  const guideNote = h('p', { class: 'guide-note' })
  const guideButton = (action: 'next' | 'back' | 'reset', text: string, title: string, primary = false) =>
    h(
      'button',
      {
        type: 'button',
        class: primary ? 'primary' : undefined,
        title,
        onclick: (event: Event) => isDisabled(event.currentTarget as HTMLElement) || act(action),
        'data-guide': action,
      },
      text,
    )
  const nextButton = guideButton('next', t.stepNext, t.stepNextTitle, true)
  const backButton = guideButton('back', t.stepBack, t.stepBackTitle)
  const resetButton = guideButton('reset', t.stepReset, t.labNewWorld)
  const guide = h(
    'section',
    { class: 'guide', 'aria-label': t.guide },
    h(
      'div',
      { class: 'guide-row' },
      guidePosition,
      guideCommand,
      h('div', { class: 'guide-buttons' }, backButton, nextButton, resetButton),
    ),
    guideNote,
  )
  const act = (action: 'run' | 'next' | 'back' | 'reset', step?: string): void => {
    const message: ToWorker =
      action === 'run' || action === 'next'
        ? { type: action, step, instant: instant() }
        : action === 'reset' && step !== undefined
          ? { type: action, step }
          : { type: action }
    connection.send(message)
  }

  const commandElements = all('[data-command]')
  connection.on('guide', state => {
    guidePosition.textContent = fill(t.guidePosition, { n: state.position, total: state.total })
    guideCommand.textContent = state.next ? `$ ${state.next.command}` : ''
    guideCommand.title = state.next?.command ?? ''
    guideNote.textContent = state.diverged
      ? t.guideDiverged
      : state.position === 0
        ? t.guideStart
        : state.position >= state.total
          ? t.guideEnd
          : ''
    disable(nextButton, state.running || state.position >= state.total)
    disable(backButton, state.position === 0 || state.running)
    for (const element of commandElements) {
      const index = Number(element.dataset.command)
      if (index < state.position) element.dataset.state = state.same[index] === false ? 'differs' : 'done'
      else if (state.running && index === state.position) element.dataset.state = 'running'
      else delete element.dataset.state
    }
    for (const element of all('.console[data-step]')) {
      const from = Number(element.dataset.from)
      const to = Number(element.dataset.to)
      const same = state.same.slice(from, to)
      const status = element.querySelector('.step-status')
      const text =
        state.position >= to
          ? same.includes(false)
            ? t.notAsPrinted
            : t.asPrinted
          : same.includes(false)
            ? t.notAsPrinted
            : ''
      if (status && status.textContent !== text) status.textContent = text
      element.toggleAttribute('data-same', state.position >= to && !same.includes(false))
      for (const button of all<HTMLButtonElement>('[data-step-action]', element)) {
        const { stepAction } = button.dataset
        disable(
          button,
          state.running ||
            (stepAction === 'next' && state.position >= to) ||
            (stepAction === 'back' && state.position <= from) ||
            (stepAction === 'reset' && state.position <= from && !state.diverged),
        )
      }
    }
    if (state.position >= state.total && state.total > 0) markDone(data.lesson)
  })

  // ---- what the world says
  connection.on('output', ({ terminal: id, text }) => terminal(id).write(text))
  connection.on('echo', ({ terminal: id, prompt, text }) => terminal(id).echo(prompt, text))
  connection.on('clear', ({ terminal: id }) => terminal(id).clear())
  connection.on('prompt', ({ terminal: id, prompt, busy }) => terminal(id).setPrompt(prompt, busy))
  connection.on('completions', ({ id, text, choices }) => {
    for (const each of terminals) each.complete(id, text, choices)
  })
  connection.on('objects', ({ reset, changed, deleted }) => cluster.update(reset, changed, deleted))
  connection.on('events', ({ reset, events }) => cluster.setEvents(reset, events))
  connection.on('details', ({ details }) => cluster.showDetails(details))
  connection.on('saved', ({ history }) => store.set(savedKey, history, 'sessionStorage'))
  connection.on('ask-reset', ({ step }) =>
    connection.send({ type: 'reset', sure: true, ...(step !== undefined && { step }) }),
  )
  connection.on('exercise', ({ name, done }) => {
    const element = document.querySelector<HTMLElement>(`[data-exercise="${CSS.escape(name)}"]`)
    const state = element?.querySelector<HTMLElement>('.exercise-state')
    if (!element || !state || element.hasAttribute('data-done') === done) return
    element.toggleAttribute('data-done', done)
    state.textContent = (done ? state.dataset.done : state.dataset.open) ?? ''
  })
  const failure = h('div', { class: 'lab-failure', role: 'alert', hidden: true })
  connection.on('failed', ({ error }) => {
    failure.replaceChildren(
      h('p', {}, error ? fill(t.labFailed, { error }) : t.labUnreachable),
      h('button', { type: 'button', onclick: () => start({ skipRunning: true }) }, t.labRestart),
      h('button', { type: 'button', onclick: () => start({ fresh: true }) }, t.labNewWorld),
    )
    failure.hidden = false
    loading.hidden = true
  })

  const loading = h('p', { class: 'lab-loading', role: 'status' })
  connection.on('ready', () => {
    loading.hidden = true
  })
  const start = ({ fresh = false, skipRunning = false } = {}): void => {
    failure.hidden = true
    const saved = fresh ? undefined : (store.get(savedKey, 'sessionStorage') ?? undefined)
    loading.hidden = false
    loading.textContent = saved ? t.labReplay : t.labLoading
    for (const each of terminals) each.clear()
    connection.start({
      type: 'start',
      lesson: data.lesson,
      language,
      files: data.files,
      transcript: data.transcript,
      needs: data.needs,
      saved,
      skipRunning,
    })
  }

  // ---- the panel itself
  const closeButton = h(
    'button',
    {
      type: 'button',
      class: 'lab-close',
      'aria-label': t.labClose,
      title: t.labClose,
      onclick: () => toggle(false),
    },
    '✕',
  )
  const panel = h(
    'aside',
    { class: 'lab', id: 'lab', 'aria-label': t.lab, hidden: true, tabindex: '-1' },
    h('header', { class: 'lab-head' }, h('h2', {}, t.lab), pace, closeButton),
    guide,
    failure,
    loading,
    tabList,
    h('div', { class: 'lab-panels' }, ...panels.map(([, , element]) => element)),
  )
  panel.addEventListener('keydown', event => {
    if (event.key === 'Escape' && event.target === panel) toggle(false)
  })
  document.body.append(panel)
  show('terminal-1')
  openButton?.setAttribute('aria-controls', 'lab')

  /** Where the keyboard was in the text, for the way back. */
  let left: HTMLElement | null = null
  const toggle = (open = panel.hidden !== false, focus = true): void => {
    panel.hidden = !open
    root.toggleAttribute('data-lab-shown', open)
    openButton?.setAttribute('aria-expanded', String(open))
    openButton?.setAttribute('aria-label', open ? t.labClose : t.labOpen)
    store.set(openKey, open ? '1' : undefined, 'sessionStorage')
    connection.send({ type: 'visible', visible: open && document.visibilityState === 'visible' })
    if (!focus) return
    if (open) panel.focus({ preventScroll: true })
    else openButton?.focus()
  }
  document.addEventListener('visibilitychange', () =>
    connection.send({ type: 'visible', visible: !panel.hidden && document.visibilityState === 'visible' }),
  )
  start()

  const reveal = () => {
    if (panel.hidden) toggle(true, false)
  }
  return {
    toggle,
    hop() {
      const active = document.activeElement as HTMLElement | null
      if (panel.contains(active)) (left?.isConnected ? left : openButton)?.focus()
      else {
        left = active
        reveal()
        show(selected, true)
      }
    },
    step(button) {
      if (isDisabled(button)) return
      reveal()
      const step = button.closest<HTMLElement>('[data-step]')?.dataset.step
      show('terminal-1')
      act(button.dataset.stepAction as 'run', step)
    },
    why(object) {
      reveal()
      show('cluster')
      cluster.open(object)
    },
    edit(file) {
      reveal()
      show('editor')
      editor.open(file)
      editor.focus()
    },
    exercise() {
      reveal()
      show('terminal-1', true)
    },
  }
}

function markDone(lesson: string): void {
  let done: string[] = []
  try {
    done = JSON.parse(store.get('done') ?? '[]') as string[]
  } catch {
    // a spoilt entry starts anew
  }
  if (done.includes(lesson)) return
  store.set('done', JSON.stringify([...done, lesson]))
  for (const link of all(`[data-lesson="${CSS.escape(lesson)}"]`)) link.dataset.done = ''
}
