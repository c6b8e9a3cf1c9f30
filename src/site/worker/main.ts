// The worker: holds one session, gives it the real time that passes, and turns a crash into a message. What is big and
// rarely needed is loaded here, before the message that needs it is handled.
import type { Lesson } from '../../lesson/lesson.ts'
import { loadForeseen, withParts } from '../../parts/load.ts'
import { createScript } from './lesson-script.ts'
import type { FromWorker, Start, ToWorker } from './protocol.ts'
import { Session } from './session.ts'

const tickMs = 50
const lessons = import.meta.glob<Lesson>('/content/*/*/lesson.ts', { import: 'default' })
const explanations = {
  zh: () => import('../../i18n/diagnostics.zh.ts').then(module => module.diagnosticsZh),
  en: () => import('../../i18n/diagnostics.en.ts').then(module => module.diagnosticsEn),
}

const post = (message: FromWorker): void => self.postMessage(message)
const fail = (error: unknown): void =>
  post({ type: 'failed', error: error instanceof Error ? error.message : String(error) })

let session: Session | undefined
/** Files of the working directory, as far as the page has written them. */
let files: Record<string, string> = {}
/** Messages are handled one after another, also where one waits for something to be loaded. */
let queue: Promise<void> = Promise.resolve()
let idle = true

async function begin(start: Start): Promise<void> {
  const load = lessons[`/content/${start.lesson}/lesson.ts`]
  if (!load) throw new Error(`no lesson ${start.lesson}`)
  const [lesson, words] = await Promise.all([load(), explanations[start.language]()])
  const typed = start.saved?.actions.map(each => (each.type === 'input' ? each.text : '')) ?? []
  files = { ...start.files }
  await loadForeseen([start.transcript, ...typed, ...Object.values(files)].join('\n'))
  session = await withParts(() => new Session(start, createScript(start, lesson), words, post))
  let last = performance.now()
  setInterval(() => {
    const now = performance.now()
    const passed = now - last
    last = now
    if (idle) inTurn(() => withParts(() => session?.tick(passed), restore))
  }, tickMs)
}

const restore = (): void => session?.restore()

async function handle(message: ToWorker): Promise<void> {
  if (message.type === 'start') return begin(message)
  if (message.type === 'write') files[message.file] = message.text
  if ('text' in message) await loadForeseen(withFiles(message.text))
  await withParts(
    () => session?.handle(message),
    () => {
      restore()
      session?.handle(message)
    },
  )
}

/** A line with the texts of the files that it names: their words count too. */
const withFiles = (line: string): string =>
  [line, ...line.split(/[\s=]+/).map(word => files[word] ?? '')].join('\n')

/** After an error the world is not to be trusted: it stops, and the page offers to replay it. */
function stop(error: unknown): void {
  session = undefined
  fail(error)
}

function inTurn(work: () => Promise<unknown>): void {
  idle = false
  queue = queue
    .then(work)
    .then(() => {}, stop)
    .finally(() => {
      idle = true
    })
}

self.onmessage = ({ data }: MessageEvent<ToWorker>) => inTurn(() => handle(data))
