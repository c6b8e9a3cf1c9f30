// crictl: what the runtime has as the kubelet sees it, on its node. Left out: making pods and containers by hand, attaching,
// forwarding and streams of events. Words, columns and flags: cri-tools 1.36.
import { formatTime } from '../../engine/engine.ts'
import type { Process } from '../../engine/process.ts'
import { type Tool, ToolError, tool } from '../../shell/command.ts'
import type { Kubelet } from '../kubelet.ts'
import { config, exec, logs, pull, rm, rmi, rmp, stop, stopp, version } from './crictl/change.ts'
import { type CommandName, clientFlags, commands as specs, withoutEffect } from './crictl/commands.ts'
import { clientHelp, commandHelp, Options, WrongFlag } from './crictl/flags.ts'
import { imagefsinfo, info, inspect, inspecti, inspectp } from './crictl/inspect.ts'
import { images, pods, ps } from './crictl/lists.ts'
import { type Command, Fatal, LogFatal, ShowHelp } from './crictl/runtime.ts'
import { stats, statsp } from './crictl/stats.ts'

const commands: Partial<Record<CommandName, Command>> = {
  config,
  exec,
  imagefsinfo,
  images,
  info,
  inspect,
  inspecti,
  inspectp,
  logs,
  pods,
  ps,
  pull,
  rm,
  rmi,
  rmp,
  stats,
  statsp,
  stop,
  stopp,
  version,
}
const aliases: Readonly<Record<string, CommandName>> = { image: 'images', img: 'images' }
/** They ask for images too, or for nothing else. */
const askBoth = ['ps', 'inspect']
const askImages = ['images', 'inspecti', 'imagefsinfo', 'pull', 'rmi']
const release = '1.36.0'
const socket = 'unix:///run/containerd/containerd.sock'

const levels = { warning: ['33', 'WARN'], error: ['31', 'ERRO'], fatal: ['31', 'FATA'] } as const

/** A line of logrus: with times where stderr is no terminal. */
function told({ engine, terminal }: Process, level: keyof typeof levels, text: string): string {
  const [colour, name] = levels[level]
  return terminal
    ? `\x1b[${colour}m${name}\x1b[0m[0000] ${text.padEnd(44)} \n`
    : `time="${formatTime(engine.now)}" level=${level} msg=${JSON.stringify(text)}\n`
}

export const crictl = (kubelet: Kubelet): Tool =>
  tool('crictl', "client of the node's container runtime", function* (process) {
    const { stdout, stderr, files, identity } = process
    const note = (level: keyof typeof levels, text: string) => stderr.write(told(process, level, text))
    let global: Options
    try {
      global = new Options(clientFlags, process.argv.slice(1))
    } catch (error) {
      if (!(error instanceof WrongFlag)) throw error
      stdout.write(`Incorrect Usage: ${error.message}\n\n${help()}`)
      note('fatal', error.message)
      return 1
    }
    if (global.is('version')) {
      stdout.write(`crictl version v${release}\n`)
      return 0
    }
    const [typed = 'help', ...rest] = global.args
    if (global.is('help') || typed === 'help' || typed === 'h') {
      const [asked] = rest
      const spec = asked && specs[aliases[asked] ?? (asked as CommandName)]
      stdout.write(spec ? commandHelp(aliases[asked!] ?? asked!, spec) : help())
      return 0
    }
    const file = global.text('config')
    const isConfigured = files.exists(file)
    const isRoot = !identity || identity.uid === 0
    if (!isConfigured && isRoot)
      note('warning', `Config "${file}" does not exist, trying next: "/usr/local/bin/crictl.yaml"`)
    const name = aliases[typed] ?? (typed as CommandName)
    const spec = specs[name]
    if (!spec) throw new ToolError(`No help topic for '${typed}'`, 3)
    let options: Options
    try {
      options = new Options(spec, rest)
    } catch (error) {
      if (!(error instanceof WrongFlag)) throw error
      stdout.write(`Incorrect Usage: ${error.message}\n\n${commandHelp(name, spec)}`)
      note('fatal', error.message)
      return 1
    }
    if (options.is('help')) {
      stdout.write(commandHelp(name, spec))
      return 0
    }
    const command = commands[name]
    if (!command)
      throw new ToolError(
        `crictl: '${name}' is not part of this simulator: kubectl makes what runs on a node`,
      )
    for (const [each, names] of [
      [global, withoutEffect['']],
      [options, withoutEffect[name]],
    ] as const)
      for (const flag of names ?? [])
        if (each.isGiven(flag)) stderr.write(`WARNING: --${flag} has no effect in this simulator\n`)
    const refused = (endpoint: string, why: string): number => {
      note(
        'fatal',
        `validate service connection: validate CRI v1 runtime API for endpoint "${endpoint}": rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix ${endpoint.replace('unix://', '')}: connect: ${why}"`,
      )
      return 1
    }
    if (name !== 'config') {
      const endpoint = global.text('runtime-endpoint')
      // The socket is root's alone.
      if (!isRoot) return refused(socket, 'permission denied')
      if (!kubelet.runtimeService.active) return refused(socket, 'no such file or directory')
      if (endpoint && !socket.endsWith(endpoint.replace('unix://', '')))
        return refused(endpoint, 'no such file or directory')
      if (!isConfigured && !endpoint)
        for (const what of askImages.includes(name)
          ? ['Image']
          : ['runtime', ...(askBoth.includes(name) ? ['Image'] : [])])
          note(
            'warning',
            `${what} connect using default endpoints: [${socket} unix:///run/crio/crio.sock unix:///var/run/cri-dockerd.sock]. As the default settings are now deprecated, you should set the endpoint instead.`,
          )
    }
    try {
      return yield* command({ process, kubelet, options })
    } catch (error) {
      if (error instanceof ShowHelp) {
        if (error.complaint) note('error', error.complaint)
        stdout.write(commandHelp(name, spec))
        return 0
      }
      if (error instanceof LogFatal) {
        stderr.write(
          `${formatTime(process.engine.now).replaceAll('-', '/').replace('T', ' ').replace('Z', '')} ${error.message}\n`,
        )
        return 1
      }
      if (!(error instanceof Fatal)) throw error
      stderr.write(error.logged)
      note('fatal', error.message)
      return 1
    }
  })

const help = (): string =>
  clientHelp(
    release,
    Object.entries(specs).map(([name, { usage }]) => [
      name === 'images' ? 'images, image, img' : name,
      usage,
    ]),
    clientFlags,
  )
