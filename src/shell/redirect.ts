// Redirections, from left to right: each sees what those before it opened.
import { FileError } from '../engine/files.ts'
import type { Readable, Writable } from '../engine/pipe.ts'
import type { Task } from '../engine/task.ts'
import { expandText } from './expand.ts'
import type { Interpreter } from './interpreter.ts'
import { ShellError } from './state.ts'
import { discard, openInput, openOutput, SharedInput, type Streams, textInput } from './streams.ts'
import type { Redirect } from './syntax.ts'

export function* applyRedirects(
  redirects: readonly Redirect[],
  streams: Streams,
  shell: Interpreter,
): Task<Streams> {
  for (const { descriptor, operator, target } of redirects) {
    const text = yield* expandText(target, shell.scope)
    const { files } = shell.host
    const { cwd } = shell.state
    const output = (append: boolean): Writable => {
      try {
        return openOutput(text, files, cwd, streams, append)
      } catch (error) {
        if (!(error instanceof FileError)) throw error
        throw new ShellError(shell.dialect.cannotCreate(text, error.reason))
      }
    }
    switch (operator) {
      case '<<':
        streams = withStream(streams, descriptor ?? 0, textInput(text))
        break
      case '<<<':
        streams = withStream(streams, descriptor ?? 0, textInput(`${text}\n`))
        break
      case '<':
      case '<>':
        try {
          streams = withStream(streams, descriptor ?? 0, openInput(text, files, cwd, streams.input))
        } catch (error) {
          if (!(error instanceof FileError)) throw error
          throw new ShellError(shell.dialect.cannotOpen(text, error.reason))
        }
        break
      case '>':
      case '>|':
      case '>>':
        streams = withStream(streams, descriptor ?? 1, output(operator === '>>'))
        break
      case '&>':
      case '&>>': {
        const both = output(operator === '&>>')
        streams = { ...streams, output: both, error: both }
        break
      }
      default: {
        const own = descriptor ?? (operator === '<&' ? 0 : 1)
        if (text === '-') streams = withStream(streams, own, own === 0 ? textInput('') : discard)
        else if (/^\d+$/.test(text)) {
          const stream = streamOf(streams, Number(text))
          if (!stream) throw new ShellError(`${text}: Bad file descriptor`)
          streams = withStream(streams, own, stream)
        } else {
          const both = output(false)
          streams = { ...streams, output: both, error: both }
        }
      }
    }
  }
  return streams
}

function streamOf(streams: Streams, descriptor: number): Readable | Writable | undefined {
  return [streams.input, streams.output, streams.error][descriptor] ?? streams.others?.get(descriptor)
}

function withStream(streams: Streams, descriptor: number, stream: Readable | Writable): Streams {
  switch (descriptor) {
    case 0:
      return { ...streams, input: SharedInput.of(stream as Readable) }
    case 1:
      return { ...streams, output: stream as Writable }
    case 2:
      return { ...streams, error: stream as Writable }
    default:
      return { ...streams, others: new Map(streams.others).set(descriptor, stream) }
  }
}
