// A worker thread: takes every n-th case under every seed, and every n-th corpus line under the first one (a line is one
// request in a fresh world: nothing in it is chance), and posts what came out.
import { parentPort, workerData } from 'node:worker_threads'
import { readCases, readCorpus } from './cases.ts'
import { runCase, runCorpusLine } from './run.ts'

const { recordings, corpus, only, seeds, index, of } = workerData as {
  recordings: string
  corpus: string
  only: string
  seeds: readonly number[]
  index: number
  of: number
}

const mine = <T>(all: readonly T[]) => all.filter((_, i) => i % of === index)
const cases = mine(readCases(recordings, only))
for (const seed of seeds)
  for (const each of cases) parentPort!.postMessage({ seed, done: 1, results: [...runCase(each, seed)] })
const lines = mine(readCorpus(corpus, only))
const seed = seeds[0]!
for (let i = 0; i < lines.length; i += 50) {
  const batch = lines.slice(i, i + 50)
  parentPort!.postMessage({
    seed,
    done: batch.length,
    results: batch.map(line => runCorpusLine(line, seed)),
  })
}
