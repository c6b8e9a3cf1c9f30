// Freeing the cache of builds: what no image has too, or (`all`) everything (moby/buildkit control, cache/manager.go).
import type { Daemon } from '../daemon/daemon.ts'
import type { CacheRecord } from './cache.ts'

/** An image has the same layer: then freeing the record frees nothing of the disk by itself. */
export function isShared(daemon: Daemon, { diffId }: CacheRecord): boolean {
  return (
    diffId !== undefined &&
    daemon.images.all.some(({ content }) => content.layers.some(each => each.diffId === diffId))
  )
}

/** Removes records, those used last first; answers with what went. */
export function pruneCache(daemon: Daemon, all: boolean, unusedFor = 0): CacheRecord[] {
  const { cache, engine } = daemon
  const going = cache.records
    .filter(each => (all || !isShared(daemon, each)) && each.lastUsed <= engine.now - unusedFor)
    .sort((a, b) => b.lastUsed - a.lastUsed)
  for (const each of going) cache.remove(each)
  return going
}

export const cacheSize = (records: readonly CacheRecord[]): number =>
  records.reduce((sum, { size }) => sum + size, 0)
