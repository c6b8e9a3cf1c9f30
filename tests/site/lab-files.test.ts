// Every file of the lab's code, as it is built, begins without a fault once the worker's own has: also those of commands,
// programs and images that no lesson in the browser loads here (lessons.test.ts).
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { workerFile } from '../../scripts/lib/first-load.ts'
import { root } from '../../scripts/lib/run.ts'

/** Loads its files one after another, in a scope like a worker's, and answers with what went wrong. */
const loader = `
const { parentPort, workerData } = require('node:worker_threads')
globalThis.self = globalThis
const load = async () => {
  const faults = []
  for (const url of workerData) await import(url).catch(error => faults.push(url + ': ' + error))
  parentPort.postMessage(faults)
}
load()`

test('every file of the lab’s code can be loaded', async () => {
  const main = workerFile(process.env.LIVING_KUBERNETES_OUT ?? join(root, 'dist'))!
  const files = readdirSync(dirname(main))
    .filter(name => name.endsWith('.js'))
    .map(name => join(dirname(main), name))
  expect(files.length).toBeGreaterThan(300)
  const workerData = [main, ...files].map(file => pathToFileURL(file).href)
  const worker = new Worker(loader, { eval: true, workerData })
  try {
    const faults = await new Promise((resolve, reject) =>
      worker.once('message', resolve).once('error', reject),
    )
    expect(faults).toEqual([])
  } finally {
    await worker.terminate()
  }
})
