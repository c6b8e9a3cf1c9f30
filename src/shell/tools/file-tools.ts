// mkdir, rmdir, rm, cp, mv, touch, ln, chmod: changes of the file system.
import { FileError } from '../../engine/files.ts'
import type { Process } from '../../engine/process.ts'
import type { Task } from '../../engine/task.ts'
import { ToolError, tool } from '../command.ts'
import { complain, nameOf, pathOf } from './input.ts'
import { type Options, parseOptions } from './options.ts'

const baseOf = (path: string): string => path.replace(/\/+$/, '').replace(/^.*\//, '')

const isDirectory = ({ files }: Process, path: string, followLinks = true): boolean =>
  files.exists(path) && files.stat(path, { followLinks }).type === 'directory'

/** Calls `act` for every operand; what fails is complained about, the rest goes on. */
export function* each(
  process: Process,
  paths: readonly string[],
  words: (path: string, error: FileError) => string,
  act: (full: string, path: string) => void,
): Task<number> {
  if (paths.length === 0)
    throw new ToolError(
      `${nameOf(process)}: missing operand\nTry '${nameOf(process)} --help' for more information.`,
    )
  let status = 0
  for (const path of paths) {
    try {
      act(pathOf(process, path), path)
    } catch (error) {
      if (!(error instanceof FileError)) throw error
      process.stderr.write(`${nameOf(process)}: ${words(path, error)}: ${error.reason}\n`)
      status = 1
    }
  }
  return status
}

export const mkdir = tool('mkdir', 'make directories', function* (process) {
  const options = parseOptions(process, 'pvm:', { long: { parents: 'p', verbose: 'v', mode: 'm' } })
  return yield* each(
    process,
    options.operands,
    path => `cannot create directory ‘${path}’`,
    (full, path) => {
      process.files.mkdir(full, { parents: options.has('p') })
      if (options.has('v')) process.stdout.write(`mkdir: created directory '${path}'\n`)
    },
  )
})

export const rmdir = tool('rmdir', 'remove empty directories', function* (process) {
  const { operands } = parseOptions(process, 'p')
  return yield* each(
    process,
    operands,
    path => `failed to remove '${path}'`,
    full => {
      if (!isDirectory(process, full) && process.files.exists(full)) throw new FileError('ENOTDIR', full)
      process.files.remove(full)
    },
  )
})

export const rm = tool('rm', 'remove files', function* (process) {
  const options = parseOptions(process, 'rRfivd', { long: { recursive: 'r', force: 'f', verbose: 'v' } })
  if (options.has('f') && options.operands.length === 0) return 0
  const recursive = options.has('r') || options.has('R')
  return yield* each(
    process,
    options.operands,
    path => `cannot remove '${path}'`,
    (full, path) => {
      try {
        const { type } = process.files.stat(full, { followLinks: false })
        if (type === 'directory' && !recursive) throw new FileError('EISDIR', full)
        process.files.remove(full, { recursive })
      } catch (error) {
        if (!(error instanceof FileError && error.code === 'ENOENT' && options.has('f'))) throw error
      }
      if (options.has('v')) process.stdout.write(`removed '${path}'\n`)
    },
  )
})

export const touch = tool('touch', 'make files, or make them new', function* (process) {
  const options = parseOptions(process, 'acmd:t:r:')
  return yield* each(
    process,
    options.operands,
    path => `cannot touch '${path}'`,
    full => {
      if (isDirectory(process, full) || (options.has('c') && !process.files.exists(full))) return
      process.files.write(full, '', { append: true })
    },
  )
})

function copyTree(process: Process, from: string, to: string): void {
  const { files } = process
  const { type, mode } = files.stat(from, { followLinks: false })
  if (type === 'directory') {
    if (!files.exists(to)) files.mkdir(to)
    for (const name of files.list(from)) copyTree(process, `${from}/${name}`, `${to}/${name}`)
  } else if (type === 'link') files.link(files.readLink(from), to)
  else files.write(to, files.read(from), { mode })
}

/** Sources and the place where each goes. */
function targets(
  process: Process,
  { operands }: Options,
  into: string | undefined,
): { from: string; to: string; source: string; target: string }[] {
  const name = nameOf(process)
  const [sources, target] = into === undefined ? [operands.slice(0, -1), operands.at(-1)] : [operands, into]
  const usage = `\nTry '${name} --help' for more information.`
  if (target === undefined) throw new ToolError(`${name}: missing file operand${usage}`)
  if (sources.length === 0)
    throw new ToolError(`${name}: missing destination file operand after '${target}'${usage}`)
  const inside = isDirectory(process, pathOf(process, target))
  if (!inside && sources.length > 1) throw new ToolError(`${name}: target '${target}' is not a directory`)
  return sources.map(source => ({
    source,
    target,
    from: pathOf(process, source),
    to: pathOf(process, inside ? `${target}/${baseOf(source) || '.'}` : target),
  }))
}

export const cp = tool('cp', 'copy files', function* (process) {
  const options = parseOptions(process, 'rRapfvint:LPd', {
    long: { recursive: 'r', archive: 'a', verbose: 'v', force: 'f', 'target-directory': 't' },
  })
  const recursive = ['r', 'R', 'a'].some(letter => options.has(letter))
  let status = 0
  for (const { source, target, from, to } of targets(process, options, options.value('t'))) {
    try {
      if (isDirectory(process, from) && !recursive) {
        process.stderr.write(`cp: -r not specified; omitting directory '${source}'\n`)
        status = 1
        continue
      }
      if (!process.files.exists(from)) throw new FileError('ENOENT', source)
      if (from === to) throw new ToolError(`cp: '${source}' and '${target}' are the same file`)
      if (recursive) copyTree(process, from, to)
      else process.files.write(to, process.files.read(from), { mode: process.files.stat(from).mode })
      if (options.has('v')) process.stdout.write(`'${source}' -> '${target}'\n`)
    } catch (error) {
      const missing = !process.files.exists(from)
      const unreadable = error instanceof FileError && error.path === from
      complain(
        process,
        error,
        missing || unreadable ? `'${source}'` : `'${target}'`,
        missing ? 'cannot stat ' : unreadable ? 'cannot open ' : 'cannot create regular file ',
      )
      status = 1
    }
  }
  return status
})

export const mv = tool('mv', 'move or rename files', function* (process) {
  const options = parseOptions(process, 'fvint:T', { long: { force: 'f', verbose: 'v' } })
  let status = 0
  for (const { source, target, from, to } of targets(process, options, options.value('t'))) {
    try {
      if (!process.files.exists(from)) throw new FileError('ENOENT', source)
      if (from === to) throw new ToolError(`mv: '${source}' and '${target}' are the same file`)
      if (isDirectory(process, from)) {
        copyTree(process, from, to)
        process.files.remove(from, { recursive: true })
      } else process.files.rename(from, to)
      if (options.has('v')) process.stdout.write(`renamed '${source}' -> '${target}'\n`)
    } catch (error) {
      complain(
        process,
        error,
        `'${process.files.exists(from) ? target : source}'`,
        process.files.exists(from) ? 'cannot move to ' : 'cannot stat ',
      )
      status = 1
    }
  }
  return status
})

export const ln = tool('ln', 'make links', function* (process) {
  const options = parseOptions(process, 'sfnvT', { long: { symbolic: 's', force: 'f' } })
  const [target, given] = options.operands
  if (target === undefined)
    throw new ToolError("ln: missing file operand\nTry 'ln --help' for more information.")
  const place = given ?? baseOf(target)
  const full = pathOf(
    process,
    isDirectory(process, pathOf(process, place)) && !options.has('n') ? `${place}/${baseOf(target)}` : place,
  )
  try {
    if (options.has('f') && process.files.exists(full)) process.files.remove(full)
    if (options.has('s')) process.files.link(target, full)
    else process.files.write(full, process.files.read(pathOf(process, target)))
    return 0
  } catch (error) {
    complain(process, error, `'${place}'`, `failed to create ${options.has('s') ? 'symbolic ' : ''}link `)
    return 1
  }
})

/** `755`, `u+x`, `go-w`, `a=r`. */
function changedMode(mode: number, text: string): number | undefined {
  if (/^[0-7]{1,4}$/.test(text)) return Number.parseInt(text, 8)
  let out = mode
  for (const clause of text.split(',')) {
    const match = /^([ugoa]*)([-+=])([rwxX]*)$/.exec(clause)
    if (!match) return undefined
    const who = match[1] === '' || match[1]!.includes('a') ? 'ugo' : match[1]!
    let bits = 0
    for (const c of match[3]!) bits |= c === 'r' ? 4 : c === 'w' ? 2 : 1
    for (const c of who) {
      const shift = c === 'u' ? 6 : c === 'g' ? 3 : 0
      if (match[2] === '=') out &= ~(7 << shift)
      out = match[2] === '-' ? out & ~(bits << shift) : out | (bits << shift)
    }
  }
  return out
}

export const chmod = tool('chmod', 'change the modes of files', function* (process) {
  const args = process.argv.slice(1).filter(arg => !/^-[Rvf]+$/.test(arg))
  const [mode, ...paths] = args
  return yield* each(
    process,
    mode === undefined ? [] : paths,
    (path, { code }) =>
      code === 'EPERM' || code === 'EROFS' ? `changing permissions of '${path}'` : `cannot access '${path}'`,
    full => {
      const next = changedMode(process.files.stat(full).mode, mode!)
      if (next === undefined)
        throw new ToolError(`chmod: invalid mode: ‘${mode}’\nTry 'chmod --help' for more information.`)
      process.files.chmod(full, next)
    },
  )
})
