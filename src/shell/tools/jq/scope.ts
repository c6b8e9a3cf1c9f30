// Variables and functions of a jq program.
import type { Filter } from './tree.ts'
import { JqError, type Json } from './values.ts'

export interface Closure {
  readonly parameters: readonly string[]
  readonly body: Filter
  readonly scope: Scope
}

/** What names mean at a place of the program; a scope never changes. */
export class Scope {
  readonly #parent: Scope | undefined
  readonly #variables: ReadonlyMap<string, Json>
  readonly #functions: ReadonlyMap<string, Closure>

  constructor(
    parent: Scope | undefined,
    variables: ReadonlyMap<string, Json>,
    functions: ReadonlyMap<string, Closure> = new Map(),
  ) {
    this.#parent = parent
    this.#variables = variables
    this.#functions = functions
  }

  variable(name: string): Json {
    for (let scope: Scope | undefined = this; scope; scope = scope.#parent)
      if (scope.#variables.has(name)) return scope.#variables.get(name)
    throw new JqError(`$${name} is not defined`)
  }

  has(name: string): boolean {
    return this.#variables.has(name) || (this.#parent?.has(name) ?? false)
  }

  function(name: string): Closure | undefined {
    for (let scope: Scope | undefined = this; scope; scope = scope.#parent) {
      const found = scope.#functions.get(name)
      if (found) return found
    }
    return undefined
  }

  with(variables: Readonly<Record<string, Json>>): Scope {
    return new Scope(this, new Map(Object.entries(variables)))
  }

  /** A function sees itself. */
  define(name: string, parameters: readonly string[], body: Filter): Scope {
    const functions = new Map<string, Closure>()
    const scope = new Scope(this, new Map(), functions)
    functions.set(`${name}/${parameters.length}`, { parameters, body, scope })
    return scope
  }

  alias(name: string, closure: Closure): Scope {
    return new Scope(this, new Map(), new Map([[name, closure]]))
  }
}
