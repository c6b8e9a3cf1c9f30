// crictl: what the runtime has as the kubelet sees it, on its node. Left out: making pods and containers by hand, attaching,
// forwarding and streams of events. Words, columns and flags: cri-tools 1.36.
import { dictionary, ownValue } from '../../engine/dictionary.ts'
import { formatTime } from '../../engine/engine.ts'
import { type Tool, ToolError, tool } from '../../shell/command.ts'
import type { Kubelet } from '../kubelet.ts'
import { logs, pull, rm, rmi, rmp, stop, stopp, version } from './crictl/change.ts'
import { type CommandName, clientFlags, commands as specs, withoutEffect } from './crictl/commands.ts'
import { type Config, config, configOf } from './crictl/config.ts'
import { connect } from './crictl/connect.ts'
import { exec } from './crictl/exec.ts'
import { clientHelp, commandHelp, Options, WrongFlag } from './crictl/flags.ts'
import { imagefsinfo, info, inspect, inspecti, inspectp } from './crictl/inspect.ts'
import { images, pods, ps } from './crictl/lists.ts'
import { type Command, Fatal, LogFatal, ShowHelp, told } from './crictl/runtime.ts'
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
const aliases: Readonly<Record<string, CommandName>> = dictionary({ image: 'images', img: 'images' })
const release = '1.36.0'

export const crictl = (kubelet: Kubelet): Tool =>
  tool('crictl', "client of the node's container runtime", function* (process) {
    const { stdout, stderr, env } = process
    const note = (level: Parameters<typeof told>[1], text: string) => stderr.write(told(process, level, text))
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
      const spec = asked === undefined ? undefined : ownValue(specs, aliases[asked] ?? asked)
      stdout.write(spec ? commandHelp(aliases[asked!] ?? asked!, spec) : help())
      return 0
    }
    const isNamed = global.isGiven('config') || env.has('CRI_CONFIG_FILE')
    const configFile = (!global.isGiven('config') && env.get('CRI_CONFIG_FILE')) || global.text('config')
    let settings: Config | undefined
    try {
      settings = configOf(process, configFile)
    } catch (error) {
      if (!(error instanceof Fatal)) throw error
      if (isNamed) {
        note('fatal', error.message)
        return 1
      }
    }
    const name = aliases[typed] ?? (typed as CommandName)
    const spec = ownValue(specs, name)
    if (!spec) throw new ToolError(`No help topic for '${typed}'`, 3)
    const command = commands[name]
    if (!command && !/^(-h|--?help)$/.test(rest[0] ?? ''))
      throw new ToolError(
        `crictl: '${name}' is not part of this simulator: kubectl makes what runs on a node`,
      )
    let options: Options
    try {
      options = new Options(spec, rest)
    } catch (error) {
      if (!(error instanceof WrongFlag)) throw error
      stdout.write(`Incorrect Usage: ${error.message}\n\n${commandHelp(name, spec)}`)
      note('fatal', error.message)
      return 1
    }
    if (!command || options.is('help')) {
      stdout.write(commandHelp(name, spec))
      return 0
    }
    for (const [each, names] of [
      [global, withoutEffect['']],
      [options, withoutEffect[name]],
    ] as const)
      for (const flag of names ?? [])
        if (each.isGiven(flag) || (each === global && settings?.get(flag) === 'true'))
          stderr.write(`WARNING: --${flag} has no effect in this simulator\n`)
    try {
      connect(process, kubelet, name, global, settings)
      return yield* command({ process, kubelet, options, configFile })
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
