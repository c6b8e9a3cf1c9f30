// find: files below a directory, by name, type and depth; -exec runs a program for them.
import type { Process } from '../../engine/process.ts'
import { matches } from '../../engine/shell-pattern.ts'
import type { Task } from '../../engine/task.ts'
import { ToolError, tool } from '../command.ts'
import { complain, pathOf } from './input.ts'
import { run } from './run.ts'

type Test = (path: string, full: string) => Task<boolean>

const types: Record<string, string> = { f: 'file', d: 'directory', l: 'link' }

export const find = tool('find', 'find files', function* (process) {
  const args = process.argv.slice(1)
  const roots: string[] = []
  while (args.length && !/^[-!(]/.test(args[0]!)) roots.push(args.shift()!)
  let [minimum, maximum] = [0, Number.POSITIVE_INFINITY]
  let prints = true
  const collected: { command: string[]; paths: string[] }[] = []
  const value = (name: string): string => {
    const text = args.shift()
    if (text === undefined) throw new ToolError(`find: missing argument to \`${name}'`)
    return text
  }
  const base = (path: string) => path.replace(/\/+$/, '').replace(/^.*\//, '') || path

  function primary(): Test {
    const name = args.shift()!
    switch (name) {
      case '!':
      case '-not': {
        const inner = primary()
        return function* (path, full) {
          return !(yield* inner(path, full))
        }
      }
      case '(': {
        const inner = expression()
        args.shift()
        return inner
      }
      case '-name':
      case '-iname': {
        const pattern = value(name)
        const low = (text: string) => (name === '-iname' ? text.toLowerCase() : text)
        return function* (path) {
          return matches(low(pattern), low(base(path)))
        }
      }
      case '-path':
      case '-wholename': {
        const pattern = value(name)
        return function* (path) {
          return matches(pattern, path)
        }
      }
      case '-type': {
        const wanted = value(name)
          .split(',')
          .map(letter => types[letter])
        return function* (_, full) {
          return wanted.includes(process.files.stat(full, { followLinks: false }).type)
        }
      }
      case '-empty':
        return function* (_, full) {
          const { type, size } = process.files.stat(full, { followLinks: false })
          return type === 'directory' ? process.files.list(full).length === 0 : size === 0
        }
      case '-maxdepth':
      case '-mindepth': {
        const depth = Number(value(name))
        if (name === '-maxdepth') maximum = depth
        else minimum = depth
        return function* () {
          return true
        }
      }
      case '-print':
      case '-print0':
        prints = false
        return function* (path) {
          process.stdout.write(path + (name === '-print' ? '\n' : '\0'))
          return true
        }
      case '-delete':
        prints = false
        return function* (_, full) {
          process.files.remove(full, { recursive: true })
          return true
        }
      case '-exec': {
        prints = false
        const command: string[] = []
        for (
          let arg = value(name);
          arg !== ';' && !(arg === '+' && command.at(-1) === '{}');
          arg = value(name)
        )
          command.push(arg)
        if (process.argv.includes('+')) {
          const group = { command: command.slice(0, -1), paths: [] as string[] }
          collected.push(group)
          return function* (path) {
            group.paths.push(path)
            return true
          }
        }
        return function* (path) {
          return (
            (yield* run(
              process,
              command.map(arg => arg.replaceAll('{}', path)),
            )) === 0
          )
        }
      }
      default:
        throw new ToolError(`find: unknown predicate \`${name}'`)
    }
  }
  function conjunction(): Test {
    const tests: Test[] = []
    while (args.length && args[0] !== ')' && args[0] !== '-o' && args[0] !== '-or') {
      if (args[0] === '-a' || args[0] === '-and') args.shift()
      else tests.push(primary())
    }
    return function* (path, full) {
      for (const test of tests) if (!(yield* test(path, full))) return false
      return true
    }
  }
  function expression(): Test {
    const tests = [conjunction()]
    while (args[0] === '-o' || args[0] === '-or') {
      args.shift()
      tests.push(conjunction())
    }
    return function* (path, full) {
      for (const test of tests) if (yield* test(path, full)) return true
      return false
    }
  }

  const test = expression()
  let status = 0
  function* walk(path: string, depth: number): Task {
    const full = pathOf(process, path)
    const { type } = process.files.stat(full, { followLinks: false })
    const names = type === 'directory' && depth < maximum ? process.files.list(full) : []
    if (depth >= minimum && (yield* test(path, full)) && prints) process.stdout.write(`${path}\n`)
    for (const name of names) yield* walk(`${path.replace(/\/$/, '')}/${name}`, depth + 1)
  }
  for (const root of roots.length ? roots : ['.']) {
    try {
      yield* walk(root, 0)
    } catch (error) {
      complain(process, error, `‘${root}’`)
      status = 1
    }
  }
  for (const { command, paths } of collected)
    if (paths.length) yield* run(process as Process, [...command, ...paths])
  return status
})
