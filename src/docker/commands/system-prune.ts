// docker system prune: all that nobody uses, kind by kind (cli/command/system/prune.go).
import { cacheSize, pruneCache } from '../build/prune.ts'
import { type Command, noArguments } from '../command.ts'
import { confirmed } from '../confirm.ts'
import { pruneContainers } from '../containers/prune.ts'
import { DockerError } from '../errors.ts'
import { pruneFilter } from '../images/prune-filter.ts'
import { prunedLines, pruneImages } from '../images/remove.ts'
import { pruneNetworks } from '../networks/prune.ts'
import { humanSize } from '../units.ts'
import { pruneVolumes } from '../volumes/prune.ts'

export const systemPrune: Command = {
  names: ['system prune'],
  usage: '[OPTIONS]',
  arguments: noArguments,
  flags: 'all,a filter:filter force,f volumes',
  *run({ process, daemon, flags }) {
    const { stdout } = process
    const all = flags.is('all')
    const filters = flags.list('filter')
    if (flags.is('volumes') && filters.some(each => each.startsWith('until=')))
      throw new DockerError('ERROR: The "until" filter is not supported with "--volumes"')
    const warning = [
      'WARNING! This will remove:',
      '  - all stopped containers',
      '  - all networks not used by at least one container',
      ...(flags.is('volumes') ? ['  - all anonymous volumes not used by at least one container'] : []),
      all ? '  - all images without at least one container associated to them' : '  - all dangling images',
      all ? '  - all build cache' : '  - unused build cache',
      '',
      ...(filters.length
        ? ['  Items to be pruned will be filtered with:', ...filters.map(each => `  - ${each}`), '']
        : []),
    ].join('\n')
    if (!flags.is('force') && !(yield* confirmed(process, warning))) return 0
    yield* daemon.call(process, '/v1.50/containers/prune', 'POST')
    const told = (head: string, lines: readonly string[]) => {
      if (lines.length) stdout.write(`Deleted ${head}:\n${lines.join('\n')}\n\n`)
    }
    const containers = pruneContainers(daemon, filters)
    told('Containers', containers.names)
    told('Networks', pruneNetworks(daemon, filters))
    const volumes = flags.is('volumes') ? pruneVolumes(daemon, false, filters) : { names: [], space: 0 }
    told('Volumes', volumes.names)
    const images = pruneImages(daemon, all, pruneFilter(daemon, filters))
    told('Images', prunedLines(images))
    const cache = pruneCache(daemon, all)
    told(
      'build cache objects',
      cache.map(({ id }) => id),
    )
    const space = containers.space + volumes.space + images.reclaimed + cacheSize(cache)
    stdout.write(`Total reclaimed space: ${humanSize(space)}\n`)
    return 0
  },
}
