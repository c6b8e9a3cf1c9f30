// What openssl's commands share: their arguments, files, and the keys and certificates that these must have.
import { readPrivate } from '../../../engine/certificates/keys.ts'
import type { PrivateKey } from '../../../engine/certificates/rsa.ts'
import { type Certificate, readCertificate } from '../../../engine/certificates/x509.ts'
import { FileError } from '../../../engine/files.ts'
import { readAll } from '../../../engine/pipe.ts'
import type { Process } from '../../../engine/process.ts'
import type { Task } from '../../../engine/task.ts'
import { ToolError } from '../../command.ts'
import { pathOf } from '../input.ts'

export type Command = (process: Process, args: Arguments) => Task<number>

export const day = 86_400_000

/** `-days 365`, `-x509`: options with one dash; what is none is an operand. */
export class Arguments {
  readonly operands: string[] = []
  readonly #options = new Map<string, string[]>()

  constructor(args: readonly string[], withValue: string) {
    const valued = new Set(withValue.split(' '))
    for (let i = 0; i < args.length; i++) {
      const name = args[i]!.replace(/^--?/, '')
      if (!args[i]!.startsWith('-')) this.operands.push(args[i]!)
      else
        this.#options.set(name, [
          ...(this.#options.get(name) ?? []),
          valued.has(name) ? (args[++i] ?? '') : '',
        ])
    }
  }

  has(name: string): boolean {
    return this.#options.has(name)
  }

  value(name: string): string | undefined {
    return this.#options.get(name)?.at(-1)
  }

  all(name: string): readonly string[] {
    return this.#options.get(name) ?? []
  }

  /** Names, in the order given. */
  get names(): string[] {
    return [...this.#options.keys()]
  }
}

export function readFile(process: Process, path: string): string {
  try {
    return process.files.read(pathOf(process, path))
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    throw new ToolError(`Can't open "${path}" for reading, ${error.reason}`)
  }
}

export function* input(process: Process, args: Arguments): Task<string> {
  const path = args.value('in')
  return path === undefined ? yield* readAll(process.stdin) : readFile(process, path)
}

export function output(process: Process, path: string | undefined, text: string, mode?: number): void {
  if (path === undefined) process.stdout.write(text)
  else process.files.write(pathOf(process, path), text, mode === undefined ? {} : { mode })
}

export const needKey = (text: string, path: string): PrivateKey => {
  const key = readPrivate(text)
  if (!key) throw new ToolError(`Could not read private key from ${path}`)
  return key
}
export const needCertificate = (text: string, path: string): Certificate => {
  const certificate = readCertificate(text)
  if (!certificate) throw new ToolError(`Could not find certificate from ${path}`)
  return certificate
}
