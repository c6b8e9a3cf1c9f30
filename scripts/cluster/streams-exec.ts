// exec and attach, whatever carries their streams: stdin, stdout, stderr, the client's size, and at the end the status.
import type { Readable as Incoming, Writable as Outgoing } from 'node:stream'
import type { ExecStream } from '../../src/api/types.ts'
import type { Engine } from '../../src/engine/engine.ts'
import type { Readable } from '../../src/engine/pipe.ts'
import { Fiber, type Task, wait } from '../../src/engine/task.ts'
import { discard, feed, pour } from './streams-pipes.ts'
import { LineDiscipline, shown } from './streams-tty.ts'

export interface ExecWays {
  readonly stdin?: Incoming | undefined
  readonly stdout?: Outgoing | undefined
  readonly stderr?: Outgoing | undefined
  /** Takes the status, and is ended with it. */
  readonly error: Outgoing
  /** Terminal sizes as JSON, one after the other. */
  readonly resize?: Incoming | undefined
}

export interface ExecManner {
  readonly tty: boolean
  /** What an attached program ends with is nobody's business. */
  readonly attach: boolean
  /** Before v4 the error was a sentence, and success nothing. */
  readonly sentence: boolean
}

/** Joins a client's streams to those of a process; `done` is called once all that it wrote, and its end, has been sent. */
export function serveExec(
  engine: Engine,
  stream: ExecStream,
  ways: ExecWays,
  manner: ExecManner,
  done: () => void,
): void {
  for (const way of Object.values(ways)) way?.on('error', () => {})
  if (manner.tty) serveTerminal(engine, stream, ways)
  else if (ways.stdin) feed(engine, ways.stdin, stream.stdin)
  else stream.stdin.close()
  const output = manner.tty ? terminalOutput(stream.stdout) : stream.stdout
  const out = (source: Readable, sink: Outgoing | undefined) =>
    new Fiber(engine, sink ? pour(source, sink) : discard(source))
  // Errors first: who has all that it wants of the output (cp, with the end of the archive) waits for nothing more.
  const outputs = stream.stderr === stream.stdout ? [] : [out(stream.stderr, ways.stderr)]
  outputs.push(out(output, ways.stdout))
  new Fiber(
    engine,
    (function* (): Task {
      const ended = yield* wait(stream.exit)
      for (const each of outputs) yield* wait(each.outcome)
      const status = exitStatus(manner.attach && 'code' in ended ? { code: 0 } : ended)
      const text = manner.sentence ? (status.message ?? '') : JSON.stringify(status)
      ways.error.end(text, done)
    })(),
  )
}

function serveTerminal(engine: Engine, stream: ExecStream, { stdin, stdout, resize }: ExecWays): void {
  if (stdin) {
    const discipline = new LineDiscipline({
      line: text => stream.stdin.write(text),
      end: () => stream.stdin.close(),
      signal: signal => stream.signal(signal),
      show: text => stdout?.writable && stdout.write(text),
    })
    feed(engine, stdin, stream.stdin, text => discipline.type(text))
  } else stream.stdin.close()
  let begun = ''
  resize?.on('data', (bytes: Buffer) => {
    const pieces = (begun + bytes.toString()).split('}')
    begun = pieces.pop()!.slice(-longestSize)
    for (const piece of pieces) {
      const size = sizeOf(`${piece}}`)
      if (size) stream.resize?.(size)
    }
  })
}

/** Characters of a size that has not come whole. */
const longestSize = 200

/** `{"Width":80,"Height":24}`, in either case of the names as Go reads it; undefined where it is none. */
function sizeOf(text: string): { columns: number; rows: number } | undefined {
  const number = (name: string) => Number(new RegExp(`"${name}"\\s*:\\s*(\\d{1,5})\\b`, 'i').exec(text)?.[1])
  const [columns, rows] = [number('width'), number('height')]
  return columns > 0 && rows > 0 ? { columns, rows } : undefined
}

const terminalOutput = (source: Readable): Readable => ({
  *read() {
    const text = yield* source.read()
    return text === undefined ? undefined : shown(text)
  },
})

interface ExitStatus {
  readonly metadata: object
  readonly status: 'Success' | 'Failure'
  readonly message?: string
  readonly reason?: string
  readonly details?: object
  readonly code?: number
}

function exitStatus(result: { code: number } | { error: string }): ExitStatus {
  if ('code' in result && result.code === 0) return { metadata: {}, status: 'Success' }
  if ('error' in result)
    return { metadata: {}, status: 'Failure', message: result.error, reason: 'InternalError', code: 500 }
  return {
    metadata: {},
    status: 'Failure',
    message: `command terminated with non-zero exit code: exit status ${result.code}`,
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: String(result.code) }] },
  }
}
