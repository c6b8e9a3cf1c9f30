// Runs the plugins of a server in their order.
import type { Admission, Review } from './admission.ts'

type Step = 'admit' | 'allocate' | 'validate'

type Steps = Readonly<Record<Step, readonly Admission[]>>

/** The plugins that have something to say, by the resource and the step. */
const concerned = new WeakMap<readonly Admission[], Map<string, Steps>>()

function run(step: Step, review: Review): void {
  const { admission } = review.call.server
  const { table } = review.call.resource
  let known = concerned.get(admission)
  if (!known) concerned.set(admission, (known = new Map()))
  let steps = known.get(table)
  if (!steps) {
    const with_ = (step: Step) =>
      admission.filter(p => p[step] && (!p.resources || p.resources.includes(table)))
    steps = { admit: with_('admit'), allocate: with_('allocate'), validate: with_('validate') }
    known.set(table, steps)
  }
  const plugins = steps[step]
  for (let i = 0; i < plugins.length; i++) plugins[i]![step]!(review)
}

export const admit = (review: Review): void => run('admit', review)

export const allocate = (review: Review): void => run('allocate', review)

export const validateAdmission = (review: Review): void => run('validate', review)
