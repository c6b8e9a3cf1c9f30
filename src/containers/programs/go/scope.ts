// Names and what they stand for at run time, block in block.

export interface Variable {
  value: unknown
}

export class Scope {
  readonly #names = new Map<string, Variable>()
  readonly #above: Scope | undefined

  constructor(above?: Scope) {
    this.#above = above
  }

  declare(name: string, value: unknown): void {
    if (name !== '_') this.#names.set(name, { value })
  }

  has(name: string): boolean {
    return this.#names.has(name)
  }

  find(name: string): Variable | undefined {
    return this.#names.get(name) ?? this.#above?.find(name)
  }
}
