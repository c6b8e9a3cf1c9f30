// Removes the containers that do not run.
import type { Daemon } from '../daemon/daemon.ts'
import { DaemonError } from '../errors.ts'
import { sizesOf } from './diff.ts'
import { hasLabel } from './filters.ts'
import { momentOf } from './log-reader.ts'
import { removeContainer } from './remove.ts'

export interface Pruned {
  readonly names: readonly string[]
  /** Bytes. */
  readonly space: number
}

/** What the filters `label`, `label!` and `until` of every prune let through. */
export function pruneFilter(
  daemon: Daemon,
  filters: readonly string[],
): (what: { readonly created: number; readonly labels: Readonly<Record<string, string>> }) => boolean {
  const tests = filters.map(filter => {
    const [name = '', value = ''] = filter.split(/=(.*)/s)
    if (name === 'until') {
      const moment = momentOf(value, daemon.engine.now)
      if (moment === undefined)
        throw new DaemonError(`failed to parse value as time or duration: ${JSON.stringify(value)}`)
      return ({ created }: { created: number }) => created < moment
    }
    if (name === 'label')
      return ({ labels }: { labels: Readonly<Record<string, string>> }) => hasLabel(labels, value)
    if (name === 'label!')
      return ({ labels }: { labels: Readonly<Record<string, string>> }) => !hasLabel(labels, value)
    throw new DaemonError(`invalid filter '${name}'`)
  })
  return what => tests.every(test => (test as (each: typeof what) => boolean)(what))
}

/** The newest first. */
export function pruneContainers(daemon: Daemon, filters: readonly string[]): Pruned {
  const isWanted = pruneFilter(daemon, filters)
  const names: string[] = []
  let space = 0
  for (const docker of [...daemon.containers.values()].reverse()) {
    if (docker.status !== 'exited' && docker.status !== 'created') continue
    if (!isWanted({ created: docker.created, labels: docker.settings.labels })) continue
    space += sizesOf(daemon, docker).own
    removeContainer(daemon, docker, false)
    names.push(docker.id)
  }
  return { names, space }
}
