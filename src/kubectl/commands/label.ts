// kubectl label and kubectl annotate: the same command over two maps of the metadata.
import { type Built, build, type Info } from '../builder.ts'
import {
  type Command,
  dryRunFlag,
  fileFlags,
  managerFlag,
  printFlags,
  recordDeprecated,
  recordFlag,
  selectorFlag,
} from '../command.ts'
import type { Context } from '../context.ts'
import { CommandError, throwAll } from '../errors.ts'
import { forEach, mergeDifference } from '../patching.ts'
import { makePrinter } from '../print/printers.ts'
import { byCodePoint } from '../print/values.ts'
import { recordCause } from '../record.ts'
import { splitPairs } from './set-shared.ts'

interface Kind {
  /** `label`, `annotation`. */
  readonly word: string
  readonly map: 'labels' | 'annotations'
  parse(specs: readonly string[]): Change
  /** Refuses to overwrite what is there. */
  conflict(clashes: readonly string[]): string
  /** What is said behind the name. */
  done(added: number, removed: number): string
  /** Says which of the keys to be removed are not there. */
  readonly tellsMissing: boolean
}

interface Change {
  readonly set: Readonly<Record<string, string>>
  readonly remove: readonly string[]
}

const labels: Kind = {
  word: 'label',
  map: 'labels',
  tellsMissing: true,
  conflict: clashes => clashes.join(', '),
  done: (added, removed) =>
    added && removed ? 'modified' : added ? 'labeled' : removed ? 'unlabeled' : 'not labeled',
  parse(specs) {
    const set: Record<string, string> = {}
    const remove: string[] = []
    for (const spec of specs) {
      if (spec.includes('=')) {
        const [key = '', value = '', more] = spec.split('=')
        if (more !== undefined) throw new CommandError(`invalid label spec: ${spec}`)
        const problems = labelValueProblems(value)
        if (problems.length)
          throw new CommandError(`invalid label value: ${JSON.stringify(spec)}: ${problems.join(';')}`)
        set[key] = value
      } else if (spec.endsWith('-')) remove.push(spec.slice(0, -1))
      else throw new CommandError(`unknown label spec: ${spec}`)
    }
    if (remove.some(key => Object.hasOwn(set, key)))
      throw new CommandError('can not both modify and remove a label in the same command')
    return { set, remove }
  },
}

function labelValueProblems(value: string): string[] {
  const problems: string[] = []
  if (value.length > 63) problems.push('must be no more than 63 bytes')
  if (!/^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/.test(value))
    problems.push(
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
    )
  return problems
}

const annotations: Kind = {
  word: 'annotation',
  map: 'annotations',
  tellsMissing: false,
  conflict: clashes =>
    `--overwrite is false but found the following declared annotation(s): ${clashes.join('; ')}`,
  done: () => 'annotated',
  parse(specs) {
    const set: Record<string, string> = {}
    const remove: string[] = []
    for (const spec of specs) {
      const equals = spec.indexOf('=')
      if (equals === 0) throw new CommandError(`invalid annotation format: ${spec}`)
      if (equals > 0) set[spec.slice(0, equals)] = spec.slice(equals + 1)
      else if (spec.endsWith('-')) remove.push(spec.slice(0, -1))
      else throw new CommandError(`unexpected annotation format: ${spec}`)
    }
    const both = remove.find(key => Object.hasOwn(set, key))
    if (both !== undefined)
      throw new CommandError(
        'can not both modify and remove the following annotation(s) in the same command: '.concat(both),
      )
    return { set, remove }
  },
}

function metadataCommand(name: string, kind: Kind): Command {
  return {
    name,
    flags: `${printFlags}${fileFlags}${selectorFlag}${dryRunFlag}${recordFlag}${managerFlag(`kubectl-${name}`)}all
      all-namespaces,A field-selector:s list local overwrite resource-version:s`,
    deprecated: recordDeprecated,
    *run(ctx) {
      const { flags } = ctx
      const { resources, pairs } = splitPairs(ctx.args, kind.word)
      const change = kind.parse(pairs)
      const local = flags.bool('local')
      if (flags.bool('list') && flags.string('output'))
        throw new CommandError('--list and --output may not be specified together')
      if (flags.bool('all') && flags.string('selector'))
        throw new CommandError('cannot set --all and --selector at the same time')
      if (flags.bool('all') && flags.string('field-selector'))
        throw new CommandError('cannot set --all and --field-selector at the same time')
      if (local && ctx.dryRun === 'server')
        throw new CommandError('cannot specify --local and --dry-run=server - did you mean --dry-run=client?')
      if (!resources.length && !flags.list('filename').length && !flags.string('kustomize'))
        throw new CommandError(
          local
            ? 'one or more files must be specified as -f pod.yaml or --filename=pod.json'
            : 'one or more resources must be specified as <resource> <name> or <resource>/<name>',
        )
      if (local && resources.length)
        throw new CommandError(
          'can only use local files by -f pod.yaml or --filename=pod.json when --local=true is set',
        )
      if (pairs.length === 0 && !flags.bool('list'))
        throw new CommandError(`at least one ${kind.word} update is required`)
      const built = yield* build(ctx, {
        args: resources,
        all: flags.bool('all'),
        selector: flags.string('selector'),
        fieldSelector: flags.string('field-selector'),
        allNamespaces: ctx.allNamespaces,
        allowEmptySelector: flags.bool('all'),
        continueOnError: true,
        latest: !local,
        local,
      })
      const errors: Error[] = [...built.errors]
      if (!built.single && flags.string('resource-version'))
        throw new CommandError('--resource-version may only be used with a single resource')
      forEach(built.infos, errors, info => changeOne(ctx, info, kind, change, built))
      throwAll(errors)
      return 0
    },
  }
}

function changeOne(ctx: Context, info: Info, kind: Kind, { set, remove }: Change, built: Built): void {
  const { flags } = ctx
  const { resource, namespace, name, object } = info
  const old: Record<string, string> = object.metadata[kind.map] ?? {}
  const sending = !flags.bool('local') && !flags.bool('list') && ctx.dryRun !== 'client'
  if (sending && kind.tellsMissing)
    for (const key of remove)
      if (!Object.hasOwn(old, key)) ctx.line(`label ${JSON.stringify(key)} not found.`)
  if (!flags.bool('overwrite')) {
    const clashes = Object.keys(set)
      .sort(byCodePoint)
      .filter(key => Object.hasOwn(old, key) && old[key] !== set[key])
    const texts = clashes.map(key =>
      kind.tellsMissing
        ? `'${key}' already has a value (${old[key]}), and --overwrite is false`
        : `'${key}' already has a value (${old[key]})`,
    )
    if (texts.length) throw new CommandError(kind.conflict(texts))
  }
  const map = { ...old, ...set }
  let removed = 0
  for (const key of remove) {
    if (Object.hasOwn(map, key)) removed++
    delete map[key]
  }
  const added = Object.keys(set).filter(key => old[key] !== set[key]).length
  const version = flags.string('resource-version')
  const metadata = { ...object.metadata, [kind.map]: map, ...(version && { resourceVersion: version }) }
  let changed = recordCause(ctx, { ...object, metadata })
  if (flags.bool('list')) {
    if (!built.single) ctx.line(`Listing ${kind.map} for ${resource.kind}.${resource.group}/${name}:`)
    const indent = built.single ? '' : ' '
    for (const key of Object.keys(map).sort(byCodePoint)) ctx.line(`${indent}${key}=${map[key]}`)
    return
  }
  if (sending && (added || removed || version || !kind.tellsMissing)) {
    const before = version ? { ...object, metadata: { ...object.metadata, resourceVersion: '' } } : object
    changed = ctx.client.patch(
      resource,
      namespace,
      name,
      'merge',
      mergeDifference(before, changed),
      ctx.writeQuery(),
    )
  }
  makePrinter(ctx, { operation: `${kind.done(added, removed)}${ctx.dryRunSuffix}` })(changed)
}

export const label = metadataCommand('label', labels)
export const annotate = metadataCommand('annotate', annotations)
