// The worker: holds one session, gives it the real time that passes, and turns a crash into a message.
import type { Lesson } from '../../lesson/lesson.ts'
import { createScript } from './lesson-script.ts'
import type { FromWorker, Start, ToWorker } from './protocol.ts'
import { Session } from './session.ts'

const tickMs = 50
const lessons = import.meta.glob<Lesson>('/content/*/*/lesson.ts', { import: 'default' })

const post = (message: FromWorker): void => self.postMessage(message)
const fail = (error: unknown): void =>
  post({ type: 'failed', error: error instanceof Error ? error.message : String(error) })

let session: Session | undefined
let waiting: ToWorker[] = []

async function begin(start: Start): Promise<void> {
  const load = lessons[`/content/${start.lesson}/lesson.ts`]
  if (!load) throw new Error(`no lesson ${start.lesson}`)
  session = new Session(start, createScript(start, await load()), post)
  for (const message of waiting) session.handle(message)
  waiting = []
  let last = performance.now()
  setInterval(() => {
    const now = performance.now()
    attempt(() => session?.tick(now - last))
    last = now
  }, tickMs)
}

/** After an error the world is not to be trusted: it stops, and the page offers to replay it. */
function attempt(work: () => void): void {
  try {
    work()
  } catch (error) {
    session = undefined
    fail(error)
  }
}

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  if (data.type === 'start') begin(data).catch(fail)
  else if (session) attempt(() => session?.handle(data))
  else waiting.push(data)
}
