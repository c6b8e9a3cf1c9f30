// Room for files: a machine's disk, and the part of it that one container or volume takes up.

export class Disk {
  /** Bytes. */
  readonly capacity: number
  readonly #whole: Disk | undefined
  #used = 0

  /** Without a whole it is a disk of its own, else a part of that: what it takes, the whole gives. */
  constructor(capacity: number, whole?: Disk) {
    this.capacity = capacity
    this.#whole = whole
  }

  /** Bytes of what was written since it was there. */
  get used(): number {
    return this.#used
  }

  /** Takes so many bytes, or gives them back where it is fewer than none; false where there is no room. */
  take(bytes: number): boolean {
    if (bytes > 0 && this.#used + bytes > this.capacity) return false
    if (this.#whole && !this.#whole.take(bytes)) return false
    this.#used = Math.max(0, this.#used + bytes)
    return true
  }

  /** All that is on it goes. */
  clear(): void {
    this.take(-this.#used)
  }
}

/** What a tab can hold beside a cluster: of one machine. */
export const machineBytes = 128 * 2 ** 20
