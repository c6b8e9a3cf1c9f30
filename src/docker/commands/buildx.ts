// docker buildx ls, inspect, du and version: there is one builder, the BuildKit within the daemon, with its cache. Rows and
// words: buildx 0.24, commands/ls.go, inspect.go, diskusage.go.
import { cacheSize, isShared } from '../build/prune.ts'
import { atMost, type Command, noArguments } from '../command.ts'
import { DockerError } from '../errors.ts'
import { formatted } from '../format.ts'
import { version } from '../release.ts'
import { humanSize } from '../units.ts'
import { cacheHeads, cacheRow, tabbed } from './builder-prune.ts'

/** What the machine's processor runs. */
const platforms = 'linux/amd64, linux/386'

const heads = {
  Name: 'NAME/NODE',
  DriverEndpoint: 'DRIVER/ENDPOINT',
  Status: 'STATUS',
  Buildkit: 'BUILDKIT',
  Platforms: 'PLATFORMS',
  LastActivity: 'LAST ACTIVITY',
}

export const ls: Command = {
  names: ['buildx ls'],
  usage: '[OPTIONS]',
  arguments: noArguments,
  flags: 'format:string=table no-trunc',
  withoutEffect: 'no-trunc',
  *run({ process, daemon, flags }) {
    const format = flags.text('format')
    if (format === 'json')
      throw new DockerError(
        `buildx ls: '--format json' is not part of this simulator: table and templates are`,
      )
    yield* daemon.call(process, '/info')
    const isTable = /^table/.test(format)
    const node = (name: string) => (isTable ? ` \\_ ${name}` : name)
    const none = { Status: '', Buildkit: '', Platforms: '', LastActivity: '' }
    const rows = [
      { ...none, Name: isTable ? 'default*' : 'default', DriverEndpoint: 'docker' },
      {
        ...none,
        Name: node('default'),
        DriverEndpoint: node('default'),
        Status: 'running',
        Buildkit: version.buildkit,
        Platforms: platforms,
      },
    ]
    const columns = ['Name', 'DriverEndpoint', 'Status', 'Buildkit', 'Platforms']
    process.stdout.write(formatted({ heads, columns, rows, type: '*commands.lsContext' }, format))
    return 0
  },
}

export const inspect: Command = {
  names: ['buildx inspect'],
  usage: '[NAME]',
  arguments: atMost(1),
  flags: 'bootstrap',
  // It runs as long as the daemon does.
  withoutEffect: 'bootstrap',
  *run({ process, daemon, args: [name = 'default'] }) {
    if (name !== 'default') throw new DockerError(`ERROR: no builder ${JSON.stringify(name)} found`)
    yield* daemon.call(process, '/info')
    process.stdout.write(
      `Name:   default\nDriver: docker\n\nNodes:\nName:             default\nEndpoint:         default\nStatus:           running\nBuildKit version: ${version.buildkit}\nPlatforms:        ${platforms}\n`,
    )
    return 0
  },
}

export const du: Command = {
  names: ['buildx du'],
  usage: '',
  arguments: noArguments,
  flags: 'filter:filter verbose',
  withoutEffect: 'filter verbose',
  *run({ process, daemon }) {
    yield* daemon.call(process, '/system/df')
    const records = [...daemon.cache.records].sort((a, b) => b.size - a.size)
    const shared = records.filter(each => isShared(daemon, each))
    const rows = records.map(each => cacheRow(daemon, each, shared.includes(each)))
    const [all, both] = [cacheSize(records), cacheSize(shared)]
    const sums = [
      ...(both > 0
        ? [
            ['Shared:', humanSize(both)],
            ['Private:', humanSize(all - both)],
          ]
        : []),
      ['Reclaimable:', humanSize(all)],
      ['Total:', humanSize(all)],
    ]
    process.stdout.write(tabbed([cacheHeads, ...rows]) + tabbed(sums))
    return 0
  },
}

export const buildxVersion: Command = {
  names: ['buildx version'],
  usage: '',
  arguments: noArguments,
  flags: '',
  local: true,
  *run({ process }) {
    process.stdout.write(`github.com/docker/buildx ${version.buildx} ${version.buildxCommit}\n`)
    return 0
  },
}
