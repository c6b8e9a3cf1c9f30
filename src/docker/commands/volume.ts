// docker volume create, ls, rm and prune.
import { sleep } from '../../engine/task.ts'
import { atLeast, atMost, type Command, noArguments } from '../command.ts'
import { confirmed } from '../confirm.ts'
import { filterValues, hasLabel } from '../containers/filters.ts'
import type { DockerVolume } from '../daemon/state.ts'
import { DaemonError, DockerError } from '../errors.ts'
import { formatted, type Row } from '../format.ts'
import { humanSize } from '../units.ts'
import { pruneVolumes } from '../volumes/prune.ts'
import { createVolume, mountpointOf, removeVolume, usersOf } from '../volumes/volumes.ts'
import { pairs } from './network.ts'

/** Recorded: three that take 45, 105 and 183 ms with the client. */
const createMs = 20

export const create: Command = {
  names: ['volume create'],
  usage: '[OPTIONS] [VOLUME]',
  arguments: atMost(1),
  flags:
    'availability:string=active driver,d:string=local group:string label:list limit-bytes:bytes name:string opt,o:map required-bytes:bytes scope:string=single secret:map sharing:string=none topology-preferred:list topology-required:list type:string=block',
  withoutEffect:
    'availability group limit-bytes opt required-bytes scope secret sharing topology-preferred topology-required type',
  *run({ process, daemon, flags, args: [name = ''] }) {
    if (name && flags.given('name'))
      throw new DockerError(
        'conflicting options: cannot specify a volume name through both --name and as a positional arg',
      )
    yield* daemon.call(process, '/v1.50/volumes/create', 'POST')
    const driver = flags.text('driver')
    if (driver !== 'local')
      throw new DaemonError(
        `create ${name}: error looking up volume plugin ${driver}: plugin ${JSON.stringify(driver)} not found`,
      )
    yield* sleep(createMs)
    const volume = createVolume(daemon, name || flags.text('name'), pairs(flags.list('label')))
    process.stdout.write(`${volume.name}\n`)
    return 0
  },
}

const heads = {
  Name: 'VOLUME NAME',
  Driver: 'DRIVER',
  Scope: 'SCOPE',
  Mountpoint: 'MOUNTPOINT',
  Labels: 'LABELS',
  Links: 'LINKS',
  Size: 'SIZE',
  Availability: 'AVAILABILITY',
  Group: 'GROUP',
  Status: 'STATUS',
}

export const ls: Command = {
  names: ['volume ls'],
  usage: '[OPTIONS]',
  arguments: noArguments,
  flags: 'cluster filter,f:filter format:string quiet,q',
  withoutEffect: 'cluster',
  *run({ process, daemon, flags }) {
    yield* daemon.call(process, '/v1.50/volumes')
    const values = filterValues(flags.list('filter'), 'dangling driver label name'.split(' '))
    const passes = (volume: DockerVolume): boolean =>
      [...values].every(([filter, wanted]) => {
        if (filter === 'driver') return wanted.includes('local')
        if (filter === 'label') return wanted.every(value => hasLabel(volume.labels, value))
        if (filter === 'name') return wanted.some(value => volume.name.includes(value))
        const isUnused = usersOf(daemon, volume).length === 0
        return wanted.some(value => /^(1|true)$/.test(value) === isUnused)
      })
    const rows = [...daemon.volumes.values()]
      .filter(passes)
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(
        (volume): Row => ({
          Availability: 'N/A',
          Driver: 'local',
          Group: 'N/A',
          Labels: Object.entries(volume.labels)
            .map(([key, value]) => `${key}=${value}`)
            .join(','),
          Links: 'N/A',
          Mountpoint: mountpointOf(volume),
          Name: volume.name,
          Scope: 'local',
          Size: 'N/A',
          Status: 'N/A',
        }),
      )
    const listing = {
      heads,
      columns: ['Driver', 'Name'],
      rows,
      type: '*formatter.volumeContext',
      quiet: 'Name',
    }
    process.stdout.write(formatted(listing, flags.text('format'), flags.is('quiet')))
    return 0
  },
}

export const rm: Command = {
  names: ['volume rm'],
  usage: '[OPTIONS] VOLUME [VOLUME...]',
  arguments: atLeast(1),
  flags: 'force,f',
  *run({ process, daemon, flags, args }) {
    const { stdout } = process
    const faults: string[] = []
    for (const name of args)
      try {
        yield* daemon.call(process, `/v1.50/volumes/${name}`, 'DELETE')
        const volume = daemon.volumes.get(name)
        if (!volume && !flags.is('force')) throw new DaemonError(`get ${name}: no such volume`)
        const users = volume ? usersOf(daemon, volume) : []
        if (users.length)
          throw new DaemonError(
            `remove ${name}: volume is in use - [${users.map(({ id }) => id).join(', ')}]`,
          )
        if (volume) removeVolume(daemon, volume)
        stdout.write(`${name}\n`)
      } catch (error) {
        if (!(error instanceof DockerError)) throw error
        faults.push(error.message)
      }
    if (faults.length) throw new DockerError(faults.join('\n'))
    return 0
  },
}

export const prune: Command = {
  names: ['volume prune'],
  usage: '[OPTIONS]',
  arguments: noArguments,
  flags: 'all,a filter:filter force,f',
  *run({ process, daemon, flags }) {
    const { stdout } = process
    const all = flags.is('all')
    const warning = `WARNING! This will remove ${all ? 'all' : 'anonymous'} local volumes not used by at least one container.`
    if (!flags.is('force') && !(yield* confirmed(process, warning))) return 0
    yield* daemon.call(process, '/v1.50/volumes/prune', 'POST')
    const { names, space } = pruneVolumes(daemon, all, flags.list('filter'))
    if (names.length) stdout.write(`Deleted Volumes:\n${names.join('\n')}\n\n`)
    stdout.write(`Total reclaimed space: ${humanSize(space)}\n`)
    return 0
  },
}
