// package os: environment, files, the end.
import { FileError, resolvePath } from '../../../../engine/files.ts'
import type { Writable } from '../../../../engine/pipe.ts'
import type { Machine } from '../machine.ts'
import {
  Bytes,
  Exit,
  GoErrorValue,
  type Native,
  OfProgram,
  type Package,
  type Thing,
  Tuple,
} from '../values.ts'

/** A Native that only looks at its process. */
const seen = (answer: (machine: Machine, ...args: any[]) => unknown): Native =>
  function* (machine, args) {
    return answer(machine, ...args)
  }

const stream = (name: string, of: (machine: Machine) => Writable): Thing => ({
  goType: '*os.File',
  member: member => {
    if (member === 'Name') return seen(() => `/dev/${name}`)
    if (member !== 'Write' && member !== 'WriteString') return undefined
    return seen((machine, data) => {
      const text = data instanceof Bytes ? data.text : String(data)
      of(machine).write(text)
      return new Tuple([text.length, null])
    })
  },
})

/** `open /etc/x: no such file or directory` */
function failed(operation: string, path: string, error: unknown): GoErrorValue {
  if (!(error instanceof FileError)) throw error
  return new GoErrorValue(`${operation} ${path}: ${error.reason.toLowerCase()}`)
}

export const os: Package = {
  values: {
    Stdout: stream('stdout', ({ process }) => process.stdout),
    Stderr: stream('stderr', ({ process }) => process.stderr),
    Exit: seen((_, code) => {
      throw new Exit(code & 255)
    }),
    Getenv: seen(({ process }, name) => process.env.get(name) ?? ''),
    LookupEnv: seen(({ process }, name) => new Tuple([process.env.get(name) ?? '', process.env.has(name)])),
    Environ: seen(({ process }) => [...process.env].map(([name, value]) => `${name}=${value}`)),
    Hostname: seen(({ process }) => new Tuple([process.hostname, null])),
    Getpid: seen(({ process }) => process.pid),
    Getwd: seen(({ process }) => new Tuple([process.cwd, null])),
    Args: new OfProgram(({ process }) => [...process.argv]),
    ReadFile: seen(({ process }, path) => {
      try {
        return new Tuple([new Bytes(process.files.read(resolvePath(process.cwd, path))), null])
      } catch (error) {
        return new Tuple([new Bytes(''), failed('open', path, error)])
      }
    }),
    WriteFile: seen(({ process }, path, data: Bytes, mode: number) => {
      try {
        process.files.write(resolvePath(process.cwd, path), data.text, { mode })
        return null
      } catch (error) {
        return failed('open', path, error)
      }
    }),
  },
}
