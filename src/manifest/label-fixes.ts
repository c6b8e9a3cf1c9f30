// Labels that do not fit together are mended in either direction: the pods get what is selected, or what they have is
// selected. Of a workload and its own selector, and of a Service and the workload of the file that it most likely means.
import { findPath, type PathStep } from '../yaml/position.ts'
import { at, list, record } from './complete/node.ts'
import { plain } from './complete/plain.ts'
import type { Diagnostic } from './diagnostic.ts'
import { readDocuments } from './documents.ts'
import type { Edit } from './fixes.ts'
import { parseFieldPath, Source } from './source.ts'

export interface LabelFix {
  /** What is changed. */
  readonly what: 'labels' | 'selector'
  readonly edits: readonly Edit[]
}

type Labels = Readonly<Record<string, unknown>>

/** An object of the text, alone or in a list. */
interface Placed {
  readonly value: unknown
  readonly text: string
  readonly source: Source
  readonly path: readonly PathStep[]
}

/** None where the text is written in a way that one edit does not fit: with an anchor, or with comments in it. */
export function labelFixes(text: string, problem: Diagnostic): LabelFix[] {
  const { code } = problem
  if (code !== 'selector-mismatch' && code !== 'service-selects-nothing') return []
  const objects = [...placedIn(text)]
  const path = parseFieldPath(problem.path)
  const isIn = (each: Placed): boolean => {
    const { line, endLine } = each.source.range(0, each.text.length)
    return line <= problem.line && problem.line <= endLine && each.path.every((step, i) => path[i] === step)
  }
  const object = objects.find(isIn)
  if (!object) return []
  return code === 'selector-mismatch' ? ownFixes(object) : serviceFixes(object, objects)
}

function* placedIn(text: string): Generator<Placed> {
  for (const document of readDocuments(text, true)) {
    if ('error' in document || !document.root) continue
    const { value } = document
    const rest = { text: document.text, source: new Source(document.text, document.line, document.root) }
    if (at(value, 'kind') !== 'List') yield { value, path: [], ...rest }
    else
      for (const [i, item] of list(at(value, 'items')).entries())
        yield { value: item, path: ['items', i], ...rest }
  }
}

const ofTemplate = ['spec', 'template', 'metadata', 'labels']

/** Where a workload's own selector stands; undefined where more than labels are asked for. */
function selectorPath({ value }: Placed): string[] | undefined {
  if (at(value, 'kind') === 'ReplicationController') return ['spec', 'selector']
  return at(value, 'spec', 'selector', 'matchExpressions') ? undefined : ['spec', 'selector', 'matchLabels']
}

function ownFixes(object: Placed): LabelFix[] {
  const path = selectorPath(object)
  if (!path) return []
  const selector = record(at(object.value, ...path))
  const labels = record(at(object.value, ...ofTemplate))
  return [
    fix('labels', Object.keys(selector).length > 0 && write(object, ofTemplate, { ...labels, ...selector })),
    fix('selector', Object.keys(labels).length > 0 && write(object, path, narrowed(selector, labels))),
  ].flat()
}

function serviceFixes(service: Placed, objects: readonly Placed[]): LabelFix[] {
  const selector = record(at(service.value, 'spec', 'selector'))
  const namespace = at(service.value, 'metadata', 'namespace')
  const meant = objects
    .filter(each => at(each.value, 'spec', 'containers') || at(each.value, 'spec', 'template', 'spec'))
    .filter(each => at(each.value, 'metadata', 'namespace') === namespace)
    .map(each => ({ each, likeness: likeness(selector, labelsOf(each), each, service) }))
    .sort((a, b) => b.likeness - a.likeness)[0]?.each
  if (!meant) return []
  const path = labelsPath(meant)
  const labels = labelsOf(meant)
  const wanted = { ...labels, ...selector }
  // Its own selector must go on choosing what it makes.
  const own = path === ofTemplate ? selectorPath(meant) : undefined
  const chosen = record(own && at(meant.value, ...own))
  const broken = Object.keys(chosen).some(key => chosen[key] !== wanted[key])
  const edits = [write(meant, path, wanted), broken && own && write(meant, own, narrowed(chosen, wanted))]
  return [
    fix('labels', ...edits),
    fix(
      'selector',
      Object.keys(labels).length > 0 && write(service, ['spec', 'selector'], narrowed(selector, labels)),
    ),
  ].flat()
}

const labelsPath = ({ value }: Placed): string[] =>
  at(value, 'spec', 'containers') ? ['metadata', 'labels'] : ofTemplate

const labelsOf = (object: Placed): Labels => record(at(object.value, ...labelsPath(object)))

/** Keys in common count, a name in common too. */
function likeness(selector: Labels, labels: Labels, { value }: Placed, service: Placed): number {
  const keys = Object.keys(selector).filter(key => key in labels).length
  return 2 * keys + Number(at(value, 'metadata', 'name') === at(service.value, 'metadata', 'name'))
}

/** What a selector asks for, as these labels have it: of keys that they lack nothing; at least one label. */
function narrowed(selector: Labels, labels: Labels): Labels {
  const kept = Object.keys(labels).filter(key => key in selector)
  return Object.fromEntries(
    (kept.length ? kept : Object.keys(labels).slice(0, 1)).map(key => [key, labels[key]]),
  )
}

/** `false`: an edit that is not needed; where one that is needed cannot be made there is no fix. */
function fix(what: LabelFix['what'], ...edits: readonly (Edit | false | undefined)[]): LabelFix[] {
  const made = edits.filter(each => each !== false)
  return made.length && made.every(each => each !== undefined) ? [{ what, edits: made }] : []
}

/** Makes the map at a path of an object what it should be; what is not there is begun. */
function write(
  { text, source, path: base }: Placed,
  path: readonly string[],
  labels: Labels,
): Edit | undefined {
  const whole = [...base, ...path]
  const { value, key, steps } = findPath(source.root!, whole)
  const missing = whole.slice(steps)
  const lines = (indent: number) =>
    Object.entries(labels).map(([name, held]) => `${' '.repeat(indent)}${plain(name)}: ${scalar(held)}`)
  const first = value.kind === 'mapping' ? value.children[0] : undefined
  const place = (from: number, to: number, by: string): Edit => ({ ...exact(source, from, to), text: by })
  if (value.kind === 'alias' || value.kind === 'sequence') return undefined
  if (text[value.start.offset] === '{') {
    const { offset } = value.end
    const inside = Object.entries(labels).map(([name, held]) => `${plain(name)}: ${scalar(held)}`)
    return missing.length ? undefined : place(value.start.offset, offset, `{${inside.join(', ')}}`)
  }
  if (!first) {
    // `labels:` with nothing behind it.
    if (!key || missing.length || value.value !== '') return undefined
    const end = key.end.offset + 1
    return place(end, end, `\n${lines(key.start.column + 2).join('\n')}`)
  }
  const { offset: from, column } = first.start
  if (missing.length) {
    const names = missing.map((name, depth) => `${depth ? ' '.repeat(column + 2 * depth) : ''}${name}:`)
    const deep = lines(column + 2 * missing.length)
    return place(from, from, `${[...names, ...deep].join('\n')}\n${' '.repeat(column)}`)
  }
  const to = value.children.at(-1)!.end.offset
  if (text.slice(from, to).includes('#') || value.children.some(each => each.kind === 'alias'))
    return undefined
  return place(from, to, lines(column).join('\n').trimStart())
}

const scalar = (value: unknown): string => (typeof value === 'string' ? plain(value) : JSON.stringify(value))

/** Without the last column that a range of one character gets where it is empty. */
function exact(source: Source, from: number, to: number) {
  const { line, column, endLine, endColumn } = source.range(from, to)
  return from === to
    ? { line, column, endLine: line, endColumn: column }
    : { line, column, endLine, endColumn }
}
