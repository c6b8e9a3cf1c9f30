// The instructions that only change the configuration of an image (ENV, EXPOSE, CMD …): what they make of it, and the line
// that the image's history gets.

import type { ImageConfig } from '../../containers/content.ts'
import { dictionary } from '../../engine/dictionary.ts'
import type { Instruction } from './instructions.ts'
import { defaultShell } from './run-step.ts'
import { quotedList, withEnv } from './state.ts'

/** Something that no parse could tell: the words stand alone, the lines are known to the caller. */
export class ConfigurationError extends Error {}

export type Expand = (text: string) => string

/** `3000`, `3000/udp`, `8000-8002`: each port with its protocol. */
function ports(text: string): string[] {
  const [, from, to, protocol = 'tcp'] = /^(\d+)(?:-(\d+))?(?:\/(\w+))?$/.exec(text) ?? []
  if (from === undefined) throw new ConfigurationError(`invalid containerPort: ${text.replace(/\/.*$/, '')}`)
  const first = Number(from)
  const last = Number(to ?? from)
  if (first > 65_535 || last > 65_535)
    throw new ConfigurationError(`invalid containerPort: ${text.replace(/\/.*$/, '')}`)
  if (last < first) throw new ConfigurationError(`invalid range specified for containerPort: ${text}`)
  if (!/^(tcp|udp|sctp)$/i.test(protocol)) throw new ConfigurationError(`invalid proto: ${protocol}`)
  return Array.from({ length: last - first + 1 }, (_, i) => `${first + i}/${protocol.toLowerCase()}`)
}

const milliseconds = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined
  const units: Record<string, number> = dictionary({ ms: 1, s: 1000, m: 60_000, h: 3_600_000 })
  let sum = 0
  for (const [, amount, unit] of text.matchAll(/([\d.]+)(ms|s|m|h)/g)) sum += Number(amount) * units[unit!]!
  return sum
}

const shellForm = (config: ImageConfig, words: readonly string[]): string[] =>
  words.length ? [...(config.shell ?? defaultShell), ...words] : []

export interface Configured {
  readonly config: ImageConfig
  /** Of the image's history. */
  readonly createdBy: string
}

/** Undefined for the instructions that are more than that. `hasCmd`: a CMD of this very stage came before. */
export function configure(
  config: ImageConfig,
  step: Instruction,
  expand: Expand,
  hasCmd: boolean,
): Configured | undefined {
  switch (step.type) {
    case 'ENV': {
      const pairs = step.pairs.map(([key, value]): [string, string] => [expand(key), expand(value)])
      let changed = config
      for (const [key, value] of pairs) changed = withEnv(changed, key, value)
      return { config: changed, createdBy: `ENV ${pairs.map(([key, value]) => `${key}=${value}`).join(' ')}` }
    }
    case 'LABEL': {
      const pairs = step.pairs.map(([key, value]): [string, string] => [expand(key), expand(value)])
      return {
        config: { ...config, labels: { ...config.labels, ...Object.fromEntries(pairs) } },
        createdBy: `LABEL ${pairs.map(([key, value]) => `${key}=${value}`).join(' ')}`,
      }
    }
    case 'MAINTAINER':
      return { config, createdBy: `MAINTAINER ${step.text}` }
    case 'EXPOSE': {
      const own = step.items
        .flatMap(item => expand(item).split(/\s+/).filter(Boolean))
        .flatMap(ports)
        .sort()
      const exposed = [...new Set([...(config.exposed ?? []), ...own])].sort()
      return {
        config: { ...config, exposed },
        createdBy: `EXPOSE map[${own.map(port => `${port}:{}`).join(' ')}]`,
      }
    }
    case 'VOLUME': {
      const own = step.items.map(expand)
      const volumes = [...new Set([...(config.volumes ?? []), ...own])]
      return { config: { ...config, volumes }, createdBy: `VOLUME [${own.join(' ')}]` }
    }
    case 'USER': {
      const user = expand(step.text)
      return { config: { ...config, user }, createdBy: `USER ${user}` }
    }
    case 'STOPSIGNAL': {
      const stopSignal = expand(step.text)
      if (!/^(SIG)?[A-Z0-9+]+$|^\d+$/.test(stopSignal))
        throw new ConfigurationError(`invalid signal: ${stopSignal}`)
      return { config: { ...config, stopSignal }, createdBy: `STOPSIGNAL ${stopSignal}` }
    }
    case 'SHELL':
      return { config: { ...config, shell: step.shell }, createdBy: `SHELL [${step.shell.join(' ')}]` }
    case 'CMD': {
      const { words, isShell } = step.command
      const cmd = isShell ? shellForm(config, words) : words
      return { config: { ...config, cmd }, createdBy: `CMD ${quotedList(cmd)}` }
    }
    case 'ENTRYPOINT': {
      const { words, isShell } = step.command
      const entrypoint = isShell ? shellForm(config, words) : words
      // A new entrypoint makes the base's CMD meaningless.
      const { cmd, ...rest } = config
      return {
        config: { ...rest, ...(hasCmd && { cmd }), entrypoint },
        createdBy: `ENTRYPOINT ${quotedList(entrypoint)}`,
      }
    }
    case 'HEALTHCHECK': {
      const value = (name: string) => step.flags.get(name)?.at(-1)
      const [interval, timeout, startPeriod, retries] = [
        milliseconds(value('interval')),
        milliseconds(value('timeout')),
        milliseconds(value('start-period')),
        value('retries'),
      ]
      const healthcheck = {
        test: step.test,
        ...(interval !== undefined && { interval }),
        ...(timeout !== undefined && { timeout }),
        ...(startPeriod !== undefined && { startPeriod }),
        ...(retries !== undefined && { retries: Number(retries) }),
      }
      return {
        config: { ...config, healthcheck },
        createdBy: `HEALTHCHECK &{${JSON.stringify(step.test)} "${interval ?? 0}s" "${timeout ?? 0}s" "${startPeriod ?? 0}s" "0s" '\\x00'}`,
      }
    }
    case 'ONBUILD':
      return {
        config: { ...config, onBuild: [...(config.onBuild ?? []), step.trigger] },
        createdBy: `ONBUILD ${step.trigger}`,
      }
    default:
      return undefined
  }
}
