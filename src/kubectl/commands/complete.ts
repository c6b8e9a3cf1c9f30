// `kubectl __complete`: what the completion scripts of the shells ask (spf13/cobra, completions.go).
import type { Command } from '../command.ts'
import { helpTexts } from '../help.ts'
import { find } from '../routing.ts'

export const complete: Command = {
  name: '__complete',
  *run(ctx) {
    const words = ctx.args.slice(0, -1)
    const prefix = ctx.args.at(-1) ?? ''
    const { command, path } = find(ctx.root, words)
    const help = helpTexts()[path] ?? ''
    for (const { name } of [...(command.commands ?? [])].sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (!name.startsWith(prefix) || name.startsWith('__')) continue
      const about = new RegExp(`^ +${name} {2,}(.*)$`, 'm').exec(help)?.[1] ?? ''
      ctx.line(`${name}\t${about}`)
    }
    ctx.line(':4')
    ctx.err('Completion ended with directive: ShellCompDirectiveNoFileComp\n')
    return 0
  },
}
