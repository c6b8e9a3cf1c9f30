// Removing images: a name, or an image with all of its names, and the layers that nobody else has. Rules and words: moby
// daemon/images/image_delete.go.
import type { Daemon } from '../daemon/daemon.ts'
import { DaemonError } from '../errors.ts'
import { imageEvent } from './events.ts'
import { chainIds } from './layer-chain.ts'
import { familiarName, parseReference, repositoryOf, whatIsWrong } from './reference.ts'
import type { StoredImage } from './store.ts'

export interface Removal {
  /** `Untagged: nginx:1.26`, `Deleted: sha256:…`, in order. */
  readonly untagged: readonly string[]
  readonly deleted: readonly string[]
  /** Bytes. */
  readonly reclaimed: number
}

const nothing: Removal = { untagged: [], deleted: [], reclaimed: 0 }
const short = (id: string): string => id.replace(/^sha256:/, '').slice(0, 12)
const repositoryIn = (name: string): string =>
  name.includes('@') ? name.split('@')[0]! : name.slice(0, name.lastIndexOf(':'))

const namesOf = ({ tags, digests }: StoredImage): string[] => [...[...tags].sort(), ...digests]

/** At most one name, or one tag with the digests of the same repository. */
const isSingle = (stored: StoredImage): boolean =>
  namesOf(stored).length <= 1 ||
  (stored.tags.size <= 1 && new Set(namesOf(stored).map(repositoryIn)).size === 1)

type Kind = 'hard' | 'names' | 'stopped'

/** Why it may not go; undefined where it may. */
function conflict(daemon: Daemon, stored: StoredImage, kinds: ReadonlySet<Kind>): string | undefined {
  const refuse = (how: string, why: string) =>
    `conflict: unable to delete ${short(stored.id)} (${how}) - ${why}`
  const users = daemon.usersOf(stored)
  const running = users.find(each => /running|paused|restarting/.test(each.status))
  if (running && kinds.has('hard'))
    return refuse('cannot be forced', `image is being used by running container ${short(running.id)}`)
  if (kinds.has('names') && namesOf(stored).length)
    return refuse('must be forced', 'image is referenced in multiple repositories')
  const stopped = users.find(each => each !== running)
  if (stopped && kinds.has('stopped'))
    return refuse('must be forced', `image is being used by stopped container ${short(stopped.id)}`)
  return undefined
}

function untag(daemon: Daemon, stored: StoredImage, name: string): string {
  stored.tags.delete(name)
  stored.digests.delete(name)
  imageEvent(daemon, 'untag', stored.id)
  return familiarName(name)
}

/** Takes an image away by name or id; throws the daemon's refusal. */
export function removeImage(daemon: Daemon, text: string, force: boolean, prune = true): Removal {
  const stored = daemon.image(text)
  const untagged: string[] = []
  const isId = stored.id.replace('sha256:', '').startsWith(text.replace('sha256:', ''))
  let byName = false
  if (!isId || (!whatIsWrong(text) && daemon.images.byName(parseReference(text)) === stored)) {
    const name = parseReference(text)
    const user = daemon.usersOf(stored)[0]
    if (!force && isSingle(stored) && user)
      throw new DaemonError(
        `conflict: unable to remove repository reference ${JSON.stringify(text)} (must force) - container ${short(user.id)} is using its referenced image ${short(stored.id)}`,
      )
    const repository = repositoryOf(name)
    untagged.push(
      untag(daemon, stored, name.digest ? `${repository}@${name.digest}` : `${repository}:${name.tag}`),
    )
    // A repository that has no tag left loses its digests too.
    const inUse = namesOf(stored).some(each => !each.includes('@') && repositoryIn(each) === repository)
    if (!name.digest && !inUse)
      for (const each of [...stored.digests])
        if (repositoryIn(each) === repository) untagged.push(untag(daemon, stored, each))
    if (namesOf(stored).length) return { ...nothing, untagged }
    byName = true
  } else if (isSingle(stored)) {
    const wrong = conflict(daemon, stored, new Set<Kind>(force ? ['hard'] : ['hard', 'stopped']))
    if (wrong) throw new DaemonError(wrong)
    for (const each of namesOf(stored)) untagged.push(untag(daemon, stored, each))
  }
  const wrong = conflict(daemon, stored, new Set<Kind>(force ? ['hard'] : ['hard', 'names', 'stopped']))
  if (wrong) {
    // The name is gone; that the image stays is no fault.
    if (byName) return { ...nothing, untagged }
    throw new DaemonError(wrong)
  }
  for (const each of namesOf(stored)) untagged.push(untag(daemon, stored, each))
  const gone = deleteContent(daemon, stored, prune)
  return { untagged, ...gone }
}

/** The image itself, and its layers that neither an image nor the cache of builds has. */
function deleteContent(daemon: Daemon, stored: StoredImage, prune: boolean): Omit<Removal, 'untagged'> {
  const { content } = stored
  daemon.images.remove(stored)
  imageEvent(daemon, 'delete', stored.id)
  const kept = new Set(daemon.images.all.flatMap(each => chainIds(each.content)))
  const cached = new Set(daemon.cache.records.map(({ diffId }) => diffId))
  const deleted = [stored.id]
  let reclaimed = 0
  const ids = chainIds(content)
  for (let i = ids.length - 1; i >= 0 && prune; i--) {
    const { diffId, size } = content.layers[i]!
    // A layer that stays keeps those below it.
    if (kept.has(ids[i]!) || cached.has(diffId)) break
    deleted.push(ids[i]!)
    reclaimed += size
  }
  return { deleted, reclaimed }
}

export interface PruneFilter {
  /** Not those that were made after this moment, ms since 1970. */
  readonly until?: number | undefined
  readonly accepts?: (stored: StoredImage) => boolean
}

/** `docker image prune`: images without a name, or (`all`) all that no container is made of. */
export function pruneImages(daemon: Daemon, all: boolean, filter: PruneFilter = {}): Removal {
  const untagged: string[] = []
  const deleted: string[] = []
  let reclaimed = 0
  for (const stored of daemon.images.all) {
    if (daemon.usersOf(stored).length) continue
    if (!all && namesOf(stored).length) continue
    if (filter.until !== undefined && stored.content.created > filter.until) continue
    if (filter.accepts && !filter.accepts(stored)) continue
    for (const each of namesOf(stored)) untagged.push(untag(daemon, stored, each))
    const gone = deleteContent(daemon, stored, true)
    deleted.push(...gone.deleted)
    reclaimed += gone.reclaimed
  }
  return { untagged, deleted, reclaimed }
}

/** The lines of `Deleted Images:`. */
export const prunedLines = ({ untagged, deleted }: Removal): string[] => [
  ...untagged.map(each => `untagged: ${each}`),
  ...deleted.map(each => `deleted: ${each}`),
]
