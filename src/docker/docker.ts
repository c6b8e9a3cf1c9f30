// The client: `docker [OPTIONS] COMMAND …`. It finds the command, parses its flags, and says in docker's words what goes
// wrong. Commands are in ./commands and ./containers, each a part that is loaded when it is first used (loaders.ts).
// Words: docker 28.2.2.
import type { Process, Program } from '../engine/process.ts'
import { sleep, type Task } from '../engine/task.ts'
import { wrongArguments } from './arguments.ts'
import type { Command, Context } from './command.ts'
import type { Daemon } from './daemon/daemon.ts'
import { DockerError, FlagError, PlainError } from './errors.ts'
import { Flags } from './flags.ts'
import { absent, aliases, dockerHelpParts, dockerParts, groups, otherNames } from './loaders.ts'
import { version } from './release.ts'

const globalFlags =
  'config:string context,c:string debug,D host,H:list log-level,l:string=info tls tlscacert:string tlscert:string tlskey:string tlsverify version,v'

/** Finds the command that words begin with, and how it is called. */
function findCommand(words: readonly string[]): { part: string; name: string; taken: number } | undefined {
  for (const taken of [2, 1]) {
    if (words.length < taken) continue
    const typed = words.slice(0, taken).join(' ')
    const name = aliases[typed] ?? typed
    const part = otherNames[name] ?? name
    if (dockerParts.has(part)) return { part, name, taken }
  }
  return undefined
}

/** `docker image ls [OPTIONS] [REPOSITORY[:TAG]]` */
export const useLine = (command: Command, name: string): string =>
  `docker ${command.plugin ?? name}${command.usage ? ` ${command.usage}` : ''}`

export function dockerClient(daemon: (process: Process) => Daemon): Program {
  return function* (process) {
    try {
      yield* sleep(daemon(process).chance.clientStart())
      return yield* client(process, daemon)
    } catch (error) {
      if (!(error instanceof DockerError)) throw error
      if (error.message) process.stderr.write(`${error.message}\n`)
      return error.code
    }
  }
}

function* client(asked: Process, daemonOf: (process: Process) => Daemon): Task<number> {
  const { stdout, stderr } = asked
  const global = new Flags(globalFlags, false)
  try {
    global.parse(asked.argv.slice(1))
  } catch (error) {
    if (!(error instanceof FlagError)) throw error
    throw new DockerError(withUsage(error.message, 'docker', 'docker [OPTIONS] COMMAND [ARG...]'), 125)
  }
  const process = global.given('host')
    ? { ...asked, env: new Map(asked.env).set('DOCKER_HOST', global.text('host')) }
    : asked
  const words = [...global.args]
  const config = global.text('config') || `${process.env.get('HOME') ?? '/root'}/.docker`
  // Its usages are wrapped one column before the terminal's end.
  const columns = (process.terminal?.columns ?? 80) - 1
  const help = (name: string): string => dockerHelpParts.get('--help').text(name, config, columns)
  if (global.is('version')) {
    stdout.write(`Docker version ${version.client}, build ${version.commit}\n`)
    return 0
  }
  if (words[0] === 'help') {
    words.shift()
    global.help = true
  }
  if (words.length === 0) {
    ;(global.help ? stdout : stderr).write(help(''))
    return 0
  }
  const found = findCommand(words)
  if (!found) {
    const missing = [words[0]!, words.slice(0, 2).join(' ')].find(each => absent.has(each))
    if (missing) throw new DockerError(`docker: the command '${missing}' is not part of this simulator`)
    return group(words, global.help, help, process)
  }
  const { part, name, taken } = found
  const command = dockerParts.get(part)
  const use = useLine(command, name)
  const path = `docker ${command.plugin ?? name}`
  const flags = new Flags(command.flags, !command.stopsAtArgument)
  try {
    flags.parse(words.slice(taken))
  } catch (error) {
    if (!(error instanceof FlagError)) throw error
    throw new DockerError(withUsage(error.message, path, use, command.usages), 125)
  }
  if (flags.help || global.help) {
    stdout.write(help(name))
    return 0
  }
  const wrong = wrongArguments(command.arguments, flags.args.length, path, withMore(use, command.usages))
  if (wrong) throw new DockerError(command.plugin ? `ERROR: ${wrong}` : wrong)
  const context: Context = {
    process,
    daemon: daemonOf(process),
    name,
    flags,
    args: flags.args,
    config,
    debug: global.is('debug'),
  }
  for (const line of idle(global, globalWithoutEffect)) stderr.write(line)
  for (const line of idle(flags, command.withoutEffect)) stderr.write(line)
  try {
    return yield* command.run(context)
  } catch (error) {
    // A flag whose value only the command can read.
    if (error instanceof FlagError)
      throw new DockerError(withUsage(error.message, path, use, command.usages), 125)
    if (!(error instanceof DockerError) || error instanceof PlainError || !command.ofRun) throw error
    const code = error.code === 1 ? 125 : error.code
    throw new DockerError(
      `docker: ${error.message}\n\nRun 'docker ${name} --help' for more information`,
      code,
    )
  }
}

/** A warning for each of the flags that is given. */
export const idle = (flags: Flags, names = ''): string[] =>
  names
    .split(' ')
    .filter(name => name && flags.given(name))
    .map(name => `WARNING: --${name} has no effect in this simulator\n`)

const globalWithoutEffect = 'log-level tls tlscacert tlscert tlskey tlsverify'

const withMore = (use: string, more: readonly string[] = []): string =>
  [use, ...more.map(each => `\t${each}`)].join('\n')

const withUsage = (message: string, path: string, use: string, more?: readonly string[]): string =>
  `${message}\n\nUsage:  ${withMore(use, more)}\n\nRun '${path} --help' for more information`

/** `docker image`, `docker image nothere`, `docker nothere`. */
function group(
  words: readonly string[],
  isHelp: boolean,
  help: (name: string) => string,
  { stdout, stderr }: Process,
): number {
  const [first = '', second] = words
  if (!groups.has(first)) {
    // Flags are read before the command is looked for.
    const flags = new Flags(globalFlags)
    try {
      flags.parse(words.slice(1))
    } catch (error) {
      if (!(error instanceof FlagError)) throw error
      throw new DockerError(withUsage(error.message, 'docker', 'docker [OPTIONS] COMMAND [ARG...]'), 125)
    }
    throw new DockerError(
      `docker: unknown command: docker ${first}\n\nRun 'docker --help' for more information`,
    )
  }
  if (second === undefined || isHelp || second === '--help' || second === '-h') {
    ;(second === undefined && !isHelp ? stderr : stdout).write(help(first))
    return 0
  }
  if (second.startsWith('-')) {
    const message = /^--/.test(second)
      ? `unknown flag: ${second.replace(/=.*/, '')}`
      : `unknown shorthand flag: '${second[1]}' in ${second}`
    throw new DockerError(withUsage(message, `docker ${first}`, `docker ${first} COMMAND`), 125)
  }
  throw new DockerError(
    `docker: unknown command: docker ${first} ${second}\n\nUsage:  docker ${first}\n\nRun 'docker ${first} --help' for more information`,
  )
}
