// One `kubectl create KIND`: flags, and a function from them to the object; everything else is the same for all.
import type { Task } from '../../engine/task.ts'
import type { KubeObject } from '../../kinds/object.ts'
import type { Command } from '../command.ts'
import type { Context } from '../context.ts'
import { CommandError } from '../errors.ts'
import { generatorFlags, sendGenerated } from '../generate.ts'

export interface Generator {
  readonly name: string
  readonly aliases?: readonly string[]
  readonly flags?: string
  /** Flags that must be given. */
  readonly required?: readonly string[]
  /** `failed to create X`, before the server's message. */
  readonly failure?: string
  /** Without apiVersion's defaults: what kubectl itself writes. */
  make(ctx: Context, name: string): KubeObject
}

export const generator = ({
  name,
  aliases = [],
  flags = '',
  required = [],
  failure,
  make,
}: Generator): Command => ({
  name,
  aliases,
  flags: `${generatorFlags}${flags}`,
  *run(ctx): Task<number> {
    requireFlags(ctx, required)
    const object = make(ctx, ctx.nameArgument())
    sendGenerated(ctx, object, failure === undefined ? {} : { failure })
    yield* ctx.pause()
    return 0
  },
})

export function requireFlags(ctx: Context, names: readonly string[]): void {
  const missing = names.filter(name => !ctx.flags.changed(name))
  if (missing.length)
    throw new CommandError(`required flag(s) ${missing.map(n => JSON.stringify(n)).join(', ')} not set`)
}

/** Namespaced objects name their namespace when -n was given. */
export const meta = (ctx: Context, name: string, more: object = {}) => ({
  name,
  ...(ctx.namespaceEnforced && { namespace: ctx.namespace }),
  ...more,
})

/** Words behind the name, with or without `--`. */
export const commandWords = (ctx: Context): string[] => [...ctx.args.slice(1)]

/** `app=web,tier=front` as a map. */
export function parseLabels(text: string): Record<string, string> {
  const labels: Record<string, string> = {}
  if (!text) throw new CommandError('no label spec passed')
  for (const part of text.split(',')) {
    const pair = part.split('=')
    if (pair.length !== 2) throw new CommandError(`unexpected label spec: ${part}`)
    if (!pair[0]) throw new CommandError('unexpected empty label key')
    labels[pair[0]] = pair[1]!
  }
  return labels
}

/** `50%` stays text, `1` becomes a number. */
export const intOrPercent = (text: string): string | number => (/^-?\d+$/.test(text) ? Number(text) : text)
