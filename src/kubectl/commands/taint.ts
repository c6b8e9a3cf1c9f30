// kubectl taint.
import type { Node, NodeSpec, Taint } from '../../kinds/schema/types.ts'
import { build, isOf } from '../builder.ts'
import { type Command, dryRunFlag, managerFlag, printFlags, selectorFlag, validateFlag } from '../command.ts'
import type { Context } from '../context.ts'
import { CommandError, throwAll } from '../errors.ts'
import { forEach, sendChange } from '../patching.ts'
import { makePrinter } from '../print/printers.ts'

const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']

/** Words from the first taint on. */
const isTaint = (word: string): boolean => /[=:]/.test(word) || word.endsWith('-')

export const taint: Command = {
  name: 'taint',
  flags: `${printFlags}${selectorFlag}${dryRunFlag}${validateFlag}${managerFlag('kubectl-taint')}all overwrite`,
  *run(ctx) {
    const at = ctx.args.findIndex(isTaint)
    const words = at < 0 ? [] : ctx.args.slice(at)
    const resources = at < 0 ? [...ctx.args] : ctx.args.slice(0, at)
    const stray = words.find(word => !isTaint(word))
    if (stray !== undefined)
      throw ctx.usageError(`all resources must be specified before taint changes: ${stray}`)
    const [type] = resources
    if (type === undefined)
      throw new CommandError('one or more resources must be specified as <resource> <name>')
    if (words.length === 0) throw new CommandError('at least one taint update is required')
    const { add, remove } = parsed(ctx, words)
    if (ctx.discovery.mapped(type).plural !== 'nodes')
      throw new CommandError(`invalid resource type ${type}, only node types are supported`)
    if (ctx.flags.bool('all') && ctx.flags.string('selector'))
      throw new CommandError("setting 'all' parameter with a non empty selector is prohibited")
    if (!ctx.flags.bool('all') && resources.length < 2 && !ctx.flags.string('selector'))
      throw new CommandError("at least one resource name must be specified since 'all' parameter is not set")
    const both = remove.filter(r => add.some(t => t.key === r.key && (!r.effect || r.effect === t.effect)))
    if (both.length)
      throw new CommandError(
        `can not both modify and remove the following taint(s) in the same command: ${both.map(t => `${t.key}=${t.effect}`).join(', ')}`,
      )
    const { infos, errors } = yield* build(ctx, {
      args: resources,
      all: ctx.flags.bool('all'),
      selector: ctx.flags.string('selector'),
      continueOnError: true,
      latest: true,
    })
    const all: Error[] = [...errors]
    forEach(infos, all, info => {
      if (!isOf(info, 'nodes')) return
      const { object } = info
      const { taints, operation } = reorganise(ctx, object, add, remove)
      const { taints: _, ...rest } = object.spec
      const spec: NodeSpec = taints.length ? { ...rest, taints } : rest
      const changed = { ...object, spec }
      const result = ctx.dryRun === 'client' ? changed : sendChange(ctx, info, changed, ctx.writeQuery())
      makePrinter(ctx, { typed: true, operation })(result)
    })
    throwAll(all)
    return 0
  },
}

/** What is wrong with the words is a matter of usage. */
function parsed(ctx: Context, words: readonly string[]): ReturnType<typeof parseTaints> {
  try {
    return parseTaints(words)
  } catch (error) {
    if (error instanceof CommandError) throw ctx.usageError(error.message)
    throw error
  }
}

/** `key`, `key:effect`, `key=value:effect` (pkg/cmd/taint/utils.go, parseTaint). */
function parseTaint(word: string): Taint {
  const invalid = (why = '') => new CommandError(`invalid taint spec: ${word}${why && `, ${why}`}`)
  const parts = word.split(':')
  if (parts.length > 2) throw invalid()
  let [key = '', effect = ''] = parts
  let value: string | undefined
  if (parts.length === 2) {
    if (!effects.includes(effect))
      throw new CommandError(`invalid taint effect: ${effect}, unsupported taint effect`)
    const pair = key.split('=')
    if (pair.length > 2) throw invalid()
    key = pair[0]!
    value = pair[1]
    if (value && !/^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/.test(value))
      throw invalid(
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
      )
  }
  const problem = keyProblem(key)
  if (problem) throw invalid(`${key ? '' : 'name part must be non-empty; '}${problem}`)
  return { key, ...(value && { value }), effect }
}

function parseTaints(words: readonly string[]): { add: Taint[]; remove: Taint[] } {
  const add: Taint[] = []
  const remove: Taint[] = []
  for (const word of words) {
    if (word.endsWith('-')) {
      remove.push(parseTaint(word.slice(0, -1)))
      continue
    }
    const taint = parseTaint(word)
    if (!taint.effect) throw new CommandError(`invalid taint spec: ${word}`)
    if (add.some(t => t.key === taint.key && t.effect === taint.effect))
      throw new CommandError(
        `duplicated taints with the same key and effect: {${taint.key} ${taint.value ?? ''} ${taint.effect} <nil>}`,
      )
    add.push(taint)
  }
  return { add, remove }
}

function keyProblem(key: string): string | undefined {
  if (/^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/.test(key))
    return undefined
  return "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"
}

function reorganise(ctx: Context, object: Node, add: readonly Taint[], remove: readonly Taint[]) {
  const old = object.spec.taints ?? []
  const same = (a: Taint, b: Taint) => a.key === b.key && a.effect === b.effect
  if (!ctx.flags.bool('overwrite')) {
    const clash = add.find(t => old.some(o => same(o, t)))
    if (clash)
      throw new CommandError(
        `node ${object.metadata.name} already has ${clash.key} taint(s) with same effect(s) and --overwrite is false`,
      )
  }
  const missing = remove.filter(r => !old.some(o => o.key === r.key && (!r.effect || o.effect === r.effect)))
  if (missing.length)
    throw new CommandError(
      missing
        .map(({ key, value, effect }) => {
          const text = `${key}${value ? `=${value}` : ''}${effect && `:${effect}`}`
          return `taint ${JSON.stringify(text)} not found`
        })
        .join('\n'),
    )
  const gone = (t: Taint) => remove.some(r => r.key === t.key && (!r.effect || r.effect === t.effect))
  const kept = old.filter(o => !add.some(t => same(o, t)) && !gone(o))
  const modified = (add.length && remove.length) || ctx.flags.bool('overwrite')
  const operation = modified ? 'modified' : remove.length ? 'untainted' : 'tainted'
  return { taints: [...add, ...kept], operation }
}
