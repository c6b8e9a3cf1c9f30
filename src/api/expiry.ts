// Objects that go by themselves when nobody has written to them for a while: events, after an hour. etcd's leases.
import type { Engine } from '../engine/engine.ts'
import type { Store, Table } from './store.ts'

/** An estimate of how often it is looked what has expired. */
const sweepMs = 60_000

/** Watches a table and removes what has not been written for `seconds`; nothing runs while the table is empty. */
export function expire(engine: Engine, store: Store, table: Table, seconds: number): void {
  // Oldest write first; a later write of an object makes its earlier entry void.
  let writes: { key: string; version: string; due: number }[] = []
  let sweeping = false
  const sweep = () => {
    let kept = 0
    for (const { key, version, due } of writes) {
      if (due > engine.now) break
      kept++
      const stored = table.get(key)
      if (stored?.object.metadata.resourceVersion !== version) continue
      const metadata = { ...stored.object.metadata, resourceVersion: store.nextVersion() }
      store.remove(table, key, { ...stored, object: { ...stored.object, metadata } })
    }
    writes = writes.slice(kept)
    sweeping = writes.length > 0
    if (sweeping) engine.after(sweepMs, sweep, { background: true })
  }
  table.observe((_, now, key) => {
    if (!now) return
    writes.push({
      key,
      version: now.metadata.resourceVersion ?? '',
      due: engine.now + seconds * 1000,
    })
    if (sweeping) return
    sweeping = true
    engine.after(sweepMs, sweep, { background: true })
  })
}
