// `--record`: the command line as the change cause of what it changes.
import type { KubeObject } from '../kinds/object.ts'
import type { Context } from './context.ts'

const annotation = 'kubernetes.io/change-cause'

/** `kubectl apply --filename=web.yaml --record=true` (genericclioptions.ParseCommandArguments). */
function commandLine(ctx: Context): string {
  const set = ctx.flags.shown().map(({ name, value }) => ` --${name}=${value}`)
  return [ctx.path, ...ctx.args].join(' ') + set.join('')
}

export function recordCause<T extends KubeObject>(ctx: Context, object: T): T {
  if (!ctx.flags.has('record') || !ctx.flags.bool('record')) return object
  const annotations = { ...object.metadata?.annotations, [annotation]: commandLine(ctx) }
  return { ...object, metadata: { ...object.metadata, annotations } }
}
