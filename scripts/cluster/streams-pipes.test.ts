import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { Engine } from '../../src/engine/engine.ts'
import { Pipe } from '../../src/engine/pipe.ts'
import { Fiber } from '../../src/engine/task.ts'
import { pour } from './streams-pipes.ts'

/** What reads one piece for each call of `read`, and nothing by itself. */
function reader() {
  let take: (() => void) | undefined
  const sink = new Writable({ highWaterMark: 1, write: (_bytes, _encoding, done) => void (take = done) })
  return { sink, read: () => take?.() }
}

const closed = (sink: Writable) => new Promise<void>(done => sink.on('close', done))

test('who does not read what is there is dropped, and the task that writes to it ends', async () => {
  const engine = new Engine({ seed: 1, epoch: 0 })
  const source = new Pipe()
  const { sink } = reader()
  let told = ''
  sink.on('error', error => (told = error.message))
  new Fiber(engine, pour(source, sink, 1))
  source.write('x')
  engine.advance(1)
  await closed(sink)
  expect(told).toBe('nobody reads it')
  engine.advance(1)
  // It looks once more, finds the reader gone, and takes nothing after that.
  for (const text of ['more', 'later']) {
    source.write(text)
    engine.advance(1)
  }
  expect(source.waiting).toBe(5)
})

test('who reads in time is given all of it, and is asked for no more', async () => {
  const engine = new Engine({ seed: 1, epoch: 0 })
  const source = new Pipe()
  const { sink, read } = reader()
  const limit = 2 ** 30
  new Fiber(engine, pour(source, sink, limit))
  source.write('x')
  engine.advance(1)
  expect(sink.writableNeedDrain).toBe(true)
  source.close()
  while (!sink.closed) {
    read()
    engine.advance(1)
    await new Promise(setImmediate)
  }
  expect(sink.writableFinished).toBe(true)
})
