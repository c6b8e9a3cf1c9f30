// Removes the volumes that no container has: those without a name of their own, or all.
import { type Pruned, pruneFilter } from '../containers/prune.ts'
import type { Daemon } from '../daemon/daemon.ts'
import { removeVolume, sizeOfTree, usersOf } from './volumes.ts'

export function pruneVolumes(daemon: Daemon, all: boolean, filters: readonly string[]): Pruned {
  const isWanted = pruneFilter(
    daemon,
    filters.filter(each => !each.startsWith('all=')),
  )
  const names: string[] = []
  let space = 0
  for (const volume of [...daemon.volumes.values()]) {
    if (!(all || volume.anonymous) || usersOf(daemon, volume).length || !isWanted(volume)) continue
    space += sizeOfTree(volume.files)
    removeVolume(daemon, volume)
    names.push(volume.name)
  }
  return { names, space }
}
