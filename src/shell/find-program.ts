// From a command's name to a program: by PATH, by path, or a script with its interpreter.
import { FileError, resolvePath } from '../engine/files.ts'
import type { Process, Program } from '../engine/process.ts'
import type { Dialect } from './dialect.ts'
import { ShellError } from './state.ts'

/** The program of a name, or the complaint that there is none. */
export function findProgram(name: string, host: Process, cwd: string, dialect: Dialect): Program {
  const program = host.find(name)
  if (program) return program
  if (!name.includes('/')) throw new ShellError(dialect.notFound(name), 127)
  const path = resolvePath(cwd, name)
  try {
    const { type, mode } = host.files.stat(path)
    if (type === 'directory') throw new ShellError(`${name}: Is a directory`, 126)
    if (!(mode & 0o111)) throw new ShellError(`${name}: Permission denied`, 126)
  } catch (error) {
    if (error instanceof FileError) throw new ShellError(dialect.noSuchFile(name), 127)
    throw error
  }
  const text = host.files.read(path)
  const shebang = /^#![ \t]*(\S+)(?:[ \t]+(\S+))?/.exec(text)
  const [command, ...rest] = (shebang?.slice(1).filter(Boolean) as string[] | undefined) ?? ['/bin/sh']
  const interpreter = host.find(/\/env$/.test(command!) ? rest[0]! : command!)
  if (!interpreter) throw new ShellError(`${name}: cannot execute: required file not found`, 127)
  return process =>
    interpreter({ ...process, argv: [command!, ...(/\/env$/.test(command!) ? [] : rest), ...process.argv] })
}
