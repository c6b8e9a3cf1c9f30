// The cache of builds: what each step left, found again by what the step is and what it stands on. `docker builder prune`
// and `docker system prune` free it. Records as `docker system df -v` shows them (moby/buildkit, solver and cache).
import type { Random } from '../../engine/random.ts'

export interface CacheRecord {
  readonly id: string
  readonly type: 'regular' | 'source.local'
  /** Bytes. */
  size: number
  readonly created: number
  lastUsed: number
  usage: number
  /** Also a layer of an image. */
  shared: () => boolean
}

const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz'

export class BuildCache {
  readonly records = new Map<string, CacheRecord>()
  readonly #random: Random

  constructor(random: Random) {
    this.#random = random
  }

  /** An id as BuildKit makes them: 25 of 36 characters. */
  newId(): string {
    return Array.from({ length: 25 }, () => alphabet[this.#random.below(36)]).join('')
  }

  add(record: Omit<CacheRecord, 'id'>): CacheRecord {
    const whole = { ...record, id: this.newId() }
    this.records.set(whole.id, whole)
    return whole
  }

  get size(): number {
    let sum = 0
    for (const { size } of this.records.values()) sum += size
    return sum
  }
}
