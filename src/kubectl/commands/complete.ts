// `kubectl __complete`: what the completion scripts of the shells ask (spf13/cobra, completions.go): a candidate a line,
// with a tab and what it does where it is a command, then a directive.
import type { Command } from '../command.ts'
import { kubectlCompleter } from '../completer.ts'
import { helpTexts } from '../help.ts'
import { find } from '../routing.ts'

/** Nothing more to say; no file names besides. */
const directives = { default: ':0', noFiles: ':4' } as const

export const complete: Command = {
  name: '__complete',
  *run(ctx) {
    const words = ctx.args.slice(0, -1)
    const prefix = ctx.args.at(-1) ?? ''
    const { command, path } = find(ctx.root, words)
    const help = helpTexts()[path] ?? ''
    const about = (name: string) => new RegExp(`^ +${name} {2,}(.*)$`, 'm').exec(help)?.[1]
    const candidates = kubectlCompleter(ctx.connection.api)(['kubectl', ...words, prefix])
    const isCommand = (name: string) => command.commands?.some(each => each.name === name)
    for (const name of [...new Set(candidates ?? [])].filter(each => each.startsWith(prefix)).sort())
      ctx.line(isCommand(name) ? `${name}\t${about(name) ?? ''}` : name)
    const [directive, name] = candidates
      ? [directives.noFiles, 'ShellCompDirectiveNoFileComp']
      : [directives.default, 'ShellCompDirectiveDefault']
    ctx.line(directive)
    ctx.err(`Completion ended with directive: ${name}\n`)
    return 0
  },
}
