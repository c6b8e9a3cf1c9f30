// What the lab fetches from the click to the first output: runs the built worker as a page would, plays the first command
// of a lesson, and answers with the files of code that were loaded by then.
import { globSync, readFileSync } from 'node:fs'
import * as nodeModule from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { dataFolder } from './data-folder.ts'

export interface FirstLoad {
  /** Paths of the loaded files. */
  readonly files: readonly string[]
  /** CPU of the worker from its start to the first output, ms. */
  readonly cpuMs: number
}

/** Path of the worker's own file in a built site. */
export const workerFile = (out: string): string | undefined =>
  globSync('_astro/lab-*/main.js', { cwd: out }).map(path => join(out, path))[0]

/** Undefined where this Node cannot tell which modules it loads. */
export function firstLoad(out: string, main: string, lesson: string): Promise<FirstLoad> | undefined {
  if (!('registerHooks' in nodeModule)) return undefined
  return new Promise((resolve, reject) => {
    const worker = new Worker(fileURLToPath(import.meta.url), { workerData: { out, main, lesson } })
    worker.once('message', async answer => {
      await worker.terminate()
      if (answer.failed) reject(new Error(answer.failed))
      else resolve(answer)
    })
    worker.once('error', reject)
  })
}

interface Scope {
  self: Scope
  postMessage(message: { type: string; error?: string }): void
  onmessage(event: { data: unknown }): void
}

async function run(): Promise<void> {
  const { out, main, lesson } = workerData as { out: string; main: string; lesson: string }
  const files: string[] = []
  nodeModule.registerHooks({
    load(url, context, next) {
      if (url.startsWith(pathToFileURL(out).href)) files.push(fileURLToPath(url))
      return next(url, context)
    },
  })
  const scope = globalThis as unknown as Scope
  scope.self = scope
  const before = process.cpuUsage()
  scope.postMessage = message => {
    if (message.type === 'failed') parentPort?.postMessage({ failed: message.error })
    if (message.type === 'ready') scope.onmessage({ data: { type: 'next', instant: false } })
    if (message.type !== 'output') return
    const { user, system } = process.cpuUsage(before)
    parentPort?.postMessage({ files: [...files], cpuMs: (user + system) / 1000 })
  }
  await import(pathToFileURL(main).href)
  const data = JSON.parse(readFileSync(join(dataFolder(out), 'lab', `${lesson}.json`), 'utf8'))
  scope.onmessage({ data: { ...data, type: 'start', language: 'zh' } })
}

if (!isMainThread && workerData?.lesson) await run()
