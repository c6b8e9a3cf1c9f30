// package sync, and sync/atomic: goroutines here take turns only where they wait, so a lock that is held makes others wait.
import { Notifier, wait } from '../../../../engine/task.ts'
import { type Native, type Package, type Pointer, pure, type Thing } from '../values.ts'

class Mutex implements Thing {
  readonly goType = 'sync.Mutex'
  #held = false
  readonly #freed = new Notifier()

  member(name: string): unknown {
    if (name === 'Lock' || name === 'RLock') return this.#lock()
    if (name !== 'Unlock' && name !== 'RUnlock') return undefined
    return pure(() => {
      this.#held = false
      this.#freed.notify()
      return null
    })
  }

  #lock(): Native {
    const self = this
    return function* () {
      while (self.#held) yield* wait(self.#freed)
      self.#held = true
      return null
    }
  }
}

class WaitGroup implements Thing {
  readonly goType = 'sync.WaitGroup'
  #count = 0
  readonly #changed = new Notifier()

  member(name: string): unknown {
    const self = this
    const add = (by: number) => {
      this.#count += by
      this.#changed.notify()
      return null
    }
    if (name === 'Add') return pure(add)
    if (name === 'Done') return pure(() => add(-1))
    if (name !== 'Wait') return undefined
    return function* () {
      while (self.#count > 0) yield* wait(self.#changed)
      return null
    } as Native
  }
}

export const sync: Package = {
  values: {},
  types: {
    Mutex: { zero: () => new Mutex() },
    RWMutex: { zero: () => new Mutex() },
    WaitGroup: { zero: () => new WaitGroup() },
  },
}

const add = pure((pointer: Pointer, by: number) => {
  pointer.to.value = (pointer.to.value as number) + by
  return pointer.to.value
})
const load = pure((pointer: Pointer) => pointer.to.value)
const store = pure((pointer: Pointer, value) => {
  pointer.to.value = value
  return null
})

export const atomic: Package = {
  values: {
    AddInt32: add,
    AddInt64: add,
    AddUint64: add,
    LoadInt32: load,
    LoadInt64: load,
    LoadUint64: load,
    StoreInt32: store,
    StoreInt64: store,
  },
}
