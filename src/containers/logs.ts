// What a container wrote, line by line with its time and stream, as the runtime keeps it for `kubectl logs`.
import type { LogOptions } from '../api/types.ts'
import { byteLength, fromBytes, toBytes } from '../engine/bytes.ts'
import { type Engine, formatTime, parseTime } from '../engine/engine.ts'
import type { Pipe } from '../engine/pipe.ts'
import { Notifier } from '../engine/task.ts'

interface Line {
  readonly at: number
  text: string
  complete: boolean
  readonly stream: 'stdout' | 'stderr'
}

/** Older lines are dropped, as the kubelet rotates a log of 10 MiB away (here one of so many lines too). */
const maximumLines = 20_000
const maximumLength = 10 * 2 ** 20
/** The runtime writes a longer line in pieces. */
const pieceLength = 16_384

export class ContainerLog {
  readonly changed = new Notifier()
  readonly #engine: Engine
  #lines: Line[] = []
  #dropped = 0
  #attached: Set<Pipe> | undefined
  #taps: Set<(text: string, stream: 'stdout' | 'stderr') => void> | undefined
  /** Lines that somebody has read as they stand, those dropped included. */
  #kept = 0
  /** Characters written since lines were last dropped, and those that were kept then. */
  #length = 0

  constructor(engine: Engine) {
    this.#engine = engine
  }

  /** Everyone attached to the container's output. */
  get attached(): Set<Pipe> {
    return (this.#attached ??= new Set())
  }

  /** Those who want the two streams apart, each piece as it comes. */
  get taps(): Set<(text: string, stream: 'stdout' | 'stderr') => void> {
    return (this.#taps ??= new Set())
  }

  /**
   * The runtime reads two pipes: what a program wrote to stdout and stderr in one moment comes out stdout first.
   */
  write(text: string, stream: 'stdout' | 'stderr' = 'stdout'): boolean {
    const lines = this.#lines
    let at = lines.length
    if (stream === 'stdout')
      while (
        at > this.#kept - this.#dropped &&
        lines[at - 1]!.stream === 'stderr' &&
        lines[at - 1]!.at === this.#engine.now
      )
        at--
    let rest = text
    while (rest) {
      const feed = rest.indexOf('\n')
      const end = feed > pieceLength || (feed < 0 && rest.length > pieceLength) ? -1 : feed
      const piece = end < 0 ? rest.slice(0, pieceLength) : rest.slice(0, end)
      const last = lines[at - 1]
      if (
        last &&
        !last.complete &&
        last.stream === stream &&
        last.text.length + piece.length <= pieceLength
      ) {
        last.text += piece
        last.complete = end >= 0
      } else lines.splice(at++, 0, { at: this.#engine.now, text: piece, complete: end >= 0, stream })
      rest = rest.slice(end < 0 ? piece.length : end + 1)
    }
    this.#length += text.length
    if (this.#lines.length > maximumLines * 1.25 || this.#length > maximumLength * 1.25) this.#rotate()
    for (const pipe of this.#attached ?? []) pipe.write(text)
    for (const tap of this.#taps ?? []) tap(text, stream)
    this.changed.notify()
    return true
  }

  #rotate(): void {
    const lines = this.#lines
    const least = Math.max(0, lines.length - maximumLines)
    let first = lines.length
    this.#length = 0
    while (first > least && this.#length < maximumLength) this.#length += lines[--first]!.text.length + 1
    this.#dropped += first
    this.#lines = lines.slice(first)
  }

  /** Where a reader that follows begins: the number of lines so far. */
  get end(): number {
    return this.#dropped + this.#lines.length
  }

  /** Somebody follows, and has read all: nothing comes before that any more. True where the last line may go on. */
  keep(): boolean {
    this.#kept = this.end
    return this.#lines.at(-1)?.complete === false
  }

  /** The text that the options choose. */
  text(options: LogOptions): string {
    return limit(this.from(this.start(options), options), options.limitBytes)
  }

  /** The first line that `options` let through. */
  start(options: LogOptions): number {
    let start = 0
    const since = options.sinceTime
      ? parseTime(options.sinceTime)
      : options.sinceSeconds !== undefined
        ? this.#engine.now - options.sinceSeconds * 1000
        : undefined
    if (since !== undefined) {
      const found = this.#lines.findIndex(line => line.at >= since)
      start = found < 0 ? this.#lines.length : found
    }
    if (options.tailLines !== undefined && options.tailLines >= 0)
      start = Math.max(start, this.#lines.length - options.tailLines)
    return this.#dropped + start
  }

  lines(): readonly Readonly<Line>[] {
    return this.#lines
  }

  from(line: number, options: LogOptions): string {
    return this.pieces(line, options)
      .map(({ text }) => text)
      .join('')
  }

  /** The same, for those who keep the two streams apart. */
  pieces(line: number, { timestamps }: LogOptions): Pick<Line, 'stream' | 'text'>[] {
    return this.#lines.slice(Math.max(0, line - this.#dropped)).map(({ at, stream, text, complete }) => ({
      stream,
      text: `${timestamps ? `${nanoTime(at)} ` : ''}${text}${complete ? '\n' : ''}`,
    }))
  }
}

/** All of a log as the runtime has it on the disk: time, stream, and whether the line ends there. */
export const criText = (log: ContainerLog): string =>
  log
    .lines()
    .map(({ at, stream, complete, text }) => `${nanoTime(at)} ${stream} ${complete ? 'F' : 'P'} ${text}\n`)
    .join('')

export function limit(text: string, bytes: number | undefined): string {
  if (bytes === undefined || byteLength(text) <= bytes) return text
  return fromBytes(toBytes(text).subarray(0, bytes))
}

/** RFC 3339 with nanoseconds, as containerd stamps each line. */
function nanoTime(ms: number): string {
  const nanos = Math.floor((ms - Math.floor(ms / 1000) * 1000) * 1e6)
  return formatTime(ms).replace('Z', `.${String(nanos).padStart(9, '0')}Z`)
}
