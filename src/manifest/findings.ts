// What is found wrong with one document.
import type { PathStep } from '../yaml/position.ts'
import type { Classified } from './classify.ts'
import type { Diagnostic, Severity } from './diagnostic.ts'
import { oddCharacter } from './odd-characters.ts'
import { formatPath, type Range, type Source } from './source.ts'

/** More than a reader will look at. */
export const findingsAtMost = 200

export class Findings {
  readonly source: Source
  readonly #all: Diagnostic[]

  /** `all`: what is found in all documents of the text. */
  constructor(source: Source, all: Diagnostic[]) {
    this.source = source
    this.#all = all
  }

  get full(): boolean {
    return this.#all.length >= findingsAtMost
  }

  /** How many there are of all documents. */
  get count(): number {
    return this.#all.length
  }

  since(count: number): readonly Diagnostic[] {
    return this.#all.slice(count)
  }

  hasOnLine(line: number): boolean {
    return this.#all.some(each => each.line === line)
  }

  add(severity: Severity, what: Classified, path: readonly PathStep[], message: string, range?: Range): void {
    // To find a place takes longer, the more there is: not for those that are not shown.
    if (this.full) return
    const place = range ?? this.source.field(path)
    const odd = severity === 'error' ? oddCharacter(this.source.text(place)) : undefined
    this.#all.push({ severity, ...(odd ?? what), path: formatPath(path), ...place, message })
  }
}
