// What has changed in an object between two moments: its lines side by side, who owns each, and who wrote what in which
// order.
import { writeManagedFields } from '../../api/managed-fields.ts'
import type { Stored } from '../../api/store.ts'
import type { KubeObject } from '../../kinds/object.ts'
import type { Written } from '../journal.ts'
import { linesOf, type Path, type YamlLine } from './lines.ts'
import { type Owner, ownerOfLine } from './owners.ts'

export interface ChangedLine {
  readonly sign: ' ' | '+' | '-'
  readonly text: string
  readonly owner?: Owner
}

export interface Write {
  /** Virtual ms since the start. */
  readonly at: number
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'
  /** Field manager: `kubectl`, `kube-controller-manager`. */
  readonly manager: string
  /** `spec.replicas: 3 → 2`, at most a few; times and counters left out. */
  readonly fields: readonly string[]
  readonly more: number
}

/** An object as the API shows it to people: with its managed fields. */
export function shownObject({ object, managed }: Stored): KubeObject {
  if (!managed?.managers.length) return object
  return { ...object, metadata: { ...object.metadata, managedFields: writeManagedFields(managed.managers) } }
}

export function changedLines(before: KubeObject | undefined, after: KubeObject | undefined): ChangedLine[] {
  const [old, now] = [before ? linesOf(before) : [], after ? linesOf(after) : []]
  return diff(old, now).map(({ sign, line }) => {
    const owner = line.isLeaf ? ownerOfLine((sign === '-' ? before : after)!, line.path) : undefined
    return { sign, text: line.text, ...(owner && { owner }) }
  })
}

/** Longest common subsequence, between what is alike at both ends. */
function diff(
  old: readonly YamlLine[],
  now: readonly YamlLine[],
): { sign: ' ' | '+' | '-'; line: YamlLine }[] {
  const same = (a: YamlLine | undefined, b: YamlLine | undefined) => a?.text === b?.text
  let start = 0
  while (start < old.length && start < now.length && same(old[start], now[start])) start++
  let end = 0
  const most = Math.min(old.length, now.length) - start
  while (end < most && same(old[old.length - 1 - end], now[now.length - 1 - end])) end++
  const [a, b] = [old.slice(start, old.length - end), now.slice(start, now.length - end)]
  const width = b.length + 1
  const lengths = new Uint16Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      lengths[i * width + j] = same(a[i], b[j])
        ? lengths[(i + 1) * width + j + 1]! + 1
        : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!)
  const out: { sign: ' ' | '+' | '-'; line: YamlLine }[] = []
  const keep = (line: YamlLine) => out.push({ sign: ' ', line })
  now.slice(0, start).forEach(keep)
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && same(a[i], b[j])) {
      keep(b[j++]!)
      i++
    } else if (
      i < a.length &&
      (j === b.length || lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!)
    )
      out.push({ sign: '-', line: a[i++]! })
    else out.push({ sign: '+', line: b[j++]! })
  }
  now.slice(now.length - end).forEach(keep)
  return out
}

const mostFields = 4

export function writesOf(versions: readonly Written[], from: number, to: number): Write[] {
  return versions
    .filter(each => each.at > from && each.at <= to)
    .map(({ at, type, old, stored }) => {
      const fields = type === 'MODIFIED' && old ? changedFields(old.object, stored.object) : []
      return {
        at,
        type,
        manager: type === 'DELETED' ? '' : writerOf(old, stored),
        fields: fields.slice(0, mostFields),
        more: Math.max(0, fields.length - mostFields),
      }
    })
    .filter(each => each.type !== 'MODIFIED' || each.fields.length > 0)
}

/** Of an apply: the manager whose entry it has made anew; one that only lost fields to it is older. */
function writerOf(old: Stored | undefined, { managed }: Stored): string {
  if (managed?.writer !== undefined) return managed.writer
  const before = new Set(entriesOf(old))
  const fresh = (managed?.managers ?? []).filter(each => !before.has(each))
  return [...fresh].sort((a, b) => (a.time < b.time ? 1 : a.time > b.time ? -1 : 0))[0]?.manager ?? ''
}

const entriesOf = (stored: Stored | undefined) => stored?.managed?.managers ?? []

/** Moments and counters that change with everything. */
const noise =
  /(?:Time|Timestamp|resourceVersion|observedGeneration|generation|managedFields|last-applied-configuration)$/

type Tree = Readonly<Record<string, unknown>>

/** Values that differ, as `path: before → after`. */
export function changedFields(before: KubeObject, after: KubeObject): string[] {
  const found: string[] = []
  const walk = (a: unknown, b: unknown, path: Path): void => {
    if (a === b || noise.test(String(path.at(-1) ?? ''))) return
    if (isTree(a) && isTree(b)) {
      for (const key of new Set([...keysOf(a), ...keysOf(b)])) walk(at(a, key), at(b, key), [...path, key])
      return
    }
    const [x, y] = [brief(a), brief(b)]
    if (x !== y) found.push(`${pathText(path)}: ${x} → ${y}`)
  }
  walk(before, after, [])
  return found
}

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null
/** Items of a list are told apart by their name or type, where they have one. */
const nameOfItem = (item: unknown, index: number): string => {
  const { name, type }: Tree = isTree(item) ? item : {}
  return String(name ?? type ?? index)
}
const keysOf = (tree: Tree): string[] => (Array.isArray(tree) ? tree.map(nameOfItem) : Object.keys(tree))
const at = (tree: Tree, key: string): unknown =>
  Array.isArray(tree) ? tree.find((item, index) => nameOfItem(item, index) === key) : tree[key]

const longest = 48
function brief(value: unknown): string {
  if (value === undefined) return '∅'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text
}

const pathText = (path: Path): string => path.join('.')
