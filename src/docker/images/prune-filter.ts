// `--filter until=24h --filter label=a=b` of the commands that prune.
import { parseTime } from '../../engine/engine.ts'
import type { Daemon } from '../daemon/daemon.ts'
import { DaemonError, DockerError } from '../errors.ts'
import type { PruneFilter } from './remove.ts'

const units: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 }

/** A duration before now, a time, or seconds since 1970: ms since 1970. */
function untilTime(text: string, now: number): number {
  if (/^(\d+(\.\d+)?(ms|h|m|s))+$/.test(text)) {
    let sum = 0
    for (const [, amount, unit] of text.matchAll(/([\d.]+)(ms|h|m|s)/g)) sum += Number(amount) * units[unit!]!
    return now - sum
  }
  if (/^\d+$/.test(text)) return Number(text) * 1000
  if (/^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)?)?$/.test(text))
    return parseTime(
      text.length === 10 ? `${text}T00:00:00Z` : /Z|[+-]\d\d:\d\d$/.test(text) ? text : `${text}Z`,
    )
  throw new DaemonError(`failed to parse value as time or duration: ${JSON.stringify(text)}`)
}

/** Throws what the client or the daemon says to a filter that is none. */
export function pruneFilter(daemon: Daemon, filters: readonly string[]): PruneFilter {
  let until: number | undefined
  const tests: ((labels: Readonly<Record<string, string>>) => boolean)[] = []
  for (const filter of filters) {
    const equals = filter.indexOf('=')
    if (equals < 0)
      throw new DockerError(
        `invalid argument ${JSON.stringify(filter)} for "--filter" flag: bad format of filter (expected name=value)`,
        125,
      )
    const [name, value] = [filter.slice(0, equals).trim().toLowerCase(), filter.slice(equals + 1).trim()]
    if (name === 'until') until = untilTime(value, daemon.engine.now)
    else if (name === 'label' || name === 'label!') {
      const [key = '', text] = value.split(/=(.*)/s)
      tests.push(
        labels =>
          (Object.hasOwn(labels, key) && (text === undefined || labels[key] === text)) === (name === 'label'),
      )
    } else if (name !== 'dangling') throw new DaemonError(`invalid filter '${name}'`)
  }
  return {
    until,
    ...(tests.length && {
      accepts: ({ content }) => tests.every(test => test(content.config.labels ?? {})),
    }),
  }
}
