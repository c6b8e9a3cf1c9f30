// man: the pages of kubectl and its commands are their help; there are no others.

import { Buffer } from '../engine/pipe.ts'
import type { Process } from '../engine/process.ts'
import { ToolError, tool } from '../shell/command.ts'

export const man = tool('man', 'the manual: man kubectl', function* (process: Process) {
  const [first, second] = process.argv.slice(1).filter(arg => !arg.startsWith('-'))
  // A section may stand before the name.
  const name = first !== undefined && /^\d$/.test(first) ? second : first
  if (name === undefined) throw new ToolError("What manual page do you want?\nFor example, try 'man man'.")
  const kubectl = /^kubectl(?:-(.*))?$/.test(name) ? process.find('kubectl') : undefined
  const command = /^kubectl-(.*)$/.exec(name)?.[1]?.split('-') ?? []
  const text = new Buffer()
  const status = kubectl
    ? yield* kubectl({
        ...process,
        argv: ['kubectl', ...command, '--help'],
        stdout: text,
        stderr: new Buffer(),
      })
    : 1
  if (status || !text.text) throw new ToolError(`No manual entry for ${name}`, 16)
  const title = `${name.toUpperCase()}(1)`
  const middle = 'kubectl User Manual'
  const gap = ' '.repeat(Math.max(1, Math.floor((78 - middle.length) / 2) - title.length))
  process.stdout.write(
    `${title}${gap}${middle}${gap}${title}\n\n${text.text.replace(/^(?=.)/gm, '       ')}\n`,
  )
  return 0
})
