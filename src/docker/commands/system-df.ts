// docker system df: what takes the disk, and how much of that could be freed (cli formatter/disk_usage.go).
import { sizeOf } from '../../containers/content.ts'
import type { CacheRecord } from '../build/cache.ts'
import { cacheSize, isShared } from '../build/prune.ts'
import { type Command, noArguments } from '../command.ts'
import { sizesOf } from '../containers/diff.ts'
import { commandOf, ellipsis, imageText, runningFor, statusText } from '../containers/shown.ts'
import type { Daemon } from '../daemon/daemon.ts'
import type { DockerContainer } from '../daemon/state.ts'
import { DockerError } from '../errors.ts'
import { columnsText, formatted, type Row } from '../format.ts'
import { familiarName } from '../images/reference.ts'
import type { StoredImage } from '../images/store.ts'
import { humanSize, since } from '../units.ts'
import { sizeOfTree, usersOf } from '../volumes/volumes.ts'

const heads = {
  Type: 'TYPE',
  TotalCount: 'TOTAL',
  Active: 'ACTIVE',
  Size: 'SIZE',
  Reclaimable: 'RECLAIMABLE',
}
const isUp = ({ status }: DockerContainer) => /^(running|paused|restarting)$/.test(status)

/** `47.15MB (81%)`, or no share where there is nothing at all. */
const share = (part: number, whole: number): string =>
  whole > 0 ? `${humanSize(part)} (${Math.floor((part * 100) / whole)}%)` : humanSize(part)

const summary = (type: string, total: number, active: number, size: number, reclaimable: string): Row => ({
  Active: String(active),
  Reclaimable: reclaimable,
  Size: humanSize(size),
  TotalCount: String(total),
  Type: type,
})

/** Bytes that no other image has of it. */
const uniqueOf = ({ images }: Daemon, stored: StoredImage): number => images.unique(stored)

function summaries(daemon: Daemon): Row[] {
  const images = daemon.images.all
  const used = images.filter(each => daemon.usersOf(each).length)
  const imageSize = daemon.images.size
  const kept = used.reduce((sum, each) => sum + uniqueOf(daemon, each), 0)
  const containers = [...daemon.containers.values()]
  const sizes = containers.map(docker => sizesOf(daemon, docker).own)
  const all = sizes.reduce((sum, size) => sum + size, 0)
  const stopped = containers.reduce((sum, docker, i) => sum + (isUp(docker) ? 0 : sizes[i]!), 0)
  const volumes = [...daemon.volumes.values()].map(each => ({
    size: sizeOfTree(each.files),
    used: usersOf(daemon, each).length > 0,
  }))
  const volumeSize = volumes.reduce((sum, { size }) => sum + size, 0)
  const unused = volumes.reduce((sum, { size, used }) => sum + (used ? 0 : size), 0)
  const own = cacheSize(daemon.cache.records.filter(each => !isShared(daemon, each)))
  return [
    summary('Images', images.length, used.length, imageSize, share(imageSize - kept, imageSize)),
    summary('Containers', containers.length, containers.filter(isUp).length, all, share(stopped, all)),
    summary(
      'Local Volumes',
      volumes.length,
      volumes.filter(each => each.used).length,
      volumeSize,
      share(unused, volumeSize),
    ),
    summary('Build Cache', daemon.cache.records.length, 0, own, humanSize(own)),
  ]
}

const table = (...rows: readonly (readonly string[])[]): string => columnsText(rows)

function imageRows(daemon: Daemon): string[][] {
  const { now } = daemon.engine
  return daemon.images.all.map(stored => {
    const [name = ''] = [...stored.tags].sort()
    const colon = name.lastIndexOf(':')
    const [unique, size] = [uniqueOf(daemon, stored), sizeOf(stored.content)]
    return [
      name ? familiarName(name.slice(0, colon)) : '<none>',
      name ? name.slice(colon + 1) : '<none>',
      stored.id.slice(7, 19),
      since(stored.content.created, now),
      humanSize(size, 3),
      humanSize(size - unique),
      humanSize(unique),
      String(daemon.usersOf(stored).length),
    ]
  })
}

function containerRows(daemon: Daemon): string[][] {
  const { now } = daemon.engine
  return [...daemon.containers.values()]
    .reverse()
    .map(docker => [
      docker.id.slice(0, 12),
      imageText(daemon, docker).replace(/^sha256:(.{12}).*/, '$1'),
      JSON.stringify(ellipsis(commandOf(docker).join(' '), 20)),
      String(docker.settings.mounts.filter(({ type }) => type === 'volume').length),
      humanSize(sizesOf(daemon, docker).own, 3),
      runningFor(docker, now),
      statusText(docker, now),
      docker.name,
    ])
}

function cacheRows(daemon: Daemon): string[][] {
  const { now } = daemon.engine
  const order = (a: CacheRecord, b: CacheRecord) => a.lastUsed - b.lastUsed || (a.id < b.id ? -1 : 1)
  return [...daemon.cache.records]
    .sort(order)
    .map(record => [
      record.id.slice(0, 12),
      record.type,
      humanSize(record.size, 3),
      since(record.created, now),
      since(record.lastUsed, now),
      String(record.usage),
      String(isShared(daemon, record)),
    ])
}

const split = (text: string): string[] => text.split('|')

function verbose(daemon: Daemon): string {
  const volumes = [...daemon.volumes.values()]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(each => [each.name, String(usersOf(daemon, each).length), humanSize(sizeOfTree(each.files), 3)])
  const own = cacheSize(daemon.cache.records.filter(each => !isShared(daemon, each)))
  return [
    'Images space usage:\n\n',
    table(
      split('REPOSITORY|TAG|IMAGE ID|CREATED|SIZE|SHARED SIZE|UNIQUE SIZE|CONTAINERS'),
      ...imageRows(daemon),
    ),
    '\nContainers space usage:\n\n',
    table(
      split('CONTAINER ID|IMAGE|COMMAND|LOCAL VOLUMES|SIZE|CREATED|STATUS|NAMES'),
      ...containerRows(daemon),
    ),
    '\nLocal Volumes space usage:\n\n',
    table(split('VOLUME NAME|LINKS|SIZE'), ...volumes),
    `\nBuild cache usage: ${humanSize(own)}\n\n`,
    table(split('CACHE ID|CACHE TYPE|SIZE|CREATED|LAST USED|USAGE|SHARED'), ...cacheRows(daemon)),
  ].join('')
}

export const systemDf: Command = {
  names: ['system df'],
  usage: '[OPTIONS]',
  arguments: noArguments,
  flags: 'format:string verbose,v',
  *run({ process, daemon, flags }) {
    const { stdout } = process
    const format = flags.text('format')
    if (flags.is('verbose') && format)
      throw new DockerError('the verbose and the format options conflict: this simulator prints either')
    yield* daemon.call(process, '/v1.50/system/df')
    if (flags.is('verbose')) {
      stdout.write(verbose(daemon))
      return 0
    }
    const columns = ['Type', 'TotalCount', 'Active', 'Size', 'Reclaimable']
    stdout.write(
      formatted(
        { heads, columns, rows: summaries(daemon), type: '*formatter.diskUsageImagesContext' },
        format,
      ),
    )
    return 0
  },
}
