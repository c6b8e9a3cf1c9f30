// kubectl diff: what apply would change, as `diff -u -N` of two directories shows it.
import type { Task } from '../../engine/task.ts'
import type { KubeObject } from '../../kinds/object.ts'
import { stringifyYaml } from '../../yaml/stringify.ts'
import { build, type Info, requireFiles } from '../builder.ts'
import { type Command, fileFlags, managerFlag, selectorFlag } from '../command.ts'
import type { Context } from '../context.ts'
import type { Resource } from '../discovery.ts'
import { CommandError, isNotFound, SilentExit, StatusError, throwAll } from '../errors.ts'
import { klogPrefix } from '../klog.ts'
import { lastApplied } from '../last-applied.ts'
import { pruneParts } from '../loaders.ts'
import { patchTypeOf } from '../patching.ts'
import { withoutManagedFields } from '../print/printers.ts'
import { byCodePoint, type Dict, dictOf, isObject } from '../print/values.ts'
import { threeWayPatch } from '../three-way.ts'
import { externalDiff, type Pair } from './diff-external.ts'

export const diff: Command = {
  name: 'diff',
  failureCode: 2,
  flagHint: "See 'kubectl diff -h' for help and examples",
  flags: `${fileFlags}${selectorFlag}${managerFlag('kubectl-client-side-apply')}concurrency:i=1 force-conflicts prune
    prune-allowlist:a server-side show-managed-fields show-secrets`,
  unseen: 'concurrency',
  *run(ctx) {
    if (ctx.args.length) throw ctx.usageError(`Unexpected args: [${ctx.args.join(' ')}]`)
    requireFiles(ctx)
    const { flags } = ctx
    if (flags.bool('force-conflicts') && !flags.bool('server-side'))
      throw new CommandError('--force-conflicts only works with --server-side')
    if (flags.bool('prune')) {
      pruneParts.get('--prune').checkAllowed(ctx)
      ctx.err(pruneParts.get('--prune').pruneDeprecation(ctx))
    }
    const built = yield* build(ctx, { selector: ctx.flags.string('selector'), continueOnError: true })
    throwAll(built.errors)
    const pairs: Pair[] = []
    for (const info of built.infos) pairs.push(yield* compared(ctx, info))
    if (flags.bool('prune'))
      for (const { resource, namespace, object } of pruneParts.get('--prune').prunable(ctx, built.infos))
        pairs.push({
          file: fileOf(resource, namespace, object.metadata.name),
          live: text(object),
          merged: '',
        })
    const random = () => String(1e9 + Math.floor(ctx.process.engine.random.float() * 1e9))
    const [live, merged] = [`/tmp/LIVE-${random()}`, `/tmp/MERGED-${random()}`]
    const other = ctx.process.env.get('KUBECTL_EXTERNAL_DIFF')
    if (other) {
      const code = yield* externalDiff(ctx, other, pairs, live, merged)
      if (code) throw new SilentExit(code)
      return 0
    }
    let changed = false
    // As diff goes through two directories.
    for (const pair of pairs.sort((a, b) => byCodePoint(a.file, b.file)))
      changed =
        printDiff(ctx, `${live}/${pair.file}`, `${merged}/${pair.file}`, pair.live, pair.merged) || changed
    // The exit code of diff itself.
    if (changed) throw new SilentExit(1)
    return 0
  },
}

function* compared(ctx: Context, info: Info): Task<Pair> {
  const { resource, namespace, name } = info
  let live: KubeObject | undefined
  try {
    live = ctx.client.get(resource, namespace, name)
  } catch (error) {
    if (!isNotFound(error)) throw error
  }
  const merged = orSayThatItChanges(ctx, info, () => dryRun(ctx, info, live))
  const show = <T>(object: T): T =>
    object && !ctx.flags.bool('show-managed-fields') ? withoutManagedFields(object) : object
  let before: object | undefined = show(live)
  let after: object = show(merged)
  if (resource.plural === 'secrets' && !resource.group && !ctx.flags.bool('show-secrets'))
    [before, after] = masked(before, after)
  yield* ctx.pause()
  return { file: fileOf(resource, namespace, name), live: text(before), merged: text(after) }
}

/** Whatever conflict an apply ends in, diff takes it for a change in the meantime, and tries again a few times (diff.go). */
function orSayThatItChanges<T>(ctx: Context, { resource, name }: Info, act: () => T): T {
  try {
    return act()
  } catch (error) {
    if (error instanceof StatusError && error.status.reason === 'Conflict') {
      const { group, version, kind } = resource
      ctx.err(
        `${klogPrefix(ctx, 'W')} diff.go:723] Object (${group}/${version}, Kind=${kind}: ${name}) keeps changing, diffing without lock\n`,
      )
    }
    throw error
  }
}

const fileOf = ({ group, version, kind }: Resource, namespace: string, name: string): string =>
  `${group ? `${group}.` : ''}${version}.${kind}.${namespace}.${name}`

const text = (object: object | undefined): string => (object ? stringifyYaml(object) : '')

/** What the server would make of it. */
function dryRun(ctx: Context, info: Info, live: KubeObject | undefined): KubeObject {
  const { resource, namespace, name, object } = info
  if (ctx.flags.bool('server-side')) {
    const manager = ctx.flags.changed('field-manager') ? ctx.flags.string('field-manager') : 'kubectl'
    const query = { dryRun: 'All', fieldManager: manager, force: String(ctx.flags.bool('force-conflicts')) }
    return ctx.client.patch(resource, namespace, name, 'apply', object, query)
  }
  // The annotation is left out, so that it does not show.
  const modified = {
    ...object,
    metadata: { ...object.metadata, annotations: { ...object.metadata.annotations } },
  }
  const query = { dryRun: 'All', fieldManager: ctx.flags.string('field-manager') }
  if (!live) return ctx.client.create(resource, namespace, modified, query)
  const patch = threeWayPatch(resource.schema, lastApplied(live), modified, live)
  return ctx.client.patch(resource, namespace, name, patchTypeOf(resource), patch, query)
}

/** Values of secrets become stars; changed ones say which side they are on. */
function masked(live: object | undefined, merged: object): [Dict | undefined, Dict] {
  const [before, after]: [Dict | undefined, Dict] = [live && { ...live }, { ...merged }]
  const [a, b] = [dictOf(before, 'data'), dictOf(after, 'data')]
  const mask = (own: Dict, other: Dict, word: string) =>
    Object.fromEntries(
      Object.keys(own).map(key => [key, key in other && other[key] !== own[key] ? `*** (${word})` : '***']),
    )
  return [
    before && { ...before, ...(isObject(before.data) && { data: mask(a, b, 'before') }) },
    { ...after, ...(isObject(after.data) && { data: mask(b, a, 'after') }) },
  ]
}

function printDiff(ctx: Context, from: string, to: string, a: string, b: string): boolean {
  if (a === b) return false
  const now = ctx.process.engine.timestamp.replace('T', ' ').replace('Z', '.000000000 +0000')
  ctx.line(`diff -u -N ${from} ${to}`)
  ctx.line(`--- ${from}\t${a ? now : '1970-01-01 00:00:00.000000000 +0000'}`)
  // A file that is not there is as old as the epoch.
  ctx.line(`+++ ${to}\t${b ? now : '1970-01-01 00:00:00.000000000 +0000'}`)
  for (const hunk of hunks(lines(a), lines(b))) ctx.out(hunk)
  return true
}

const lines = (text: string): string[] => (text ? text.replace(/\n$/, '').split('\n') : [])

type Edit = { readonly mark: ' ' | '-' | '+'; readonly line: string }

/** Longest common subsequence, deletions before insertions. */
function edits(a: readonly string[], b: readonly string[]): Edit[] {
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end])
    end++
  const [x, y] = [a.slice(start, a.length - end), b.slice(start, b.length - end)]
  const table = Array.from({ length: x.length + 1 }, () => new Uint16Array(y.length + 1))
  for (let i = x.length - 1; i >= 0; i--)
    for (let j = y.length - 1; j >= 0; j--)
      table[i]![j] =
        x[i] === y[j] ? table[i + 1]![j + 1]! + 1 : Math.max(table[i + 1]![j]!, table[i]![j + 1]!)
  const out: Edit[] = a.slice(0, start).map(line => ({ mark: ' ', line }))
  let [i, j] = [0, 0]
  while (i < x.length || j < y.length) {
    if (i < x.length && j < y.length && x[i] === y[j]) {
      out.push({ mark: ' ', line: x[i++]! })
      j++
    } else if (i < x.length && (j >= y.length || table[i + 1]![j]! >= table[i]![j + 1]!))
      out.push({ mark: '-', line: x[i++]! })
    else out.push({ mark: '+', line: y[j++]! })
  }
  return [...out, ...a.slice(a.length - end).map((line): Edit => ({ mark: ' ', line }))]
}

function hunks(a: readonly string[], b: readonly string[]): string[] {
  const all = edits(a, b)
  const context = 3
  const out: string[] = []
  let at = 0
  while (at < all.length) {
    const first = all.findIndex((e, i) => i >= at && e.mark !== ' ')
    if (first < 0) break
    let last = first
    for (let i = first; i < all.length && i <= last + 2 * context; i++) if (all[i]!.mark !== ' ') last = i
    const from = Math.max(at, first - context)
    const to = Math.min(all.length, last + context + 1)
    const part = all.slice(from, to)
    const before = all.slice(0, from)
    const count = (list: readonly Edit[], mark: string) => list.filter(e => e.mark !== mark).length
    const range = (start: number, size: number) =>
      `${size ? start + 1 : start}${size === 1 ? '' : `,${size}`}`
    out.push(
      `@@ -${range(count(before, '+'), count(part, '+'))} +${range(count(before, '-'), count(part, '-'))} @@\n${part.map(e => `${e.mark}${e.line}\n`).join('')}`,
    )
    at = to
  }
  return out
}
