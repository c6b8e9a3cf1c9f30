// docker network create, connect, disconnect, ls, rm and prune.
import { sleep } from '../../engine/task.ts'
import { atLeast, type Command, exactly, noArguments } from '../command.ts'
import { confirmed } from '../confirm.ts'
import { filterValues, hasLabel, pattern } from '../containers/filters.ts'
import type { DockerNetwork } from '../daemon/state.ts'
import { DaemonError, DockerError } from '../errors.ts'
import { formatted, type Row } from '../format.ts'
import * as networks from '../networks/networks.ts'
import { pruneNetworks } from '../networks/prune.ts'
import { createdAt } from './image-ls.ts'

/** Recorded: two that take 140 ms each with the client. */
const createMs = 60

export const pairs = (list: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    list.map((each): [string, string] => {
      const equals = each.indexOf('=')
      return equals < 0 ? [each, ''] : [each.slice(0, equals), each.slice(equals + 1)]
    }),
  )

export const create: Command = {
  names: ['network create'],
  usage: '[OPTIONS] NETWORK',
  arguments: exactly(1),
  flags:
    'attachable aux-address:map config-from:string config-only driver,d:string=bridge gateway:strings ingress internal ip-range:strings ipam-driver:string=default ipam-opt:map ipv4=true ipv6 label:list opt,o:map scope:string subnet:strings',
  withoutEffect:
    'attachable aux-address config-from config-only ingress ip-range ipam-driver ipam-opt ipv4 ipv6',
  *run({ process, daemon, flags, args: [name = ''] }) {
    yield* daemon.call(process, '/v1.50/networks/create', 'POST')
    const driver = flags.text('driver')
    if (/^(host|null)$/.test(driver))
      throw new DaemonError(`only one instance of "${driver}" network is allowed`)
    if (driver === 'overlay')
      throw new DaemonError(
        'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
      )
    if (/^(macvlan|ipvlan)$/.test(driver))
      throw new DockerError(`networks of the driver ${driver} cannot be simulated`)
    if (driver !== 'bridge')
      throw new DaemonError(`could not find plugin ${driver} in v1 plugin registry: plugin not found`)
    yield* sleep(createMs)
    const network = networks.createNetwork(daemon, {
      name,
      subnet: flags.text('subnet'),
      gateway: flags.text('gateway'),
      internal: flags.is('internal'),
      labels: pairs(flags.list('label')),
      options: pairs(flags.list('opt')),
    })
    process.stdout.write(`${network.id}\n`)
    return 0
  },
}

export const connect: Command = {
  names: ['network connect'],
  usage: '[OPTIONS] NETWORK CONTAINER',
  arguments: exactly(2),
  flags:
    'alias:strings driver-opt:strings gw-priority:int ip:string ip6:string link:list link-local-ip:strings',
  withoutEffect: 'driver-opt gw-priority ip6 link link-local-ip',
  *run({ process, daemon, flags, args: [name = '', other = ''] }) {
    yield* daemon.call(process, `/v1.50/networks/${name}/connect`, 'POST')
    const network = networks.networkOf(daemon, name)
    const docker = daemon.container(other)
    const { settings } = docker
    if (
      network.driver !== 'bridge' ||
      settings.network === 'host' ||
      settings.network.startsWith('container:')
    )
      throw new DaemonError('container cannot be disconnected from host network or connected to host network')
    const isOn =
      docker.endpoints.has(network.name) || settings.places.some(each => each.name === network.name)
    if (docker.network ? docker.endpoints.has(network.name) : isOn)
      throw new DaemonError(`endpoint with name ${docker.name} already exists in network ${network.name}`)
    const aliases = flags.list('alias').flatMap(each => each.split(','))
    const place = { name: network.name, aliases, address: flags.text('ip') }
    if (aliases.length && network.predefined)
      throw new DaemonError(
        'invalid endpoint settings:\nnetwork-scoped aliases are only supported for user-defined networks',
      )
    docker.settings = {
      ...settings,
      places: [...settings.places.filter(({ name }) => name !== place.name), place],
    }
    if (docker.network) networks.connect(daemon, docker, network, place)
    return 0
  },
}

export const disconnect: Command = {
  names: ['network disconnect'],
  usage: '[OPTIONS] NETWORK CONTAINER',
  arguments: exactly(2),
  flags: 'force,f',
  *run({ process, daemon, args: [name = '', other = ''] }) {
    yield* daemon.call(process, `/v1.50/networks/${name}/disconnect`, 'POST')
    const network = networks.networkOf(daemon, name)
    const docker = daemon.container(other)
    const isOn =
      docker.endpoints.has(network.name) || docker.settings.places.some(each => each.name === network.name)
    if (!isOn) throw new DaemonError(`container ${docker.id} is not connected to network ${network.name}`)
    docker.settings = {
      ...docker.settings,
      places: docker.settings.places.filter(each => each.name !== network.name),
    }
    networks.disconnect(daemon, docker, network.name)
    return 0
  },
}

const heads = {
  ID: 'NETWORK ID',
  Name: 'NAME',
  Driver: 'DRIVER',
  Scope: 'SCOPE',
  IPv4: 'IPV4',
  IPv6: 'IPV6',
  Internal: 'INTERNAL',
  Labels: 'LABELS',
  CreatedAt: 'CREATED AT',
}

export const ls: Command = {
  names: ['network ls'],
  usage: '[OPTIONS]',
  arguments: noArguments,
  flags: 'filter,f:filter format:string no-trunc quiet,q',
  *run({ process, daemon, flags }) {
    yield* daemon.call(process, '/v1.50/networks')
    const values = filterValues(flags.list('filter'), 'dangling driver id label name scope type'.split(' '))
    const passes = (network: DockerNetwork): boolean =>
      [...values].every(([filter, wanted]) => {
        const any = (test: (value: string) => boolean) => wanted.some(test)
        switch (filter) {
          case 'driver':
            return any(value => network.driver === value)
          case 'id':
            return any(value => network.id.startsWith(value))
          case 'name':
            return any(value => pattern(value).test(network.name))
          case 'label':
            return wanted.every(value => hasLabel(network.labels, value))
          case 'scope':
            return any(value => value === 'local')
          case 'type':
            return any(value => value === (network.predefined ? 'builtin' : 'custom'))
          default: {
            const isUnused = !network.predefined && networks.endpointsOn(daemon, network).next().done === true
            return any(value => /^(1|true)$/.test(value) === isUnused)
          }
        }
      })
    const rows = [...daemon.networks.values()]
      .filter(passes)
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(
        ({ id, name, driver, internal, labels, created }): Row => ({
          CreatedAt: createdAt(created),
          Driver: driver,
          ID: flags.is('no-trunc') ? id : id.slice(0, 12),
          IPv4: 'true',
          IPv6: 'false',
          Internal: String(internal),
          Labels: Object.entries(labels)
            .map(([key, value]) => `${key}=${value}`)
            .join(','),
          Name: name,
          Scope: 'local',
        }),
      )
    const listing = {
      heads,
      columns: ['ID', 'Name', 'Driver', 'Scope'],
      rows,
      type: '*network.networkContext',
      quiet: 'ID',
    }
    process.stdout.write(formatted(listing, flags.text('format'), flags.is('quiet')))
    return 0
  },
}

export const rm: Command = {
  names: ['network rm'],
  usage: 'NETWORK [NETWORK...]',
  arguments: atLeast(1),
  flags: 'force,f',
  *run({ process, daemon, flags, args }) {
    const { stdout, stderr } = process
    let failed = false
    for (const text of args)
      try {
        yield* daemon.call(process, `/v1.50/networks/${text}`, 'DELETE')
        networks.removeNetwork(daemon, networks.networkOf(daemon, text))
        stdout.write(`${text}\n`)
      } catch (error) {
        if (!(error instanceof DockerError)) throw error
        if (flags.is('force') && /not found$/.test(error.message)) continue
        stderr.write(`${error.message}\n`)
        failed = true
      }
    if (failed) throw new DockerError('exit status 1')
    return 0
  },
}

export const prune: Command = {
  names: ['network prune'],
  usage: '[OPTIONS]',
  arguments: noArguments,
  flags: 'filter:filter force,f',
  *run({ process, daemon, flags }) {
    const warning = 'WARNING! This will remove all custom networks not used by at least one container.'
    if (!flags.is('force') && !(yield* confirmed(process, warning))) return 0
    yield* daemon.call(process, '/v1.50/networks/prune', 'POST')
    const names = pruneNetworks(daemon, flags.list('filter'))
    if (names.length) process.stdout.write(`Deleted Networks:\n${names.join('\n')}\n\n`)
    return 0
  },
}
