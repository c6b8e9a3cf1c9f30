// Which program a command names in a container: one of its image's, or a file that was put there.
import { readBinary } from '../engine/binary.ts'
import type { Files } from '../engine/files.ts'
import type { Executable } from './images/image.ts'
import { binaryParts } from './programs/loaders.ts'

/** Finds an executable by path; a bare name is looked for in PATH by the caller. */
export interface Programs {
  find(path: string): Executable | undefined
  /** Every path there is, for listings of the file system. */
  readonly paths: readonly string[]
}

/** Where programs are looked for. */
export interface Place {
  readonly programs: Programs
  /** All that there is; made when first asked for. */
  readonly files: Files
  /** As the first process may see them. */
  readonly ownFiles: Files
}

const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** The program that a command names, by its path or a name in PATH; or why runc cannot start it. */
export function findExecutable(
  command: string,
  env: ReadonlyMap<string, string>,
  place: Place,
): Executable | string {
  const { programs } = place
  if (!command.includes('/')) {
    const path = (env.get('PATH') ?? defaultPath).split(':')
    for (const directory of path) {
      const program = programs.find(`${directory}/${command}`)
      if (program) return program
    }
    // What was put there since: into the image by a build, into the container by a copy.
    for (const directory of path)
      if (isExecutable(place.files, `${directory}/${command}`))
        return findExecutable(`${directory}/${command}`, env, place)
    return `exec: "${command}": executable file not found in $PATH`
  }
  const program = programs.find(command)
  if (program) return program
  try {
    const { type } = place.ownFiles.stat(command)
    if (type === 'directory' || !place.ownFiles.permits(command, 'execute'))
      return `exec: "${command}": permission denied`
    const text = place.files.read(command)
    const binary = readBinary(text)
    if (binary && binaryParts.has(binary.kind)) return binaryParts.get(binary.kind)(binary.payload)
    // Made for another machine.
    if (binary) return `exec ${command}: exec format error`
    const [, interpreter, option] = /^#!\s*(\S+)(?:[ \t]+(\S+))?/.exec(text) ?? []
    if (!interpreter) return `exec ${command}: exec format error`
    const found = findExecutable(/\/env$/.test(interpreter) ? (option ?? '') : interpreter, env, place)
    if (typeof found === 'string') return `exec: "${command}": no such file or directory`
    const { run } = found
    return {
      ...found,
      run: process => run({ ...process, argv: [interpreter, command, ...process.argv.slice(1)] }),
    }
  } catch {
    return `exec: "${command}": stat ${command}: no such file or directory`
  }
}

function isExecutable(files: Files, path: string): boolean {
  try {
    return files.stat(path).type === 'file' && files.permits(path, 'execute')
  } catch {
    return false
  }
}
