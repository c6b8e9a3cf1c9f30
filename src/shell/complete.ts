// Tab: names of commands, of files and, through a program's own completer, of its arguments.
import { resolvePath } from '../engine/files.ts'
import type { Interpreter } from './interpreter.ts'

/** `text` is the line with what all choices share put in; the choices are shown where there are several. */
export interface Completion {
  readonly text: string
  readonly choices: readonly string[]
}

/** Candidates for the last of `words` (the first is the command); undefined: file names. */
export type Completer = (words: readonly string[]) => readonly string[] | undefined

export function completeLine(text: string, shell: Interpreter, completer: Completer | undefined): Completion {
  const command = /(?:^|[|;&(]|\$\(|`)\s*([^|;&()`]*)$/.exec(text)?.[1] ?? ''
  const words = command.split(/\s+/)
  while (words.length > 1 && /^\w+=/.test(words[0]!)) words.shift()
  const last = words.at(-1) ?? ''
  const redirected = /[<>]\s*\S*$/.test(text)
  let candidates: readonly string[] | undefined
  if (words.length === 1 && !last.includes('/') && !redirected) candidates = commandNames(shell, last)
  else if (!redirected) {
    // The function that kubectl's completion brings completes whatever it is given as kubectl.
    const alias =
      shell.state.completions.get(words[0]!) === '__start_kubectl'
        ? 'kubectl'
        : shell.state.aliases.get(words[0]!)
    candidates = completer?.([...(alias ? alias.split(/\s+/) : [words[0]!]), ...words.slice(1)])
  }
  candidates = candidates ?? fileNames(shell, last.replace(/^.*[=<>]/, ''))
  const prefix = candidates.some(c => c.startsWith(last)) ? last : last.replace(/^.*[=<>]/, '')
  const fitting = [...new Set(candidates)].filter(candidate => candidate.startsWith(prefix)).sort()
  if (fitting.length === 0) return { text, choices: [] }
  let shared = fitting[0]!
  for (const candidate of fitting) while (!candidate.startsWith(shared)) shared = shared.slice(0, -1)
  const ended = fitting.length === 1 && !/[/=:]$/.test(shared) ? `${shared} ` : shared
  return {
    text: text.slice(0, text.length - prefix.length) + ended,
    choices: fitting.length > 1 ? fitting : [],
  }
}

function commandNames(shell: Interpreter, prefix: string): string[] {
  const { state, builtins } = shell
  return [
    ...state.aliases.keys(),
    ...state.functions.keys(),
    ...builtins.keys(),
    ...(shell.programNames ?? []),
  ].filter(name => name.startsWith(prefix))
}

function fileNames(shell: Interpreter, path: string): string[] {
  const directory = path.slice(0, path.lastIndexOf('/') + 1)
  const { files } = shell.host
  const home = String(shell.scope.lookup('HOME') ?? '/')
  const full = resolvePath(shell.state.cwd, directory.replace(/^~(?=\/)/, home) || '.')
  try {
    return files
      .list(full)
      .filter(name => !name.startsWith('.') || path.slice(directory.length).startsWith('.'))
      .map(name => {
        const inside = `${full === '/' ? '' : full}/${name}`
        return directory + name + (files.exists(inside) && files.stat(inside).type === 'directory' ? '/' : '')
      })
  } catch {
    return []
  }
}
