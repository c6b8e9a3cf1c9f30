// The cache of builds: what each step left, found again by what the step is and what it stands on. `docker builder prune`
// and `docker system prune` free it. Records as `docker system df -v` shows them (moby/buildkit, solver and cache).
import type { Layer } from '../../containers/content.ts'
import type { MemoryFiles } from '../../engine/memory-files.ts'
import type { Random } from '../../engine/random.ts'
import type { Known } from './transfer.ts'

/** What a step of a build left. */
export interface StepResult {
  readonly root: MemoryFiles
  /** Undefined where it changed no file. */
  readonly layer: Layer | undefined
  /** Ms since 1970. */
  readonly created: number
}

export interface CacheRecord {
  readonly id: string
  readonly type: 'regular' | 'source.local'
  /** What `docker builder du` would call it. */
  readonly about: string
  /** Bytes. */
  size: number
  readonly created: number
  lastUsed: number
  usage: number
  /** Of a step or of a layer of an image that was pulled: then it is shared with the images that have the layer. */
  readonly diffId: string | undefined
  /** The step that it is of. */
  readonly key: string | undefined
}

const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz'

export class BuildCache {
  readonly #records = new Map<string, CacheRecord>()
  readonly #steps = new Map<string, StepResult>()
  readonly #copies = new Set<string>()
  /** What the builder has of a client's directory, by its name. */
  readonly #contexts = new Map<string, Known>()
  readonly #random: Random

  constructor(random: Random) {
    this.#random = random
  }

  /** An id as BuildKit makes them: 25 of 36 characters. */
  newId(): string {
    return Array.from({ length: 25 }, () => alphabet[this.#random.below(36)]).join('')
  }

  get records(): readonly CacheRecord[] {
    return [...this.#records.values()]
  }

  /** The layers that it keeps for the next build: of images, and of steps. */
  get layers(): Iterable<string> {
    return [...this.#records.values()].flatMap(({ diffId }) => (diffId ? [diffId] : []))
  }

  /** Was a copy ever done upon this state, whatever it copied? Only then its content may lead to a step that is known. */
  knowsCopy(shape: string): boolean {
    return this.#copies.has(shape)
  }

  keepCopy(shape: string): void {
    this.#copies.add(shape)
  }

  step(key: string, now: number): StepResult | undefined {
    const found = this.#steps.get(key)
    if (found) for (const record of this.#records.values()) if (record.key === key) use(record, now)
    return found
  }

  keep(key: string, result: StepResult, about: string, now: number): void {
    this.#steps.set(key, result)
    const size = result.layer?.size ?? 0
    this.#add({ type: 'regular', about, size, diffId: result.layer?.diffId, key }, now)
  }

  /** A layer of an image that was pulled for a build. */
  keepLayer(layer: Layer, about: string, now: number): void {
    for (const record of this.#records.values())
      if (record.diffId === layer.diffId && !record.key) {
        use(record, now)
        return
      }
    // Its bytes are the image store's, not the cache's.
    this.#add({ type: 'regular', about, size: 0, diffId: layer.diffId, key: undefined }, now)
  }

  /** What the builder has of a directory, `size` bytes in all. */
  keepContext(name: string, known: Known, size: number, now: number): void {
    this.#contexts.set(name, known)
    for (const record of this.#records.values())
      if (record.about === name) {
        record.size = size
        use(record, now)
        return
      }
    this.#add({ type: 'source.local', about: name, size, diffId: undefined, key: undefined }, now)
  }

  context(name: string): Known | undefined {
    return this.#contexts.get(name)
  }

  remove(record: CacheRecord): void {
    this.#records.delete(record.id)
    if (this.#records.size === 0) this.#copies.clear()
    if (record.key) this.#steps.delete(record.key)
    if (record.type === 'source.local') this.#contexts.delete(record.about)
  }

  #add(record: Omit<CacheRecord, 'id' | 'created' | 'lastUsed' | 'usage'>, now: number): void {
    const id = this.newId()
    this.#records.set(id, { ...record, id, created: now, lastUsed: now, usage: 1 })
  }
}

function use(record: CacheRecord, now: number): void {
  record.lastUsed = now
  record.usage++
}
