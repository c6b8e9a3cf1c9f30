// Open files of a shell: numbered streams, files behind redirections, the devices that scripts use.
import { type Files, resolvePath } from '../engine/files.ts'
import { held } from '../engine/holding.ts'
import { movingTime, pieceEnd, pieceLength } from '../engine/moving.ts'
import { emptyInput, type Readable, type Writable } from '../engine/pipe.ts'
import { sleep, type Task } from '../engine/task.ts'

/** An input that several commands read in turn: what one leaves over is the next one's. */
export class SharedInput implements Readable {
  readonly #source: Readable
  #rest = ''

  constructor(source: Readable) {
    this.#source = source
  }

  static of(source: Readable): SharedInput {
    return source instanceof SharedInput ? source : new SharedInput(source)
  }

  *read(): Task<string | undefined> {
    if (!this.#rest) return yield* this.#source.read()
    const text = this.#rest
    this.#rest = ''
    return text
  }

  /** Up to and with the next line feed; the last line may lack it; undefined at the end. */
  *line(): Task<string | undefined> {
    let line = ''
    for (;;) {
      const text = yield* this.read()
      if (text === undefined) return line || undefined
      const end = text.indexOf('\n') + 1
      if (end > 0) {
        this.#rest = text.slice(end) + this.#rest
        return line + text.slice(0, end)
      }
      line = held(line + text)
    }
  }
}

export interface Streams {
  readonly input: SharedInput
  readonly output: Writable
  readonly error: Writable
  /** Descriptors above 2. */
  readonly others?: ReadonlyMap<number, Readable | Writable>
}

export const discard: Writable = { write: () => true }

/** A text of any length, in pieces: the second and each further one takes the time to read it. */
class TextInput implements Readable {
  readonly #text: string
  #at = 0
  constructor(text: string) {
    this.#text = text
  }
  *read(): Task<string | undefined> {
    const from = this.#at
    if (from >= this.#text.length) return undefined
    if (from > 0) yield* sleep(movingTime(pieceLength))
    this.#at = pieceEnd(this.#text, from)
    return this.#text.slice(from, this.#at)
  }
}

export const textInput = (text: string): Readable => new TextInput(text)

/** A device without end. After 32 MB its machine is asked again: a container kills who reads more than it may hold. */
function endless(piece: string, path: string, files: Files): Readable {
  let left = 32 * 2 ** 20
  return {
    *read() {
      // Who reads on and on does so slowly: a program that never ends must not take the time of all others.
      yield* sleep(left > 0 ? 0.01 : 5)
      left -= piece.length
      if (left <= 0 && files.exists(path)) files.read(path)
      return piece
    },
  }
}

/** A file or device for reading; throws FileError. */
export function openInput(path: string, files: Files, cwd: string, stdin: Readable): Readable {
  const full = resolvePath(cwd, path)
  switch (full) {
    case '/dev/null':
      return emptyInput
    case '/dev/stdin':
    case '/dev/fd/0':
    case '/dev/tty':
      return stdin
    case '/dev/zero':
      return endless('\0'.repeat(65_536), full, files)
    case '/dev/urandom':
    case '/dev/random':
      return endless('kR8s0=+e5vQ1ZpW7'.repeat(64), full, files)
    default:
      return textInput(files.read(full))
  }
}

/** A file or device for writing; `append` keeps what is there. Throws FileError. */
export function openOutput(
  path: string,
  files: Files,
  cwd: string,
  streams: Streams,
  append: boolean,
): Writable {
  const full = resolvePath(cwd, path)
  switch (full) {
    case '/dev/null':
      return discard
    case '/dev/stdout':
    case '/dev/fd/1':
    case '/dev/tty':
    case '/proc/self/fd/1':
      return streams.output
    case '/dev/stderr':
    case '/dev/fd/2':
    case '/proc/1/fd/2':
    case '/proc/self/fd/2':
      return streams.error
  }
  files.write(full, '', { append })
  return {
    write(text) {
      files.write(full, text, { append: true })
      return true
    },
  }
}
