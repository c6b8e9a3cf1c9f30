// Runs the plugins of a server in their order.
import type { Admission, Review } from './admission.ts'

type Step = 'admit' | 'allocate' | 'validate'

/** The plugins that have something to say in a step, by the step and the resource. */
const concerned = new WeakMap<readonly Admission[], Map<string, Admission[]>>()

function run(step: Step, review: Review): void {
  const { admission } = review.call.server
  const { table } = review.call.resource
  let known = concerned.get(admission)
  if (!known) concerned.set(admission, (known = new Map()))
  const key = step + table
  let plugins = known.get(key)
  if (!plugins) {
    plugins = admission.filter(p => p[step] && (!p.resources || p.resources.includes(table)))
    known.set(key, plugins)
  }
  for (const plugin of plugins) plugin[step]!(review)
}

export const admit = (review: Review): void => run('admit', review)

export const allocate = (review: Review): void => run('allocate', review)

export const validateAdmission = (review: Review): void => run('validate', review)
