// What has been written in a world since its life began, in order: the versions of its objects and its events. Objects
// are immutable and shared, so that an entry costs a few words; the leases of nodes, which say nothing but "still here",
// are left out.
import type { StoreEvent } from '../api/history.ts'
import type { Stored } from '../api/store.ts'
import type { World } from './world.ts'

export interface Written extends StoreEvent {
  /** Virtual ms since the start. */
  readonly at: number
  /** Resource, as messages name it: `deployments.apps`. */
  readonly resource: string
}

/** More than ten thousand pods write while they come up; beyond it the oldest half is forgotten. */
const most = 120_000
const unkept = 'leases.coordination.k8s.io'

export class Journal {
  #written: Written[] = []
  #forgotten = 0
  /** Versions by resource and key, as far as they have been asked for. */
  readonly #versions = new Map<string, Written[]>()
  #indexed = 0

  constructor(world: World) {
    world.cluster.api.keepJournal((resource, { type, revision, old, stored }) => {
      if (resource === unkept) return
      this.#written.push({ at: world.elapsed, resource, type, revision, old, stored })
      if (this.#written.length > most) this.#forget(most / 2)
    })
  }

  /** Place behind the latest entry. */
  get end(): number {
    return this.#forgotten + this.#written.length
  }

  /** What was written from a place on. */
  *from(place: number): Generator<Written> {
    for (let i = Math.max(0, place - this.#forgotten); i < this.#written.length; i++) yield this.#written[i]!
  }

  /** All versions of one object, `namespace/name`, the oldest first; also of one that is gone and came again. */
  versions(resource: string, key: string): readonly Written[] {
    for (const each of this.from(this.#indexed)) {
      const { namespace, name } = each.stored.object.metadata
      const place = `${each.resource} ${namespace ? `${namespace}/${name}` : name}`
      const known = this.#versions.get(place)
      if (known) known.push(each)
      else this.#versions.set(place, [each])
    }
    this.#indexed = this.end
    return this.#versions.get(`${resource} ${key}`) ?? []
  }

  /** An object as it was at a moment, ms since the start; `now`: what is there, where it has not been written since the start. */
  versionAt(resource: string, key: string, at: number, now: Stored | undefined): Stored | undefined {
    const versions = this.versions(resource, key)
    const latest = versions.findLast(each => each.at <= at)
    if (latest) return latest.type === 'DELETED' ? undefined : latest.stored
    return versions.length ? versions[0]!.old : now
  }

  #forget(count: number): void {
    this.#written.splice(0, count)
    this.#forgotten += count
    this.#versions.clear()
    this.#indexed = this.#forgotten
  }
}
