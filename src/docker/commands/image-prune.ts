// docker image prune: images that have no name, or with -a all that no container is made of.
import { type Command, noArguments } from '../command.ts'
import { confirmed } from '../confirm.ts'
import { pruneFilter } from '../images/prune-filter.ts'
import { prunedLines, pruneImages } from '../images/remove.ts'
import { humanSize } from '../units.ts'

export const imagePrune: Command = {
  names: ['image prune'],
  usage: '[OPTIONS]',
  arguments: noArguments,
  flags: 'all,a filter:filter force,f',
  *run({ process, daemon, flags }) {
    const { stdout } = process
    const all = flags.is('all')
    const filter = pruneFilter(daemon, flags.list('filter'))
    const what = all
      ? 'all images without at least one container associated to them.'
      : 'all dangling images.'
    if (!flags.is('force') && !(yield* confirmed(process, `WARNING! This will remove ${what}`))) return 0
    yield* daemon.call(process, '/images/prune', 'POST')
    const removal = pruneImages(daemon, all, filter)
    const lines = prunedLines(removal)
    if (lines.length) stdout.write(`Deleted Images:\n${lines.join('\n')}\n\n`)
    stdout.write(`Total reclaimed space: ${humanSize(removal.reclaimed)}\n`)
    return 0
  },
}
