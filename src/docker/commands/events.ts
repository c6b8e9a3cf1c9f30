// docker events: what happens to the daemon's objects, as it happens.
import { wait, withTimeout } from '../../engine/task.ts'
import { type Command, noArguments } from '../command.ts'
import { filterValues } from '../containers/filters.ts'
import { logTime, momentOf } from '../containers/log-reader.ts'
import type { DockerEvent } from '../daemon/events.ts'
import { DaemonError } from '../errors.ts'
import { formatted } from '../format.ts'

const known =
  'config container daemon event image label network node plugin scope secret service type volume'.split(' ')

const plain = ({ at, type, action, id, attributes }: DockerEvent): string => {
  const more = Object.entries(attributes)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
  return `${logTime(at)} ${type} ${action} ${id}${more.length ? ` (${more.join(', ')})` : ''}\n`
}

const jsonOf = ({ at, type, action, id, attributes }: DockerEvent) => ({
  ...(type === 'container' && { status: action, id, from: attributes.image }),
  Type: type,
  Action: action,
  Actor: { ID: id, Attributes: attributes },
  scope: 'local',
  time: Math.floor(at / 1000),
  timeNano: Math.floor(at * 1e6),
})

export const events: Command = {
  names: ['system events', 'events'],
  usage: '[OPTIONS]',
  arguments: noArguments,
  flags: 'filter,f:filter format:string since:string until:string',
  *run({ process, daemon, flags }) {
    yield* daemon.call(process, '/v1.50/events')
    const { now } = daemon.engine
    const moment = (name: string): number | undefined => {
      const text = flags.text(name)
      if (!text) return undefined
      const found = momentOf(text, now)
      if (found === undefined)
        throw new DaemonError(`failed to parse value as time or duration: ${JSON.stringify(text)}`)
      return found
    }
    const [since, until] = [moment('since'), moment('until')]
    const values = filterValues(flags.list('filter'), known)
    const passes = ({ type, action, id, attributes }: DockerEvent): boolean =>
      [...values].every(([name, wanted]) =>
        wanted.some(value => {
          if (name === 'type') return type === value
          if (name === 'event') return action === value || action.startsWith(`${value}:`)
          if (name === 'scope') return value === 'local'
          if (name === 'label') {
            const [key = '', text] = value.split(/=(.*)/s)
            return text === undefined ? key in attributes : attributes[key] === text
          }
          if (name === 'image')
            return attributes.image?.replace(/:.*/, '') === value || attributes.image === value
          return type === name && (id === value || id.startsWith(value) || attributes.name === value)
        }),
      )
    const format = flags.text('format')
    const write = (event: DockerEvent) => {
      if (!passes(event)) return
      const json = jsonOf(event)
      if (!format) process.stdout.write(plain(event))
      else if (format === 'json') process.stdout.write(`${JSON.stringify(json)}\n`)
      else {
        const row = { ...json, Time: json.time, TimeNano: json.timeNano, ID: event.id, Status: event.action }
        process.stdout.write(
          formatted({ heads: {}, columns: [], rows: [row], type: 'events.Message' }, format),
        )
      }
    }
    let next = daemon.events.end
    if (since !== undefined)
      for (const event of daemon.events.from(0))
        if (event.at >= since && (until === undefined || event.at <= until)) write(event)
    for (;;) {
      const left = until === undefined ? undefined : until - daemon.engine.now
      if (left !== undefined && left <= 0) return 0
      if (left === undefined) yield* wait(daemon.events.changed)
      else yield* withTimeout(daemon.events.changed, left)
      for (const event of daemon.events.from(next)) write(event)
      next = daemon.events.end
    }
  },
}
