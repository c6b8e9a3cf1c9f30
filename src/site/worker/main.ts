// The worker: holds one session, gives it the real time that passes, and turns a crash into a message. What is big and
// rarely needed is loaded here, before the message that needs it is handled.
import { catalogParts } from '../../containers/catalog/loaders.ts'
import { rareParts } from '../../engine/rare.ts'
import { early } from '../../engine/rare-rooms.ts'
import type { Language } from '../../i18n/strings.ts'
import type { Drill } from '../../lesson/drill.ts'
import { HistoryError, readHeader } from '../../lesson/history-text.ts'
import type { Lesson } from '../../lesson/lesson.ts'
import { createScript, exerciseOf } from '../../lesson/script.ts'
import { version } from '../../lesson/version.ts'
import { loadForeseen, loadNeeds, withParts } from '../../parts/load.ts'
import type { Needs } from '../../parts/needs.ts'
import { lateObservers } from './observers/loaders.ts'
import type { FromWorker, Start, ToWorker } from './protocol.ts'
import { questionOf } from './questions/index.ts'
import { Session } from './session.ts'

const tickMs = 50
/** Real ms of a tick that may go into the world that Back shows. */
const spareMs = 10
/** … and so long the world goes on before the page's messages are looked at. */
const turnMs = 40
/** Messages and pings are heard at least so often while a history is replayed. */
const restMs = 100
/** Where the playground is (playground.ts, which is loaded with it alone). */
const playPlace = 'play'
/** A foreign history is not lived through for longer. */
const foreignMs = 20_000
const lessons = import.meta.glob<Lesson>('/content/*/*/lesson.ts', { import: 'default' })
const drills = import.meta.glob<Drill>('/content/drills/*/drill.ts', { import: 'default' })

/** A lesson, or a drill as one; its code is fetched. */
function lessonOf(id: string): Promise<Lesson> {
  const drill = drills[`/content/${id}/drill.ts`]
  if (drill)
    return Promise.all([drill(), import('../../lesson/drill.ts')]).then(([it, { drillLesson }]) =>
      drillLesson(it),
    )
  const load = lessons[`/content/${id}/lesson.ts`]
  if (!load) throw new Error(`no lesson ${id}`)
  return load()
}

/** What the page will be told once the present work has come to its end; a hang has none, so what is to be kept goes first. */
let outbox: FromWorker[] = []
const post = (message: FromWorker): void => {
  if (message.type === 'saved') self.postMessage(message)
  else outbox.push(message)
}
const fail = (error: unknown): void =>
  self.postMessage({ type: 'failed', error: error instanceof Error ? error.message : String(error) })

let session: Session | undefined
/** Files of the working directory, as far as the page has written them. */
let files: Record<string, string> = {}
let language: Language = 'en'
/** What the lesson will ask for, still to be loaded: once its first command has been carried out. */
let needs: Needs = {}
/** Messages are handled one after another, also where one waits for something to be loaded. */
let queue: Promise<void> = Promise.resolve()
let waiting = 0

async function begin(start: Start): Promise<void> {
  const play = start.lesson === playPlace ? await import('./play.ts') : undefined
  const options = play && (await withParts(() => play.optionsOf(start)))
  const first = { ...start.needs.first, [rareParts.family]: early[start.lesson]?.match(/[A-Z]\d*/g) ?? [] }
  const [lesson] = await Promise.all([
    options ? play!.playLesson(options) : lessonOf(start.lesson),
    loadNeeds(first),
  ])
  const { lesson: id, transcript } = start
  const { saved, foreign } = start
  files = { ...start.files }
  language = start.language
  if (saved !== undefined) await Promise.all([loadNeeds(start.needs.rest), loadForeseen(saved)])
  const exercise = foreign ? await foreignExercise(saved, id) : start.exercise
  if (exercise !== undefined) await loadNeeds(start.needs.exercises?.[exercise] ?? {})
  const script = await withParts(() =>
    createScript({ id, lesson, files: start.files, transcript, version, exercise }),
  )
  self.postMessage({ type: 'place', exercise, play: options })
  const created = await withParts(() => {
    outbox = []
    const more = play ? [new play.PlayFiles()] : []
    const fresh = new Session(script, start.language, post, () => after(turnMs), more)
    fresh.load(start)
    return fresh
  })
  const catchUp = () => created.catchUp(after(restMs))
  const again = () => {
    created.dropSpare()
    return catchUp()
  }
  const enough = after(foreign ? foreignMs : Number.POSITIVE_INFINITY)
  while (!(await withParts(catchUp, again))) {
    if (enough()) {
      await withParts(() => created.stopShort())
      break
    }
    await rest()
  }
  deliver()
  session = created
  needs = {
    ...start.needs.rest,
    [rareParts.family]: rareParts.names,
    [catalogParts.family]: catalogParts.names,
  }
  let last = performance.now()
  setInterval(() => {
    const now = performance.now()
    const passed = now - last
    last = now
    if (waiting === 0) inTurn(() => tick(passed))
  }, tickMs)
}

/** Where a history from somebody else belongs. */
async function foreignExercise(saved: string | undefined, lesson: string): Promise<string | undefined> {
  if (saved === undefined) return undefined
  try {
    return await withParts(() => exerciseOf(readHeader(saved).lesson, lesson))
  } catch (error) {
    if (error instanceof HistoryError) return undefined
    throw error
  }
}

async function tick(passed: number): Promise<void> {
  const playing = session?.running
  await withParts(() => session?.tick(passed), restore)
  deliver()
  if (playing) loadRest()
  const enough = after(spareMs)
  await withParts(
    () => {
      while (!enough() && session?.idle());
    },
    () => session?.dropSpare(),
  )
}

function restore(): void {
  outbox = []
  session?.restore()
}

function deliver(): void {
  for (const message of outbox) self.postMessage(message)
  outbox = []
}

/** What is not needed yet does not stand in the way of what is: the first command is played to its end before. */
function loadRest(): void {
  if (session && !session.running) void loadNeeds(needs).catch(() => {})
}

/** Whether so many ms have passed. */
const after = (ms: number): (() => boolean) => {
  const end = performance.now() + ms
  return () => performance.now() > end
}

/** Lets what has arrived in the meantime be heard. */
const rest = (): Promise<void> =>
  new Promise(resolve => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })

async function handle(message: ToWorker): Promise<void> {
  if (message.type === 'start') return begin(message)
  if (message.type === 'write') files[message.file] = message.text
  if (message.type === 'share' || message.type === 'export' || message.type === 'peek') {
    const { answer } = await import('./foreign.ts')
    if (session) self.postMessage(await answer(message, session))
    return
  }
  if (message.type === 'open') {
    const make = await lateObservers[message.part]?.()
    await withParts(() => session?.open(message.part, make))
    deliver()
    return
  }
  const question = questionOf(message.type)
  if (question) {
    const answer = await question()
    if (session) self.postMessage(await withParts(() => answer(session!, message, language)))
    return
  }
  if ('text' in message && message.text !== undefined)
    await loadForeseen(`${message.type} ${language} ${withFiles(message.text)}`)
  await withParts(
    () => session?.handle(message),
    () => {
      restore()
      session?.handle(message)
    },
  )
  deliver()
  loadRest()
}

/** A line with the texts of the files that it names: their words count too. */
const withFiles = (line: string): string =>
  [line, ...line.split(/[\s=]+/).map(word => files[word] ?? '')].join('\n')

/** After an error the world is not to be trusted: it stops, and the page offers to replay it. */
function stop(error: unknown): void {
  session = undefined
  outbox = []
  fail(error)
}

function inTurn(work: () => Promise<unknown>): void {
  waiting++
  queue = queue
    .then(work)
    .then(() => {}, stop)
    .finally(() => {
      waiting--
    })
}

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  if (data.type === 'ping') self.postMessage({ type: 'pong' })
  else inTurn(() => handle(data))
}
