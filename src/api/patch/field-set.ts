// Sets of fields in the form of FieldsV1: `{"f:spec": {"f:replicas": {}}}`. A node without keys is a field of the set;
// one with the key `.` is a field of the set and has some below it; any other only leads to fields.
// sigs.k8s.io/structured-merge-diff/fieldpath/set.go. Sets are shared and never changed.

export interface FieldSet {
  readonly [element: string]: FieldSet
}
/** While it is built. */
export type MutableFieldSet = { [element: string]: FieldSet }

/** One field and nothing below it (as a node); as a root: the empty set. */
export const leaf: FieldSet = Object.freeze({})

export const isMember = (node: FieldSet): boolean => '.' in node || isLeaf(node)

export function isLeaf(node: FieldSet): boolean {
  for (const _ in node) return false
  return true
}

export const isEmptySet = isLeaf

export function union(a: FieldSet, b: FieldSet, root = true): FieldSet {
  if (a === b) return a
  if (isLeaf(a)) return root || isMember(b) ? b : { '.': leaf, ...b }
  if (isLeaf(b)) return root || isMember(a) ? a : { '.': leaf, ...a }
  let result: MutableFieldSet | undefined
  for (const key in b) {
    const mine = a[key]
    const merged = mine === undefined ? b[key]! : key === '.' ? mine : union(mine, b[key]!, false)
    if (merged !== mine) (result ??= { ...a })[key] = merged
  }
  return result ?? a
}

/** Members of `a` that are not members of `b`; undefined: none (below the root). */
function without(a: FieldSet, b: FieldSet): FieldSet | undefined {
  const member = isMember(a) && !isMember(b)
  if (isLeaf(a)) return member ? a : undefined
  let result: MutableFieldSet | undefined
  for (const key in a) {
    if (key === '.') continue
    const theirs = b[key]
    const rest = theirs === undefined ? a[key] : without(a[key]!, theirs)
    if (rest) (result ??= {})[key] = rest
  }
  if (!member) return result
  return result ? { '.': leaf, ...result } : leaf
}

export function difference(a: FieldSet, b: FieldSet): FieldSet {
  if (isLeaf(a) || isLeaf(b)) return a
  let result: MutableFieldSet | undefined
  for (const key in b) {
    const mine = a[key]
    if (mine === undefined) continue
    const rest = without(mine, b[key]!)
    if (rest === mine) continue
    result ??= { ...a }
    if (rest) result[key] = rest
    else delete result[key]
  }
  return result ?? a
}

function shared(a: FieldSet, b: FieldSet): FieldSet | undefined {
  const member = isMember(a) && isMember(b)
  let result: MutableFieldSet | undefined
  for (const key in a) {
    const theirs = b[key]
    if (key === '.' || theirs === undefined) continue
    const both = shared(a[key]!, theirs)
    if (both) (result ??= {})[key] = both
  }
  if (!member) return result
  return result ? { '.': leaf, ...result } : leaf
}

export function intersection(a: FieldSet, b: FieldSet): FieldSet {
  const result: MutableFieldSet = {}
  for (const key in a) {
    const theirs = b[key]
    const both = theirs && shared(a[key]!, theirs)
    if (both) result[key] = both
  }
  return result
}

/** `a` without the fields of `b` and all that is below them. */
export function recursiveDifference(a: FieldSet, b: FieldSet): FieldSet {
  let result: MutableFieldSet | undefined
  for (const key in b) {
    const mine = a[key]
    if (mine === undefined || key === '.') continue
    const theirs = b[key]!
    const rest = isMember(theirs) ? leaf : recursiveDifference(mine, theirs)
    if (rest === mine && !isMember(theirs)) continue
    result ??= { ...a }
    if (isMember(theirs) || isLeaf(rest)) delete result[key]
    else result[key] = rest
  }
  return result ?? a
}

/** Order of path elements: the field itself, fields, keys, values, indices; each by its text. */
const rank = (element: string): number => '.fkvi'.indexOf(element[0]!)
const byElement = (a: string, b: string): number => rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0)

/** The set as it is written: elements in order. */
export function sortedSet(set: FieldSet): FieldSet {
  const keys = Object.keys(set)
  if (keys.length === 0) return set
  const result: MutableFieldSet = {}
  for (const key of keys.length > 1 ? keys.sort(byElement) : keys) result[key] = sortedSet(set[key]!)
  return result
}

/** Paths of the members as messages write them, those of one level before those below it: `.spec.containers[name="web"].image`. */
export function pathsOf(set: FieldSet, prefix = ''): string[] {
  const paths: string[] = []
  const elements = Object.keys(set)
    .filter(key => key !== '.')
    .sort(byElement)
  for (const key of elements) if (isMember(set[key]!)) paths.push(`${prefix}${elementText(key)}`)
  for (const key of elements) paths.push(...pathsOf(set[key]!, `${prefix}${elementText(key)}`))
  return paths
}

/** `f:spec` → `.spec`, `k:{"name":"web"}` → `[name="web"]`, `v:"a"` → `[="a"]`. */
export function elementText(element: string): string {
  const text = element.slice(2)
  switch (element[0]) {
    case 'f':
      return `.${text}`
    case 'k': {
      const key = JSON.parse(text) as Record<string, unknown>
      return `[${Object.keys(key)
        .map(name => `${name}=${JSON.stringify(key[name])}`)
        .join(',')}]`
    }
    case 'v':
      return `[=${text}]`
    default:
      return `[${text}]`
  }
}

/** `set` without the paths given as arrays of elements, with all below them. */
export function setOfPaths(...paths: readonly (readonly string[])[]): FieldSet {
  let set: FieldSet = leaf
  for (const path of paths) {
    let node: FieldSet = leaf
    for (const element of path.toReversed()) node = { [element]: node }
    set = union(set, node)
  }
  return set
}
