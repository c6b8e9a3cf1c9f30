// Small commands around kubectl itself: plugin, completion.
import type { Command } from '../command.ts'
import { CommandError } from '../errors.ts'

export const plugin: Command = {
  name: 'plugin',
  help: 'stderr',
  commands: [
    {
      name: 'list',
      flags: 'name-only',
      *run() {
        throw new CommandError('unable to find any kubectl plugins in your PATH')
      },
    },
  ],
}

const shells: Record<string, string> = {
  bash: '\n# Copyright 2016 The Kubernetes Authors.\n#\n# Licensed under the Apache License, Version 2.0 (the "License");\n',
  zsh: '#compdef kubectl\ncompdef _kubectl kubectl\n\n# Copyright 2016 The Kubernetes Authors.\n#\n',
  fish: '# fish completion for kubectl                              -*- shell-script -*-\n',
  powershell: '# powershell completion for kubectl                              -*- shell-script -*-\n',
}

/** The terminal completes by itself, so only the heads of the scripts are here. */
export const completion: Command = {
  name: 'completion',
  *run(ctx) {
    const [shell, more] = ctx.args
    if (shell === undefined) throw ctx.usageError('Shell not specified.')
    if (more !== undefined) throw ctx.usageError('Too many arguments. Expected only the shell type.')
    const text = shells[shell]
    if (text === undefined) throw ctx.usageError(`Unsupported shell type ${JSON.stringify(shell)}.`)
    ctx.out(text)
    const names = ctx.root.commands!.map(command => command.name)
    ctx.out(`# commands: ${names.join(' ')}\n`)
    return 0
  },
}
