// `docker COMMAND --help`: what each command is for, and its flags in words. Laid out by layout.ts.
import type { Command } from '../command.ts'
import { useLine } from '../docker.ts'
import { flagSpecs } from '../flags.ts'
import { aliases, dockerParts, otherNames } from '../loaders.ts'
import { containerFlags } from './container-flags.ts'
import { about, groupTexts, rootText } from './groups.ts'
import type { HelpTexts } from './help.ts'
import { imageFlags } from './image-flags.ts'
import { flagsText } from './layout.ts'

const format = `Format output using a custom template:
'table':            Print output in table format with column headers (default)
'table TEMPLATE':   Print output in table format using the given Go template
'json':             Print in JSON format
'TEMPLATE':         Print output using the given Go template.
Refer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates`

const inspect = `Format output using a custom template:
'json':             Print in JSON format
'TEMPLATE':         Print output using the given Go template.
Refer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates`

function textsOf(part: string): ReadonlyMap<string, string> {
  // `create` has the flags of `run` but those that its own table lacks.
  const lines = (imageFlags[part] ?? containerFlags[part === 'create' ? 'run' : part] ?? '')
    .split('\n')
    .filter(Boolean)
  return new Map(
    lines.map(line => {
      const colon = line.indexOf(': ')
      const text = line.slice(colon + 2).replaceAll('\\n', '\n')
      return [line.slice(0, colon), text === '$format' ? format : text === '$inspect' ? inspect : text]
    }),
  )
}

/** All ways to call it, as help lists them: each name, with cobra's aliases of it behind. */
const aliasesOf = (part: string): string =>
  dockerParts
    .get(part)
    .names.flatMap(name => [name, ...Object.keys(aliases).filter(alias => aliases[alias] === name)])
    .map(name => `docker ${name}`)
    .join(', ')

function commandText(name: string, columns: number): string {
  const part = otherNames[name] ?? name
  const command: Command = dockerParts.get(part)
  const use = [`Usage:  ${useLine(command, name)}`, ...(command.usages ?? []).map(each => `\t${each}`)].join(
    '\n',
  )
  const hasAlias = command.names.length > 1 || Object.values(aliases).includes(name)
  const listed = hasAlias ? `\n\nAliases:\n  ${command.aliases ?? aliasesOf(part)}` : ''
  const flags = flagsText(flagSpecs(command.flags), textsOf(part), columns)
  const options = flags ? `\n\nOptions:\n${flags}` : '\n'
  const words = about[part] ?? ''
  if (!command.plugin) return `${use}\n\n${words}${listed}${options}`
  return `${words}\n\n${use}\n\n${words}${listed}${options}\nExperimental commands and flags are hidden. Set BUILDX_EXPERIMENTAL=1 to show them.\n`
}

export const helpTexts: HelpTexts = {
  text(name, config, columns) {
    if (name === '') return rootText(config, columns)
    if (groupTexts[name]) {
      const [words, list] = groupTexts[name]
      return `Usage:  docker ${name} COMMAND\n\n${words}\n\nCommands:\n${list}\n\nRun 'docker ${name} COMMAND --help' for more information on a command.\n`
    }
    return commandText(name, columns)
  },
}
