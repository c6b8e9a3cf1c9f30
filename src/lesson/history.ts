// What was done in a lesson's world, as a tree: an input stands below the one that came before it, a branch is the path
// from the start to an input. Going back and doing something else makes a second branch, and the first one stays. The
// header says which world the inputs belong to: in another one the same inputs would be other deeds.
import { toBytes } from '../engine/bytes.ts'
import { sha256 } from '../engine/sha256.ts'
import type { Input } from './input.ts'

export interface Header {
  /** Of the stored text (`history-text.ts`). */
  readonly format: number
  /** Id of the lesson, `04-deployment/04-roll-back`, or of one of its exercises (`placeOf`). */
  readonly lesson: string
  /** Of the transcript and of the files that the world begins with. */
  readonly content: string
  readonly seed: number
  /** What else the world was made with. */
  readonly options: Readonly<Record<string, unknown>>
  /** Of the program: another one may answer the same inputs otherwise. */
  readonly version: string
}

export const format = 1

/** A digest of texts by name, in whatever order they are listed. */
export function contentHash(texts: Readonly<Record<string, string>>): string {
  const names = Object.keys(texts).sort()
  return sha256(toBytes(JSON.stringify(names.map(name => [name, texts[name]])))).slice(0, 16)
}

/** The parts of a header that differ; none where its inputs may be replayed. */
export function differences(stored: Header, current: Header): (keyof Header)[] {
  const keys: readonly (keyof Header)[] = ['format', 'lesson', 'content', 'seed', 'options', 'version']
  return keys.filter(key => JSON.stringify(stored[key]) !== JSON.stringify(current[key]))
}

export interface Deed {
  /** From 1, in the order in which they were done; 0 is the start. */
  readonly id: number
  /** What was done before; undefined at the start. */
  readonly before: Deed | undefined
  readonly input: Input
  /** False until what it set off has ended: such a one may be why a world hangs. */
  ended: boolean
}

/** Whatever the order in which its parts were put together. */
const textOf = ({ at, type, ...rest }: Input): string => JSON.stringify([at, type, rest])

/** A deed, and a virtual time after it, ms since the start; 0 where it ended. */
export interface Place {
  readonly deed: Deed | undefined
  readonly elapsed: number
}

export class History {
  header: Header
  readonly deeds: Deed[] = []
  readonly #after = new Map<Deed | undefined, Deed[]>()
  /** The latest deed of the branch that one is on; undefined at the start. */
  at: Deed | undefined
  /** Virtual time at which one stands, ms since the start; 0 where the latest deed ended. */
  elapsed = 0
  /** The present, while one only looks at what was before it. */
  present: Place | undefined
  /** How far one has lived on branches that were left, by their last deed. */
  readonly ends = new Map<Deed, number>()
  /** What the reader calls branches, by their last deed. */
  readonly names = new Map<Deed, string>()
  #heading: Deed | undefined

  constructor(header: Header) {
    this.header = header
  }

  /** Notes an input after where one is, and stands there. Who does again what was done there is on that branch again. */
  add(input: Input, ended = true): Deed {
    const text = textOf(input)
    const branches = this.#after.get(this.at) ?? []
    let deed = branches.find(each => textOf(each.input) === text)
    if (deed) deed.ended = ended
    else {
      deed = { id: this.deeds.length + 1, before: this.at, input, ended }
      this.deeds.push(deed)
      this.#after.set(this.at, [...branches, deed])
      if (this.at && !branches.length) this.#grow(this.at, deed)
    }
    this.at = deed
    this.present = undefined
    return deed
  }

  /** The last deed of the branch that one is on: what was done there before one went back lies ahead. */
  get heading(): Deed | undefined {
    const at = this.present ? this.present.deed : this.at
    if (!at || !this.pathTo(this.#heading).includes(at)) this.#heading = at ?? this.#heading
    for (;;) {
      const next: Deed | undefined = this.after(this.#heading).at(-1)
      if (!next) return this.#heading
      this.#heading = next
    }
  }

  /** What was done right after a deed, in the order in which it was first done. */
  after(deed: Deed | undefined): readonly Deed[] {
    return this.#after.get(deed) ?? []
  }

  /** The branch that one is on, from the start. */
  path(): Deed[] {
    return this.pathTo(this.at)
  }

  /** The branch that ends with a deed, from the start; an empty one where there is none. */
  pathTo(end: Deed | undefined): Deed[] {
    const path: Deed[] = []
    for (let deed = end; deed; deed = deed.before) path.push(deed)
    return path.reverse()
  }

  /** The deed that Back undoes: the latest one that is more than a key to what was done before. */
  get undoable(): Deed | undefined {
    let deed = this.at
    while (deed && (deed.input.type === 'interrupt' || deed.input.type === 'end-of-input')) deed = deed.before
    return deed
  }

  /** A branch is told by its last deed: what is known of it goes along. */
  #grow(from: Deed, to: Deed): void {
    this.ends.delete(from)
    const name = this.names.get(from)
    if (name === undefined) return
    this.names.delete(from)
    this.names.set(to, name)
  }

  /** Leaves out one deed of the branch; those after it stay, as a branch of their own. */
  without(deed: Deed): void {
    const path = this.path()
    const index = path.indexOf(deed)
    if (index < 0) return
    this.at = deed.before
    for (const { input, ended } of path.slice(index + 1)) this.add(input, ended)
  }
}
