// docker logs (cli/command/container/logs.go).

import type { Context } from '../command.ts'
import { type Command, exactly } from '../command.ts'
import { logTime, momentOf, readLog } from '../containers/log-reader.ts'
import { DaemonError } from '../errors.ts'

function moment({ flags, daemon }: Context, name: 'since' | 'until'): number | undefined {
  const text = flags.text(name)
  if (!text) return undefined
  const found = momentOf(text, daemon.engine.now)
  if (found === undefined)
    throw new DaemonError(
      `invalid value for "${name}": failed to parse value as time or duration: ${JSON.stringify(text)}`,
    )
  return found
}

export const logs: Command = {
  names: ['container logs', 'logs'],
  usage: '[OPTIONS] CONTAINER',
  arguments: exactly(1),
  flags: 'details follow,f since:string tail,n:string=all timestamps,t until:string',
  *run(context) {
    const { process, daemon, flags, args } = context
    const { stdout, stderr } = process
    const name = args[0]!
    yield* daemon.call(process, `/v1.50/containers/${name}/json`)
    const docker = daemon.container(name)
    const since = moment(context, 'since')
    const until = moment(context, 'until')
    // What is no number means all of them.
    const tail = /^\d+$/.test(flags.text('tail')) ? flags.int('tail') : undefined
    const { tty } = docker.settings
    yield* readLog(docker, { tail, since, until, follow: flags.is('follow') }, line => {
      const out = tty || line.stream === 'stdout' ? stdout : stderr
      const stamp = flags.is('timestamps') ? `${logTime(line.at)} ` : ''
      out.write(`${stamp}${flags.is('details') ? ' ' : ''}${line.text}${line.complete ? '\n' : ''}`)
    })
    return 0
  },
}
