// crictl's own configuration: what /etc/crictl.yaml says, and `crictl config`, which reads and changes it.
import { FileError, type Files } from '../../../engine/files.ts'
import type { Process } from '../../../engine/process.ts'
import { type Command, Fatal, ShowHelp, told } from './runtime.ts'

const options = {
  'runtime-endpoint': 'text',
  'image-endpoint': 'text',
  timeout: 'number',
  debug: 'truth',
  'pull-image-on-create': 'truth',
  'disable-pull-on-run': 'truth',
} as const

export type Config = ReadonlyMap<string, string>

const empty = { text: '', number: '0', truth: 'false' } as const
const line = /^([\w-]+):[ \t]*(["']?)(.*?)\2[ \t]*(?:#.*)?$/
const isTruth = (text: string) => /^(1|0|t|f|true|false|T|F|TRUE|FALSE|True|False)$/.test(text)

/** Go's words for a value that an option cannot have; undefined where it can. */
function fault(name: string, value: string): string | undefined {
  const type = options[name as keyof typeof options]
  const quoted = JSON.stringify(value)
  if (type === 'number' && !/^[+-]?\d+$/.test(value)) return `strconv.Atoi: parsing ${quoted}: invalid syntax`
  if (type === 'truth' && !isTruth(value)) return `strconv.ParseBool: parsing ${quoted}: invalid syntax`
  return undefined
}

/** Throws Fatal. */
function parseConfig(text: string): Config {
  const config = new Map<string, string>(Object.entries(options).map(([name, type]) => [name, empty[type]]))
  for (const each of text.split('\n')) {
    const [, name, , value = ''] = line.exec(each) ?? []
    if (name === undefined) continue
    if (!config.has(name)) throw new Fatal(`Config option '${name}' is not valid`)
    const why = fault(name, value)
    if (why) throw new Fatal(`parsing config option '${name}': ${why}`)
    config.set(name, value)
  }
  return config
}

const beside = '/usr/local/bin/crictl.yaml'

/** What the file says, or the one beside the program. Throws Fatal where neither can be read. */
export function configOf(process: Process, path: string): Config {
  const { files, stderr, identity } = process
  let at = path
  if (!files.exists(path)) {
    at = beside
    if (!identity || identity.uid === 0)
      stderr.write(told(process, 'warning', `Config "${path}" does not exist, trying next: "${beside}"`))
  }
  try {
    return parseConfig(files.read(at))
  } catch (error) {
    if (error instanceof Fatal) throw new Fatal(`load config file: ${error.message}`)
    if (error instanceof FileError) throw new Fatal(`load config file: stat ${at}: no such file or directory`)
    throw error
  }
}

/** A file with its options changed; all else in it stays. */
function changed(text: string, config: Config): string {
  const missing = new Map(config)
  const lines = text.split('\n').map(each => {
    const [, name, quote = ''] = line.exec(each) ?? []
    const value = name === undefined ? undefined : config.get(name)
    if (value === undefined) return each
    missing.delete(name!)
    return `${name}: ${value === '' ? '""' : quote + value + quote}`
  })
  while (lines.at(-1) === '') lines.pop()
  for (const [name, value] of missing) lines.push(`${name}: ${value === '' ? '""' : value}`)
  return lines.map(each => `${each}\n`).join('')
}

/** The file's text; made where it is not there, as `crictl config` does before it looks. */
function open(files: Files, path: string): string {
  try {
    return files.read(path)
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    const text = changed('', parseConfig(''))
    files.write(path, text)
    return text
  }
}

function set(config: Map<string, string>, name: string, value: string): void {
  if (!config.has(name)) throw new Fatal(`no configuration option named ${name}`)
  const why = fault(name, value)
  if (why) throw new Fatal(`parse ${name} value '${value}': ${why}`)
  config.set(name, value)
}

export const config: Command = function* ({ process, options, configFile }) {
  const { files, stdout, stderr } = process
  const text = open(files, configFile)
  const values = new Map(parseConfig(text))
  if (options.isGiven('get')) {
    const name = options.text('get')
    if (!values.has(name)) throw new Fatal(`no configuration option named ${name}`)
    stdout.write(`${values.get(name)}\n`)
    return 0
  }
  if (options.is('list') && !options.isGiven('set')) {
    stdout.write(
      [['KEY', 'VALUE'], ...values].map(([name, value]) => `${name!.padEnd(23)}${value}\n`).join(''),
    )
    return 0
  }
  for (const each of options.list('set'))
    for (const pair of each.split(',')) {
      const [name = '', value, more] = pair.split('=')
      if (value === undefined || more !== undefined) throw new Fatal(`incorrectly specified option: ${each}`)
      set(values, name, value)
    }
  if (!options.isGiven('set')) {
    const [name = '', value = ''] = options.args
    if (!name) throw new ShowHelp()
    const what = `${JSON.stringify(name)} to ${JSON.stringify(value)}`
    stderr.write(
      told(
        process,
        'info',
        `No --get, --set or --list provided, setting key ${what.replace(' to ', ' to value ')}`,
      ),
    )
    try {
      set(values, name, value)
    } catch (error) {
      if (error instanceof Fatal) throw new Fatal(`set ${what}: ${error.message}`)
      throw error
    }
  }
  files.write(configFile, changed(text, values))
  return 0
}
