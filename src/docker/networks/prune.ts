// Removes the networks that no container is on.
import { pruneFilter } from '../containers/prune.ts'
import type { Daemon } from '../daemon/daemon.ts'
import { endpointsOn, removeNetwork } from './networks.ts'

export function pruneNetworks(daemon: Daemon, filters: readonly string[]): string[] {
  const isWanted = pruneFilter(daemon, filters)
  const unused = [...daemon.networks.values()].filter(
    network => !network.predefined && endpointsOn(daemon, network).next().done && isWanted(network),
  )
  for (const network of unused) removeNetwork(daemon, network)
  return unused.map(({ name }) => name)
}
