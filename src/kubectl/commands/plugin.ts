// kubectl plugin list (kubectl pkg/cmd/plugin).
import type { Command } from '../command.ts'
import type { Context } from '../context.ts'
import { CommandError } from '../errors.ts'

/** Programs of the PATH whose names begin with `kubectl-`, in the order of its folders. */
function pluginsOf({ process }: Context): { path: string; executable: boolean }[] {
  const { files } = process
  return (process.env.get('PATH') ?? '')
    .split(':')
    .filter(folder => files.exists(folder) && files.stat(folder).type === 'directory')
    .flatMap(folder =>
      files
        .list(folder)
        .filter(name => name.startsWith('kubectl-'))
        .map(name => `${folder}/${name}`),
    )
    .filter(path => files.stat(path).type === 'file')
    .map(path => ({ path, executable: (files.stat(path).mode & 0o111) !== 0 }))
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

const list: Command = {
  name: 'list',
  flags: 'name-only',
  *run(ctx) {
    const plugins = pluginsOf(ctx)
    if (plugins.length === 0) throw new CommandError('unable to find any kubectl plugins in your PATH')
    ctx.line('The following compatible plugins are available:\n')
    const seen = new Map<string, string>()
    let warnings = 0
    const warn = (text: string) => {
      warnings++
      ctx.err(`  - warning: ${text}\n`)
    }
    for (const { path, executable } of plugins) {
      const name = nameOf(path)
      ctx.line(ctx.flags.bool('name-only') ? name : path)
      const words = name.replace(/^kubectl-/, '').split('-')
      const builtIn = ctx.root.commands?.some(command => command.name === words[0])
      if (!executable) warn(`${path} identified as a kubectl plugin, but it is not executable`)
      const shadow = seen.get(name)
      if (shadow) warn(`${path} is overshadowed by a similarly named plugin: ${shadow}`)
      else seen.set(name, path)
      if (builtIn) warn(`${name} overwrites existing command: "kubectl ${words[0]}"`)
    }
    if (warnings)
      throw new CommandError(
        warnings === 1 ? 'one plugin warning was found' : `${warnings} plugin warnings were found`,
      )
    return 0
  },
}

export const plugin: Command = { name: 'plugin', help: 'stderr', commands: [list] }
