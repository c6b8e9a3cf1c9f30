// docker builder prune: frees the cache of builds. buildx answers for it.
import type { CacheRecord } from '../build/cache.ts'
import { cacheSize, isShared, pruneCache } from '../build/prune.ts'
import { type Command, noArguments } from '../command.ts'
import { confirmed } from '../confirm.ts'
import type { Daemon } from '../daemon/daemon.ts'
import { humanDuration, humanSize } from '../units.ts'

/** Cells that end at tabs: text/tabwriter with 1, 8, 1 and tabs. */
export function tabbed(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, i) => Math.floor(Math.max(...rows.map(row => row[i]!.length)) / 8) * 8 + 8)
  return rows
    .map(row => {
      const cells = row.map((cell, i) =>
        i === row.length - 1 ? cell : cell + '\t'.repeat(Math.ceil((widths[i]! - cell.length) / 8)),
      )
      return `${cells.join('')}\n`
    })
    .join('')
}

export const cacheHeads = ['ID', 'RECLAIMABLE', 'SIZE', 'LAST ACCESSED']

export const cacheRow = (daemon: Daemon, record: CacheRecord, shared: boolean): string[] => [
  record.id.padEnd(40),
  'true '.padEnd(5),
  `${humanSize(record.size)}${shared ? '*' : ''}`.padEnd(10),
  `${humanDuration(daemon.engine.now - record.lastUsed)} ago`,
]

export const builderPrune: Command = {
  names: ['builder prune', 'buildx prune'],
  usage: '[OPTIONS]',
  arguments: noArguments,
  flags: 'all,a filter:filter force,f keep-storage:bytes',
  withoutEffect: 'filter keep-storage',
  *run({ process, daemon, flags }) {
    const { stdout } = process
    const all = flags.is('all')
    const what = all ? 'all build cache.' : 'all dangling build cache.'
    if (!flags.is('force') && !(yield* confirmed(process, `WARNING! This will remove ${what}`))) return 0
    yield* daemon.call(process, '/build/prune', 'POST')
    const shared = new Set(daemon.cache.records.filter(each => isShared(daemon, each)))
    const gone = pruneCache(daemon, all)
    if (gone.length)
      stdout.write(tabbed([cacheHeads, ...gone.map(each => cacheRow(daemon, each, shared.has(each)))]))
    stdout.write(`Total:\t${humanSize(cacheSize(gone))}\n`)
    return 0
  },
}
