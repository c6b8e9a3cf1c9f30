// The options of a script, read as parseArgs does. What it does not know, or `--help`, is answered with the comment at the
// head of the script: its usage stands there, once.
import { readFileSync } from 'node:fs'
import { type ParseArgsConfig, parseArgs } from 'node:util'

export function readOptions<const T extends ParseArgsConfig>(script: string, config: T) {
  const args = config.args ?? process.argv.slice(2)
  const end = args.indexOf('--')
  if ((end < 0 ? args : args.slice(0, end)).some(each => each === '--help' || each === '-h')) {
    console.log(usage(script))
    process.exit(0)
  }
  try {
    return parseArgs(config)
  } catch (error) {
    misused(script, (error as Error).message.replace(/\. To specify a positional[\s\S]*/, ''))
  }
}

/** Says what is wrong with the command line and how it is meant. */
export function misused(script: string, message: string): never {
  console.error(`${message}\n\n${usage(script)}`)
  process.exit(2)
}

/** The comment that a script begins with. */
export function usage(script: string): string {
  const [head = ''] = /^(?:\/\/.*\n)+/.exec(readFileSync(script, 'utf8').replaceAll('\r', '')) ?? []
  return head.trimEnd().replace(/^\/\/ ?/gm, '')
}
