// Brings parts in. This is the edge's side of the tables (src/engine/parts.ts): here one may wait.
import { type MissingPart, type PartTable, takeMissing } from '../engine/parts.ts'
import { findByWord } from '../kinds/index.ts'
import { families } from './families.ts'

async function load(table: PartTable<unknown>, name: string): Promise<void> {
  const loader = table.loaders[name]
  if (!table.isLoaded(name) && loader) table.put(name, await loader())
}

/** Everything: for Node, where size does not matter. */
export async function loadAll(): Promise<void> {
  await Promise.all(families.flatMap(table => table.names.map(name => load(table, name))))
}

/** Parts by their family; what is no part (any more) is left out. */
export async function loadNeeds(needs: Readonly<Record<string, readonly string[]>>): Promise<void> {
  await Promise.all(families.flatMap(table => (needs[table.family] ?? []).map(name => load(table, name))))
}

async function loadMissing(missing: readonly MissingPart[]): Promise<void> {
  await Promise.all(missing.flatMap(({ table, names }) => names.map(name => load(table, name))))
}

/**
 * What a text will likely need: the parts that have one of its words as their name (of `kubectl get pods | grep web`,
 * the command `get` and the tool `grep`). A guess that only saves time: what it leaves out is met as a MissingPart.
 */
export async function loadForeseen(text: string): Promise<void> {
  const words = new Set<string>()
  for (const word of text.split(/[\s'"`;|&()<>{}=,]+/)) {
    words.add(word).add(word.replace(/[:@].*$/, ''))
    // `pods`, `deploy/web`
    const served = await withParts(() => findByWord(word.replace(/\/.*$/, '')))
    if (served) words.add(served.kind.kind)
  }
  await Promise.all(
    families
      .filter(({ within }) => within === undefined || words.has(within))
      .flatMap(table =>
        table.names
          .filter(name => name.split(' ').every(word => words.has(word)) && !table.isLoaded(name))
          .map(name => load(table, name)),
      ),
  )
}

/**
 * Runs `attempt`; where it met parts that are not loaded, loads them and runs `again`, until nothing is missing. Throws
 * what the last run threw.
 */
export async function withParts<T>(attempt: () => T, again: () => T = attempt): Promise<T> {
  for (let run = attempt; ; run = again) {
    let outcome: { value: T } | { error: unknown }
    try {
      outcome = { value: run() }
    } catch (error) {
      outcome = { error }
    }
    const missing = takeMissing()
    if (missing.length) await loadMissing(missing)
    else if ('error' in outcome) throw outcome.error
    else return outcome.value
  }
}
