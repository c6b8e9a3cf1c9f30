// A jq program in turns with the world: its outer layers (what is piped, listed, folded or stands beside each other) rest
// between the values that flow through them, so that Ctrl-C comes through. What lies within is run at once, up to a bound.
import { MemoryExhausted } from '../../../engine/holding.ts'
import type { Task } from '../../../engine/task.ts'
import { statement, Turns } from '../../../engine/turns.ts'
import type { Evaluator } from './evaluate.ts'
import type { Scope } from './scope.ts'
import type { Filter } from './tree.ts'
import { type Json, mostItems } from './values.ts'

type Take = (value: Json) => Task

export class InTurns {
  readonly #machine: Evaluator
  readonly #turns = new Turns()

  constructor(machine: Evaluator) {
    this.#machine = machine
  }

  /** Gives all values of a filter for one input to `take`. */
  *values(filter: Filter, value: Json, scope: Scope, take: Take): Task {
    switch (filter.type) {
      case 'binary':
        if (filter.mark === '|') {
          const { right } = filter
          yield* this.values(filter.left, value, scope, middle => this.values(right, middle, scope, take))
          return
        }
        if (filter.mark === ',') {
          yield* this.values(filter.left, value, scope, take)
          yield* this.values(filter.right, value, scope, take)
          return
        }
        break
      case 'array': {
        const list: Json[] = []
        if (filter.body)
          yield* this.values(filter.body, value, scope, function* (each) {
            if (list.push(each) > mostItems) throw new MemoryExhausted()
          })
        yield* take(list)
        return
      }
      case 'define':
        yield* this.values(
          filter.rest,
          value,
          scope.define(filter.name, filter.parameters, filter.body),
          take,
        )
        return
      case 'fold':
        if (filter.how === 'reduce') {
          yield* this.#reduce(filter, value, scope, take)
          return
        }
    }
    for (const own of this.#machine.values(filter, value, scope)) {
      yield* this.#rest()
      yield* take(own)
    }
    yield* this.#rest()
  }

  *#reduce(
    { source, pattern, steps: [initial, update] }: Extract<Filter, { type: 'fold' }>,
    value: Json,
    scope: Scope,
    take: Take,
  ): Task {
    const machine = this.#machine
    for (const start of machine.values(initial!, value, scope)) {
      let state = start
      yield* this.values(source, value, scope, function* (each) {
        for (const inner of machine.match(pattern, each, scope)) {
          let last: Json = null
          for (const next of machine.values(update!, state, inner)) last = next
          state = last
        }
      })
      yield* take(state)
    }
  }

  *#rest(): Task {
    this.#turns.spend(this.#machine.takeSteps() * statement)
    if (this.#turns.over) yield* this.#turns.rest()
  }
}
