// The worker: holds one session, gives it the real time that passes, and turns a crash into a message. What is big and
// rarely needed is loaded here, before the message that needs it is handled.
import type { Lesson } from '../../lesson/lesson.ts'
import { createScript } from './lesson-script.ts'
import type { FromWorker, Start, ToWorker } from './protocol.ts'
import { Session } from './session.ts'
import { loadTexts, needsTexts } from './texts.ts'

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
/** Messages are handled one after another, also where one waits for something to be loaded. */
let queue: Promise<void> = Promise.resolve()
let idle = true

async function begin(start: Start): Promise<void> {
  const load = lessons[`/content/${start.lesson}/lesson.ts`]
  if (!load) throw new Error(`no lesson ${start.lesson}`)
  const [lesson, words] = await Promise.all([load(), explanations[start.language]()])
  const typed = start.saved?.actions.map(each => (each.type === 'input' ? each.text : '')) ?? []
  if (needsTexts([start.transcript.replace(/^\$ /gm, ''), ...typed].join('\n'))) await loadTexts()
  session = new Session(start, createScript(start, lesson), words, post)
  let last = performance.now()
  setInterval(() => {
    const now = performance.now()
    try {
      if (idle) session?.tick(now - last)
    } catch (error) {
      stop(error)
    }
    last = now
  }, tickMs)
}

async function handle(message: ToWorker): Promise<void> {
  if (message.type === 'start') return begin(message)
  if (message.type === 'input' && needsTexts(message.text)) await loadTexts()
  session?.handle(message)
}

/** After an error the world is not to be trusted: it stops, and the page offers to replay it. */
function stop(error: unknown): void {
  session = undefined
  fail(error)
}

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  idle = false
  queue = queue
    .then(() => handle(data))
    .catch(stop)
    .finally(() => {
      idle = true
    })
}
