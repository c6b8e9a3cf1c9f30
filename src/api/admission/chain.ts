// Runs the plugins of a server in their order.
import type { Machinery } from '../call.ts'
import type { Table } from '../store.ts'
import type { Admission, Review } from './admission.ts'

type Step = 'admit' | 'allocate' | 'validate'

/** A plugin, and the objects that it goes by. */
interface Concerned {
  readonly plugin: Admission
  readonly objects: Table | undefined
}

type Steps = Readonly<Record<Step, readonly Concerned[]>>

/** The plugins of a server that may have something to say, by the resource and the step. */
const concerned = new WeakMap<Machinery, Map<string, Steps>>()

function stepsOf(server: Machinery, table: string): Steps {
  const having = (step: Step): Concerned[] =>
    server.admission
      .filter(plugin => plugin[step] && (!plugin.resources || plugin.resources.includes(table)))
      .map(plugin => ({ plugin, objects: plugin.goesBy ? server.store.table(plugin.goesBy) : undefined }))
  return { admit: having('admit'), allocate: having('allocate'), validate: having('validate') }
}

function run(step: Step, review: Review): void {
  const { server, resource } = review.call
  let known = concerned.get(server)
  if (!known) concerned.set(server, (known = new Map()))
  let steps = known.get(resource.table)
  if (!steps) known.set(resource.table, (steps = stepsOf(server, resource.table)))
  const all = steps[step]
  // By index: this runs three times for each write, and most of the loops of a young page run in the interpreter.
  for (let i = 0; i < all.length; i++) {
    const { plugin, objects } = all[i]!
    if (!objects?.isEmpty) plugin[step]!(review)
  }
}

export const admit = (review: Review): void => run('admit', review)

export const allocate = (review: Review): void => run('allocate', review)

export const validateAdmission = (review: Review): void => run('validate', review)
