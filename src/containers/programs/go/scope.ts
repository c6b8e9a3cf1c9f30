// Names and what they stand for at run time, block in block.

export interface Variable {
  value: unknown
}

export class Scope {
  readonly #names = new Map<string, Variable>()
  readonly #above: Scope | undefined
  /** The call that it is part of, as who runs the program keeps it. */
  readonly frame: object | undefined

  constructor(above?: Scope, frame: object | undefined = above?.frame) {
    this.#above = above
    this.frame = frame
  }

  declare(name: string, value: unknown): void {
    if (name !== '_' && name !== '') this.#names.set(name, { value })
  }

  has(name: string): boolean {
    return this.#names.has(name)
  }

  find(name: string): Variable | undefined {
    return this.#names.get(name) ?? this.#above?.find(name)
  }
}
