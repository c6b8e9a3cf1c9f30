// kubectl port-forward.

import { formatMicroTime } from '../../engine/engine.ts'
import { type HttpHandler, isLoopback, type Listener } from '../../engine/network.ts'
import { Deferred, Interrupt, type Task, wait } from '../../engine/task.ts'
import { goQuote } from '../../kinds/machinery/quote.ts'
import type { KnownObject } from '../../kinds/object.ts'
import type { ContainerPort, Pod } from '../../kinds/schema/types.ts'
import { infosOf, resourceNames } from '../builder.ts'
import { pathOf } from '../client.ts'
import type { Command } from '../command.ts'
import type { Context } from '../context.ts'
import { CommandError } from '../errors.ts'
import { attachablePod } from '../pods.ts'

interface Mapping {
  readonly local: number
  readonly remote: number
}

export const portForward: Command = {
  name: 'port-forward',
  flags: 'address:l=localhost pod-running-timeout:d=1m0s',
  *run(ctx) {
    const [target, ...ports] = ctx.args
    if (target === undefined || ports.length === 0)
      throw ctx.usageError('TYPE/NAME and list of ports are required for port-forward')
    const asked = ctx.flags.list('address')
    for (const address of asked)
      if (address !== 'localhost' && !/^(\d{1,3}\.){3}\d{1,3}$|:/.test(address))
        throw new CommandError(`${address} is not a valid IP`)
    const [info] = yield* infosOf(ctx, { args: resourceNames('pods', [target]), scheme: 'client-go' })
    const object = info!.object
    const pod = yield* attachablePod(ctx, object, ctx.flags.duration('pod-running-timeout'))
    const mappings = ports.map(text => mapping(text, object, pod))
    if (pod.status.phase !== 'Running')
      throw new CommandError(
        `unable to forward port because pod is not running. Current status=${pod.status.phase ?? ''}`,
      )
    const connection = ctx.client.connect({
      method: 'POST',
      path: pathOf(ctx.discovery.known('pods'), pod.metadata.namespace!, pod.metadata.name, 'portforward'),
    })
    if (connection.type !== 'portforward') throw new CommandError('the server answered with another stream')
    const addresses = [
      ...new Set(asked.flatMap(each => (each === 'localhost' ? ['127.0.0.1', '::1'] : each))),
    ].sort()
    const open = addresses.find(address => !isLoopback(address)) ?? '127.0.0.1'
    const listeners: Listener[] = []
    const lost = new Deferred<true>()
    try {
      for (const { local, remote } of mappings) {
        const handler: HttpHandler = function* (request) {
          ctx.line(`Handling connection for ${local}`)
          const answer = yield* connection.http(remote, request)
          if (answer.ok) return answer.value
          // The client is left without an answer, and kubectl ends.
          const why = `an error occurred forwarding ${local} -> ${remote}: ${answer.failed}`
          ctx.err(`${klogHead(ctx)} portforward.go:424] "Unhandled Error" err=${goQuote(why)}\n`)
          lost.settle(true)
          return undefined
        }
        const listener = ctx.process.network.listen(local, handler, undefined, open)
        if (!listener) throw inUse(ctx, local, mappings)
        listeners.push(listener)
        for (const address of addresses)
          ctx.line(
            `Forwarding from ${address.includes(':') ? `[${address}]` : address}:${local} -> ${remote}`,
          )
      }
      yield* untilInterrupted(lost)
      if (lost.value) throw new CommandError('lost connection to pod')
      return 0
    } finally {
      for (const listener of listeners) listener.close()
      connection.close()
    }
  },
}

/** Until Ctrl-C, which ends it well, or until something has happened. */
export function* untilInterrupted(event: Deferred<true>): Task<void> {
  try {
    yield* wait(event)
  } catch (error) {
    if (!(error instanceof Interrupt) || error.signal !== 'SIGINT') throw error
  }
}

/** `E1123 09:30:00.000000       1`: how klog begins a line of an error. */
function klogHead({ process }: Context): string {
  const [date = '', time = ''] = formatMicroTime(process.engine.now).replace('Z', '').split('T')
  return `E${date.slice(5).replace('-', '')} ${time} ${String(process.pid).padStart(7)}`
}

function inUse(ctx: Context, port: number, mappings: readonly Mapping[]): CommandError {
  const one = (network: string, host: string) =>
    `unable to create listener: Error listen ${network} ${host}:${port}: bind: address already in use`
  ctx.err(
    `Unable to listen on port ${port}: Listeners failed to create with the following errors: [${one('tcp4', '127.0.0.1')} ${one('tcp6', '[::1]')}]\n`,
  )
  return new CommandError(
    `unable to listen on any of the requested ports: [${mappings.map(m => `{${m.local} ${m.remote}}`).join(' ')}]`,
  )
}

const containerPorts = ({ spec }: Pod): ContainerPort[] => spec.containers.flatMap(c => c.ports ?? [])

/** `8080:80`, `80`, `:80`, with names of ports; a service's port leads to its target port. */
function mapping(text: string, object: KnownObject, pod: Pod): Mapping {
  const parts = text.split(':')
  if (parts.length > 2) throw new CommandError(`invalid port format '${text}'`)
  const local = parts[0]!
  const remote = resolvePort(parts[1] ?? local, object, pod)
  if (local === '') checkPort('remote', String(remote), remote)
  if (local === '') return { local: 30000 + (remote % 10000), remote }
  const number = /^\d+$/.test(local) ? Number(local) : parts.length === 1 ? remote : Number.NaN
  checkPort('local', local, number)
  checkPort('remote', String(remote), remote)
  return { local: number, remote }
}

/** As client-go's portforward reads a port: strconv.ParseUint of 16 bits, and 0 only where the machine may choose. */
function checkPort(side: 'local' | 'remote', text: string, port: number): void {
  if (port === 0 && side === 'remote') throw new CommandError('remote port must be > 0')
  if (port >= 0 && port < 65536) return
  const fault = Number.isNaN(port) ? 'invalid syntax' : 'value out of range'
  throw new CommandError(
    `error parsing ${side} port '${text}': strconv.ParseUint: parsing ${JSON.stringify(text)}: ${fault}`,
  )
}

function resolvePort(text: string, object: KnownObject, pod: Pod): number {
  const byName = (name: string) => containerPorts(pod).find(p => p.name === name)?.containerPort
  if (object.kind === 'Service') {
    const port = object.spec.ports?.find(p => String(p.port) === text || p.name === text)
    if (!port)
      throw new CommandError(
        /^\d+$/.test(text)
          ? `Service ${object.metadata.name} does not have a service port ${text}`
          : `Service '${object.metadata.name}' does not have a named port '${text}'`,
      )
    if (object.spec.clusterIP === 'None') return port.port
    const target = port.targetPort ?? port.port
    const number = typeof target === 'string' ? byName(target) : target
    if (number === undefined)
      throw new CommandError(`Pod '${pod.metadata.name}' does not have a named port '${target}'`)
    return number
  }
  if (/^\d+$/.test(text)) return Number(text)
  const found = byName(text)
  if (found === undefined)
    throw new CommandError(`Pod '${pod.metadata.name}' does not have a named port '${text}'`)
  return found
}
