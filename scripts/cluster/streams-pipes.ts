// Between the world's pipes, which hold text, and Node's streams, which carry bytes. What is not read there is not taken
// here, and who reads nothing for a minute though there is something is dropped.
import type { Readable as Incoming, Writable as Outgoing } from 'node:stream'
import type { Engine } from '../../src/engine/engine.ts'
import type { Pipe, Readable } from '../../src/engine/pipe.ts'
import { type Task, type Wait, wait } from '../../src/engine/task.ts'
import { BytesToText, TextToBytes } from './streams-text.ts'

/** Bytes that are written at once. */
const pieceBytes = 2 ** 16
/** Characters that may wait for a process which does not read its input. */
const waitingMost = 2 ** 20
/** Virtual milliseconds until it is asked again whether it has. */
const askAgainMs = 10
/** Milliseconds that a reader may leave what is there. */
const stalledMs = 60_000

/** Until a stream takes more, or has sent all of it; or has gone. */
const until = (event: 'drain' | 'finish', sink: Outgoing, limitMs: number): Wait<void> => ({
  start(_engine, wake) {
    if (sink.destroyed || sink.writableFinished) {
      wake()
      return () => {}
    }
    const forget = () => {
      clearTimeout(timer)
      sink.off(event, done)
      sink.off('close', done)
    }
    const done = () => {
      forget()
      wake()
    }
    const timer = setTimeout(() => sink.destroy(new Error('nobody reads it')), limitMs)
    sink.once(event, done)
    sink.once('close', done)
    return forget
  },
})

/** Passes text on as it comes, until all has left or nobody reads it; its end is the end of what is written. */
export function* pour(source: Readable, sink: Outgoing, limitMs = stalledMs): Task {
  const encoder = new TextToBytes()
  for (let text = yield* source.read(); text !== undefined; text = yield* source.read()) {
    const bytes = encoder.add(text)
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      if (sink.destroyed) return
      if (!sink.write(bytes.subarray(at, at + pieceBytes))) yield* wait(until('drain', sink, limitMs))
    }
  }
  sink.end(encoder.rest())
  yield* wait(until('finish', sink, limitMs))
}

/** Reads a pipe to its end for nobody. */
export function* discard(source: Readable): Task {
  while ((yield* source.read()) !== undefined);
}

/** Passes bytes on as they come; `take` puts them where they belong. */
export function feed(
  engine: Engine,
  source: Incoming,
  pipe: Pipe,
  take = (text: string): unknown => pipe.write(text),
): void {
  const decoder = new BytesToText()
  const goOn = () => {
    if (source.destroyed) return
    if (pipe.waiting > waitingMost) engine.after(askAgainMs, goOn, { background: true })
    else source.resume()
  }
  source.on('data', (bytes: Buffer) => {
    take(decoder.add(bytes))
    if (pipe.waiting <= waitingMost) return
    source.pause()
    goOn()
  })
  source.on('end', () => {
    take(decoder.rest())
    pipe.close()
  })
}
