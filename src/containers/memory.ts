// The memory of a machine, which its containers share: when it runs out, the kernel kills the process that has most of
// it, weighed by how much its pod was promised (oom_score_adj; mm/oom_kill.c).

export interface MemoryUser {
  /** Bytes that it has now. */
  readonly memory: number
  /** -997 (guaranteed) … 1000 (best effort). */
  readonly oomScoreAdj: number
  killForMemory(): void
}

export class MachineMemory<User extends MemoryUser = MemoryUser> {
  /** Bytes. */
  readonly total: number
  /** What the machine itself needs: its kernel, its services. */
  readonly #own: number
  readonly #users = new Set<User>()
  readonly #onKill: (victim: User) => void

  constructor(total: number, own: number, onKill: (victim: User) => void) {
    this.total = total
    this.#own = own
    this.#onKill = onKill
  }

  /** Only those that ever take more than next to nothing are looked at. */
  add(user: User): void {
    this.#users.add(user)
    if (this.available >= 0) return
    const score = (each: User) => each.memory + (each.oomScoreAdj / 1000) * this.total
    const victim = [...this.#users].reduce((worst, each) => (score(each) > score(worst) ? each : worst))
    this.#onKill(victim)
    victim.killForMemory()
  }

  remove(user: User): void {
    this.#users.delete(user)
  }

  get available(): number {
    let left = this.total - this.#own
    for (const { memory } of this.#users) left -= memory
    return left
  }

  get users(): Iterable<User> {
    return this.#users
  }
}
