// Code that is loaded when it is first needed. A family of such code (kubectl's commands, the shell's tools, images …)
// is a table from names to parts. The core asks the table and never waits: where a part is not there, `MissingPart` is
// thrown, and whoever owns the world loads the part and replays the world's inputs, which brings the same bytes. So what
// a world does never depends on what is loaded.

/** How each part is brought in. Only the edge calls these (src/parts); they stand in files called `loaders.ts`. */
export type Loaders<T> = Readonly<Record<string, () => PromiseLike<T>>>

/** Parts that were asked for and are not loaded. Not an error of the world: nobody may handle it but the edge. */
export class MissingPart extends Error {
  readonly table: PartTable<unknown>
  readonly names: readonly string[]

  constructor(table: PartTable<unknown>, names: readonly string[]) {
    super(`${table.family} not loaded: ${names.join(', ')}`)
    this.table = table
    this.names = names
  }
}

/** Noted where they were asked for, so that no `catch` on the way can hide one from the engine and the edge. */
let noted: MissingPart[] = []

/** The first of those that nobody has taken yet: where there is one, what happened since is not to be trusted. */
export const firstMissing = (): MissingPart | undefined => noted[0]

/** What was missing since the last call, for the edge to load. */
export function takeMissing(): readonly MissingPart[] {
  const taken = noted
  noted = []
  return taken
}

export class PartTable<T> {
  /** For messages: `kubectl command`. */
  readonly family: string
  readonly loaders: Loaders<T>
  /** Its names mean its parts only in a line with this word: `run` of docker is not that of kubectl. */
  readonly within: string | undefined
  readonly #loaded = new Map<string, T>()
  #names: readonly string[] | undefined
  /** What was asked for, in that order: what a world like this one needs. */
  readonly asked = new Set<string>()

  constructor(family: string, loaders: Loaders<T>, { within }: { readonly within?: string } = {}) {
    this.family = family
    this.loaders = loaders
    this.within = within
  }

  /** All names, in the order of the table; loaded or not. */
  get names(): readonly string[] {
    return (this.#names ??= Object.keys(this.loaders))
  }

  has(name: string): boolean {
    return Object.hasOwn(this.loaders, name)
  }

  isLoaded(name: string): boolean {
    return this.#loaded.has(name)
  }

  /** A part of a name that the table has; throws MissingPart where it is not loaded. */
  get(name: string): T {
    this.asked.add(name)
    return this.#loaded.get(name) ?? this.#need([name])[0]!
  }

  /** All parts, in the order of the table. */
  all(): T[] {
    for (const name of this.names) this.asked.add(name)
    return this.#need(this.names)
  }

  #need(names: readonly string[]): T[] {
    const missing = names.filter(name => !this.#loaded.has(name))
    if (missing.length) {
      const error = new MissingPart(this, missing)
      noted.push(error)
      throw error
    }
    return names.map(name => this.#loaded.get(name)!)
  }

  /** For the edge: the part has come. */
  put(name: string, part: T): void {
    this.#loaded.set(name, part)
  }

  /** For tests of loading: as if it had not come yet. */
  forget(name: string): void {
    this.#loaded.delete(name)
  }

  /** … as if nothing had come yet. */
  clear(): void {
    this.asked.clear()
    this.#loaded.clear()
  }
}
