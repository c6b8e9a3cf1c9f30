// An object as lines of YAML, in the form that `kubectl get -o yaml` prints, each with the path that it stands for.
import type { KubeObject } from '../../kinds/object.ts'
import { stringifyYaml } from '../../yaml/stringify.ts'

/** Names of fields and places in lists, from the object on. */
export type Path = readonly (string | number)[]

export interface YamlLine {
  readonly text: string
  readonly path: Path
  /** It has a value of its own, and is not only the head of what stands below it. */
  readonly isLeaf: boolean
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isEmpty = (value: object): boolean => Object.keys(value).length === 0

/** Without what only the storage counts: it would be a change in every write. */
export function linesOf(object: KubeObject): YamlLine[] {
  const { managedFields, resourceVersion, ...metadata } = object.metadata
  return mapping({ ...object, metadata }, '', [])
}

function mapping(value: Record<string, unknown>, indent: string, path: Path): YamlLine[] {
  return Object.keys(value)
    .filter(key => value[key] !== undefined)
    .sort()
    .flatMap(key => entry(key, value[key], indent, [...path, key]))
}

function entry(key: string, value: unknown, indent: string, path: Path): YamlLine[] {
  const isHead = typeof value === 'object' && value !== null && !isEmpty(value)
  if (!isHead) return text({ [key]: value }, indent, path)
  const head = {
    text: `${indent}${stringifyYaml({ [key]: null }).replace(/ null\n$/, '')}`,
    path,
    isLeaf: false,
  }
  return [
    head,
    ...(isObject(value) ? mapping(value, `${indent}  `, path) : sequence(value as unknown[], indent, path)),
  ]
}

function sequence(items: readonly unknown[], indent: string, path: Path): YamlLine[] {
  return items.flatMap((item, index) => {
    const own = [...path, index]
    if (isObject(item) && !isEmpty(item)) {
      const [first, ...rest] = mapping(item, `${indent}  `, own)
      return [{ ...first!, text: `${indent}- ${first!.text.slice(indent.length + 2)}` }, ...rest]
    }
    return text([item], indent, own)
  })
}

const text = (value: unknown, indent: string, path: Path): YamlLine[] =>
  stringifyYaml(value)
    .trimEnd()
    .split('\n')
    .map(line => ({ text: line && indent + line, path, isLeaf: true }))
