// Where awk reads from and prints to beside its input and output: files and commands.
import { held } from '../../../engine/holding.ts'
import { Buffer, emptyInput, LineReader } from '../../../engine/pipe.ts'
import type { Process } from '../../../engine/process.ts'
import type { Task } from '../../../engine/task.ts'
import { textInput } from '../../streams.ts'
import { pathOf } from '../input.ts'
import { run } from '../run.ts'

export class AwkStreams {
  readonly #process: Process
  readonly #readers = new Map<string, LineReader>()
  readonly #outputs = new Map<string, { text: string; command?: string }>()
  /** What the program's rules go through. */
  main: LineReader | undefined

  constructor(process: Process) {
    this.#process = process
  }

  /** What `getline < name` reads from; undefined where there is no such file. */
  fileReader(name: string): LineReader | undefined {
    const key = `<${name}`
    const known = this.#readers.get(key)
    if (known) return known
    const { files, stdin } = this.#process
    const path = pathOf(this.#process, name)
    if (name !== '-' && !files.exists(path)) return undefined
    const reader = new LineReader(name === '-' ? stdin : textInput(files.read(path)))
    this.#readers.set(key, reader)
    return reader
  }

  /** What `command | getline` reads from: the command runs when it is first asked for. */
  *commandReader(command: string): Task<LineReader> {
    const key = `|${command}`
    const known = this.#readers.get(key)
    if (known) return known
    const output = new Buffer()
    yield* run({ ...this.#process, stdin: emptyInput, stdout: output }, ['sh', '-c', command])
    const reader = new LineReader(textInput(output.text))
    this.#readers.set(key, reader)
    return reader
  }

  /** `print > name`, `>> name`, `| name`: a file is written anew by the first, and a command runs at the end. */
  write(text: string, operator: string, name: string): void {
    const { files, stdout, stderr } = this.#process
    if (name === '/dev/stderr') stderr.write(text)
    else if (name === '/dev/stdout') stdout.write(text)
    else {
      const before = this.#outputs.get(name)
      if (operator === '|') {
        this.#outputs.set(name, { text: held((before?.text ?? '') + text), command: name })
        return
      }
      files.write(pathOf(this.#process, name), text, { append: before !== undefined || operator === '>>' })
      this.#outputs.set(name, { text: '' })
    }
  }

  /** The next getline from this file or command begins anew. */
  closeReader(name: string): void {
    this.#readers.delete(`<${name}`)
    this.#readers.delete(`|${name}`)
  }

  /** Gives what was printed into commands to them. */
  *flush(): Task {
    for (const [name, { text, command }] of this.#outputs) {
      if (!command) continue
      this.#outputs.delete(name)
      yield* run({ ...this.#process, stdin: textInput(text) }, ['sh', '-c', command])
    }
  }
}
