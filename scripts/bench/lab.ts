// What a reader waits for, in CPU of the built lab's worker: its first prompt, the first output, what is typed, Back. The
// worker runs in this process as in a page, where nothing else goes on. Run as a process of its own:
// node lab.ts FOLDER LESSON → one line of JSON, all in ms.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { dataFolder } from '../lib/data-folder.ts'
import { workerFile } from '../lib/first-load.ts'
import { threadCpu as cpu } from './thread-cpu.ts'

interface Message {
  readonly type: string
  readonly terminal?: number
  readonly busy?: boolean
  readonly position?: number
  readonly text?: string
  readonly error?: string
}

interface Scope {
  self: Scope
  postMessage(message: Message): void
  onmessage(event: { data: unknown }): void
}

const [folder = '', lesson = ''] = process.argv.slice(2)
const scope = globalThis as unknown as Scope
let heard: (message: Message) => void = () => {}
scope.self = scope
scope.postMessage = message => {
  if (message.type === 'failed') throw new Error(message.error)
  heard(message)
}

const send = (data: unknown): void => scope.onmessage({ data })

/** CPU until the worker says what is waited for. */
function until(answer: (message: Message) => boolean, ask: () => void): Promise<number> {
  const before = cpu()
  return new Promise(resolve => {
    heard = message => {
      if (!answer(message)) return
      heard = () => {}
      resolve(cpu() - before)
    }
    ask()
  })
}
const isPrompt = ({ type, terminal, busy }: Message) => type === 'prompt' && terminal === 1 && busy === false
const isOutput = ({ type }: Message) => type === 'output'
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

const mean = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length

/** Until the worker has loaded what it will need, and built the world that Back shows. */
async function rest(): Promise<void> {
  for (let before = Number.NEGATIVE_INFINITY, now = cpu(); now - before > 30; now = cpu()) {
    before = now
    await pause(500)
  }
}

const data = JSON.parse(readFileSync(join(dataFolder(folder), 'lab', `${lesson}.json`), 'utf8'))
const start = cpu()
await import(pathToFileURL(workerFile(folder)!).href)
const loaded = cpu() - start
const prompt = loaded + (await until(isPrompt, () => send({ ...data, type: 'start', language: 'zh' })))
const output = prompt + (await until(isOutput, () => send({ type: 'next', instant: false })))
await rest()
const typed: number[] = []
for (let i = 0; i < 9; i++) {
  typed.push(await until(isOutput, () => send({ type: 'input', terminal: 1, text: 'kk get pods' })))
  await pause(300)
}
const [first = 0, ...others] = typed
send({ type: 'reset', sure: true })
let total = 0
await until(
  ({ type, position = 0 }) => {
    if (type === 'guide') total = position
    return type === 'guide' && position > 1
  },
  () => send({ type: 'run', instant: true }),
)
const backs: number[] = []
for (let position = total - 1; position >= Math.max(0, total - 5); position--) {
  await rest()
  backs.push(
    await until(
      message => message.type === 'guide' && message.position === position,
      () => send({ type: 'back' }),
    ),
  )
}
// The clock of a thread is coarse: only means say something.
console.log(
  JSON.stringify({ prompt, output, first, typed: mean(others), back: mean(backs), commands: total }),
)
process.exit(0)
