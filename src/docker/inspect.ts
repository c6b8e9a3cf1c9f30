// What `docker inspect` and the inspect of each kind print: objects as JSON, or what a template makes of each
// (cli/command/inspect/inspector.go).

import type { Task } from '../engine/task.ts'
import { Template } from '../kubectl/print/go-template.ts'
import { TemplateError } from '../kubectl/print/go-template-parser.ts'
import type { Context } from './command.ts'
import type { Daemon } from './daemon/daemon.ts'
import { DockerError } from './errors.ts'
import { functions, templateFault } from './format.ts'

/** A kind of object: finds one by name or id, and tells of it in the order of the API; throws where there is none. */
export type Finder = (daemon: Daemon, text: string) => object

const templateFunctions = { ...functions, json: (value: unknown) => JSON.stringify(value ?? null) }

/** Prints those that are found, then says which are not. */
export function* inspectAll({ process, daemon, flags, args }: Context, find: Finder): Task<number> {
  const { stdout } = process
  const format = flags.text('format')
  const template = format && format !== 'json' ? parsed(format) : undefined
  const found: object[] = []
  const faults: string[] = []
  for (const text of args)
    try {
      yield* daemon.call(process, `/v1.50/containers/${text}/json`)
      found.push(find(daemon, text))
    } catch (error) {
      if (!(error instanceof DockerError)) throw error
      faults.push(error.message)
    }
  if (template) {
    const lines: string[] = []
    for (const each of found)
      try {
        lines.push(template.run(each))
      } catch (error) {
        if (!(error instanceof TemplateError)) throw error
        faults.push(`template parsing error: ${templateFault(error)}`)
        break
      }
    stdout.write(`${lines.join('\n')}\n`)
  } else if (format === 'json') stdout.write(`${JSON.stringify(found)}\n`)
  else stdout.write(`${JSON.stringify(found, undefined, 4)}\n`)
  if (faults.length) throw new DockerError(faults.join('\n'))
  return 0
}

function parsed(format: string): Template {
  try {
    return new Template(
      format.replace(/\\([tn])/g, (_, c) => (c === 't' ? '\t' : '\n')),
      {
        functions: templateFunctions,
        strict: true,
      },
    )
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    throw new DockerError(`template parsing error: ${templateFault(error)}`, 64)
  }
}
