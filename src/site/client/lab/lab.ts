// The lab: its parts, the panel that holds them, and what the text asks of it. Loaded on first use; the world runs in a
// worker. A part is one file here and one observer in the worker: see CONTRIBUTING.md.
import type { Language, Strings } from '../../../i18n/strings.ts'
import style from '../../styles/lab.css?url'
import { isDisabled, loadStyle, ofBuild, store } from '../dom.ts'
import { Connection, warmWorker } from './connection.ts'
import { editor } from './editor.ts'
import { exercises } from './exercises.ts'
import { faults } from './faults.ts'
import { figures } from './figures.ts'
import { guide, type StepAction } from './guide.ts'
import { inspect } from './inspect.ts'
import { type Keeping, keeping } from './keeping.ts'
import { keys } from './keys.ts'
import { lateMap } from './map/late.ts'
import { requests } from './map/requests.ts'
import { Notices } from './notices.ts'
import { Panel } from './panel.ts'
import type { Lab, LabData, RestartOptions } from './part.ts'
import type { MakePlay } from './play.ts'
import { saver } from './saver.ts'
import { terminals } from './terminals.ts'
import { history } from './time/history.ts'
import { timeRow } from './time/row.ts'
import { travel } from './travel.ts'
import { tutor } from './tutor.ts'
import { watchdog } from './watchdog.ts'
import { why } from './why.ts'

/** What the text asks of the lab. */
export interface OpenLab {
  toggle(open?: boolean, focus?: boolean): void
  /** Between the text and the lab, by the keyboard. */
  hop(): void
  /** Opens one of the lesson's files in the editor. */
  edit(file: string): void
  /** What a button in the text says: `data-step-action`, `data-fault`, `data-why` … */
  act(button: HTMLElement): void
}

/** Only one of them is needed. */
const words = {
  zh: () => import('../../../i18n/zh.ts').then(({ zh }) => zh),
  en: () => import('../../../i18n/en.ts').then(({ en }) => en),
}

let opened: Promise<OpenLab> | undefined
let fetched: Promise<LabData> | undefined
let styled: Promise<void> | undefined

const loadOwnStyle = (): Promise<void> => {
  styled ??= loadStyle(style)
  return styled
}

function fetchData(url: string): Promise<LabData> {
  fetched ??= fetch(ofBuild(url)).then(answer => {
    if (answer.ok) return answer.json() as Promise<LabData>
    throw new Error(`${answer.status} ${url}`)
  })
  fetched.catch(() => {
    fetched = undefined
  })
  return fetched
}

type DrillPart = typeof import('./drill.ts').drill

interface Own {
  readonly data: LabData
  readonly drill: DrillPart | undefined
  readonly play: MakePlay | undefined
}

/** What a drill or the playground has in the place of steps comes with it, before its world says how it stands. */
async function withOwn(data: LabData, language: Language): Promise<Own> {
  return {
    data,
    drill: data.drill ? (await import('./drill.ts')).drill : undefined,
    play: data.lesson === 'play' ? await (await import('./play.ts')).loadPlay(language) : undefined,
  }
}

/** The reader may want the lab soon: what it needs is fetched, its worker opened. */
export function warmLab(url: string, language: Language): void {
  warmWorker()
  void loadOwnStyle()
  words[language]().catch(() => {})
  fetchData(url).catch(() => {})
}

/** `exercise`: where it is not open yet, it opens in the world of that one. */
export function openLab(url: string, language: Language, exercise?: string): Promise<OpenLab> {
  opened ??= Promise.all([
    fetchData(url).then(data => withOwn(data, language)),
    words[language](),
    keeping(`lab:${url}`),
    loadOwnStyle(),
  ])
    .then(([own, t, kept]) => buildLab({ ...own, t, url, language, kept, exercise }))
    .catch(error => {
      opened = undefined
      document.getElementById('lab')?.remove() // half of a panel is none
      throw error
    })
  return opened
}

interface Ingredients extends Own {
  readonly url: string
  readonly language: Language
  readonly t: Strings
  readonly kept: Keeping
  readonly exercise: string | undefined
}

function buildLab({ data, drill, play, url, language, t, kept, exercise }: Ingredients): OpenLab {
  const root = document.documentElement
  const openButton = document.querySelector<HTMLElement>('[data-lab-open]')
  const connection = new Connection()
  const notices = new Notices(t)
  const lab: Lab = {
    data,
    language,
    t,
    connection,
    notices,
    kept,
    place: { exercise: undefined },
    enter(exercise) {
      if (lab.place.exercise === exercise) return
      lab.place.exercise = exercise
      start()
    },
    key: name => `lab:${url}:${name}`,
    show: (tab, focus) => panel.show(tab, focus),
    badge: (tab, text) => panel.badge(tab, text),
    offer: tab => panel.offer(tab),
    inspect: object => objects.open(object),
    why: about => answers.ask(about),
    type: command => hands.type(command),
    restart: options => start(options),
  }

  // The exercise that opens the lab, or the one that was open before a reload, if there still is one.
  const exerciseKey = lab.key('exercise')
  const first = exercise ?? store.get(exerciseKey, 'sessionStorage') ?? ''
  if (data.exercises.includes(first)) lab.place.exercise = first
  connection.on('place', ({ exercise }) => {
    lab.place.exercise = exercise
    store.set(exerciseKey, exercise, 'sessionStorage')
  })

  // ---- parts, in the order in which they stand in the panel
  const guided = guide(lab)
  const steps = drill ? { ...guided, task: drill(lab) } : guided
  const hands = terminals(lab)
  const files = editor(lab, hands.idle)
  tutor(lab, hands, files)
  const objects = inspect(lab)
  const answers = why(lab, hands, files)
  const saving = saver(lab)
  const watch = watchdog(lab)
  const broken = faults(lab)
  const parts = [
    timeRow(lab, steps.back),
    lateMap(lab),
    hands,
    files,
    answers,
    objects,
    requests(lab),
    history(lab),
    ...(data.drill ? [] : [exercises(lab), broken]),
    travel(lab),
    saving,
    watch,
    figures(lab),
    keys(lab),
    play ? play(lab, files, saving.share) : steps,
  ]
  const panel = new Panel(parts, notices.element, t, () => toggle(false))
  document.body.append(panel.element)
  openButton?.setAttribute('aria-controls', 'lab')

  function start(options: RestartOptions = {}): void {
    const saved = saving.saved(options)
    watch.begins(saved.saved !== undefined)
    connection.start({
      type: 'start',
      lesson: data.lesson,
      language,
      // Those of the playground are its history's.
      files: play ? {} : data.files,
      play: options.play,
      transcript: data.transcript,
      needs: data.needs,
      exercise: lab.place.exercise,
      ...saved,
      skipRunning: options.skipRunning ?? watch.hung(),
    })
    connection.send({ type: 'ping' }) // answered before the first piece of work
    tellVisible()
  }

  const tellVisible = () =>
    connection.send({
      type: 'visible',
      visible: !panel.element.hidden && document.visibilityState === 'visible',
    })
  document.addEventListener('visibilitychange', tellVisible)

  /** Where the keyboard was in the text, for the way back. */
  let left: HTMLElement | null = null
  const toggle = (open = panel.element.hidden === true, focus = true): void => {
    panel.element.hidden = !open
    root.toggleAttribute('data-lab-shown', open)
    openButton?.setAttribute('aria-expanded', String(open))
    openButton?.setAttribute('aria-label', open ? t.labClose : t.labOpen)
    store.set(lab.key('open'), open ? '1' : undefined, 'sessionStorage')
    tellVisible()
    if (open) panel.opened()
    if (!focus) return
    if (open) panel.element.focus({ preventScroll: true })
    else (left?.isConnected ? left : openButton)?.focus({ preventScroll: true })
  }
  panel.whole = document.querySelector('[data-lab-whole]') !== null
  panel.height = panel.whole ? 'full' : 'middle'
  start()

  const reveal = (): void => {
    if (panel.element.hidden) toggle(true, false)
    panel.raise('middle')
  }
  const entry: OpenLab = {
    toggle(open, focus) {
      left = null
      toggle(open, focus)
    },
    hop() {
      const active = document.activeElement as HTMLElement | null
      if (panel.element.contains(active))
        (left?.isConnected ? left : openButton)?.focus({ preventScroll: true })
      else {
        left = active
        reveal()
        panel.show(panel.selected, true)
      }
    },
    edit(file) {
      reveal()
      panel.show('editor')
      files.open(file)
      panel.show('editor', true)
    },
    act(button) {
      for (const [name, act] of Object.entries(acts)) {
        const value = button.dataset[name]
        if (value !== undefined) act(button, value)
      }
    },
  }
  /** By the name of what a button in the text carries. The page looks for these (page.ts). */
  const acts: Readonly<Record<string, (button: HTMLElement, value: string) => void>> = {
    labOpen: () => entry.toggle(),
    stepAction(button, action) {
      if (isDisabled(button)) return
      reveal()
      const element = button.closest<HTMLElement>('[data-step]')
      panel.show('terminal-1')
      lab.enter(undefined)
      steps.act(action as StepAction, element?.dataset.step)
      if (element) keepInView(element)
    },
    why(_, object) {
      reveal()
      lab.why(object)
    },
    edit: (_, file) => entry.edit(file),
    exerciseStart(_, name) {
      reveal()
      panel.show('terminal-1', true)
      lab.enter(name)
    },
    drillStart() {
      reveal()
      panel.show('terminal-1', true)
    },
    fault(button) {
      reveal()
      broken.toggle(button)
    },
    pass(button) {
      reveal()
      broken.pass(button)
    },
  }
  return entry
}

/** Where the lab is a sheet over the text, the pressed step comes to stand just under the page's header, above it. */
function keepInView(step: HTMLElement): void {
  if (!matchMedia('(width < 64rem)').matches) return
  const top = document.querySelector('.top')?.getBoundingClientRect().bottom ?? 0
  scrollBy({ top: step.getBoundingClientRect().top - top - 8 })
}
