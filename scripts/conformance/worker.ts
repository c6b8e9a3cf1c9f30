// A worker thread: takes every n-th case and corpus line and posts what came out.
import { parentPort, workerData } from 'node:worker_threads'
import { readCases, readCorpus } from './cases.ts'
import { runCase, runCorpusLine } from './run.ts'

const { recordings, corpus, only, index, of } = workerData as {
  recordings: string
  corpus: string
  only: string
  index: number
  of: number
}

const mine = <T>(all: readonly T[]) => all.filter((_, i) => i % of === index)
for (const each of mine(readCases(recordings, only)))
  parentPort!.postMessage({ done: 1, results: [...runCase(each)] })
const lines = mine(readCorpus(corpus, only))
for (let i = 0; i < lines.length; i += 50) {
  const batch = lines.slice(i, i + 50)
  parentPort!.postMessage({ done: batch.length, results: batch.map(runCorpusLine) })
}
