// docker ps: the containers that run, or all of them.

import { type Command, noArguments } from '../command.ts'
import { sizesOf } from '../containers/diff.ts'
import { containerFilters } from '../containers/filters.ts'
import { displayPorts } from '../containers/port-flags.ts'
import { commandOf, ellipsis, imageText, portsOf, runningFor, statusText } from '../containers/shown.ts'
import type { Daemon } from '../daemon/daemon.ts'
import type { DockerContainer } from '../daemon/state.ts'
import { formatted, type Row } from '../format.ts'
import { humanSize } from '../units.ts'
import { createdAt } from './image-ls.ts'

const heads = {
  ID: 'CONTAINER ID',
  Image: 'IMAGE',
  Command: 'COMMAND',
  RunningFor: 'CREATED',
  CreatedAt: 'CREATED AT',
  Status: 'STATUS',
  State: 'STATE',
  Ports: 'PORTS',
  Names: 'NAMES',
  Size: 'SIZE',
  Labels: 'LABELS',
  Mounts: 'MOUNTS',
  LocalVolumes: 'LOCAL VOLUMES',
  Networks: 'NETWORKS',
}

export const containerLs: Command = {
  names: ['container ls', 'ps'],
  usage: '[OPTIONS]',
  arguments: noArguments,
  flags: 'all,a filter,f:filter format:string last,n:int=-1 latest,l no-trunc quiet,q size,s',
  aliases: 'docker container ls, docker container list, docker container ps, docker ps',
  *run({ process, daemon, flags }) {
    yield* daemon.call(process, '/v1.50/containers/json')
    const { tests, all } = containerFilters(daemon, flags.list('filter'))
    const last = flags.is('latest') ? 1 : flags.int('last')
    const everyone = all || flags.is('all') || last > 0
    const isUp = ({ status }: DockerContainer) => /^(running|paused|restarting)$/.test(status)
    let found = [...daemon.containers.values()]
      .reverse()
      .filter(docker => (everyone || isUp(docker)) && tests.every(test => test(docker)))
    if (last > 0) found = found.slice(0, last)
    const format = flags.text('format')
    const withSize = flags.is('size') || /\.Size/.test(format)
    const rows = found.map(docker => rowOf(daemon, docker, !flags.is('no-trunc'), withSize))
    const columns = ['ID', 'Image', 'Command', 'RunningFor', 'Status', 'Ports', 'Names']
    if (flags.is('size')) columns.push('Size')
    const listing = { heads, columns, rows, type: '*formatter.ContainerContext', quiet: 'ID' }
    process.stdout.write(formatted(listing, format, flags.is('quiet')))
    return 0
  },
}

/** A container's row in lists. */
function rowOf(daemon: Daemon, docker: DockerContainer, isCut: boolean, withSize: boolean): Row {
  const { now } = daemon.engine
  const { settings, id, name } = docker
  const command = commandOf(docker).join(' ')
  const image = imageText(daemon, docker)
  const sources = settings.mounts.filter(({ type }) => type !== 'tmpfs').map(({ source }) => source)
  return {
    Command: JSON.stringify(isCut ? ellipsis(command, 20) : command),
    CreatedAt: createdAt(docker.created),
    ID: isCut ? id.slice(0, 12) : id,
    Image: isCut ? image.replace(/^sha256:(.{12}).*/, '$1') : image,
    Labels: Object.entries(settings.labels)
      .map(([key, value]) => `${key}=${value}`)
      .join(','),
    LocalVolumes: String(settings.mounts.filter(({ type }) => type === 'volume').length),
    Mounts: sources.map(source => (isCut ? ellipsis(source, 15) : source)).join(','),
    Names: name,
    Networks: networkNames(docker).join(','),
    Ports: displayPorts(portsOf(docker)),
    RunningFor: runningFor(docker, now),
    Size: withSize ? sizeText(daemon, docker) : '0B',
    State: docker.status,
    Status: statusText(docker, now),
  }
}

const networkNames = ({ endpoints, settings }: DockerContainer): string[] =>
  endpoints.size ? [...endpoints.keys()].sort() : [settings.network]

/** `12B (virtual 2.31MB)` */
function sizeText(daemon: Daemon, docker: DockerContainer): string {
  const { own, whole } = sizesOf(daemon, docker)
  return `${humanSize(own, 3)} (virtual ${humanSize(whole, 3)})`
}
