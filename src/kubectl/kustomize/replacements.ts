// The replacement transformer: a value of one resource is copied into fields of others (kustomize
// api/filters/replacement); and variables, its predecessor.
import { CommandError } from '../errors.ts'
import { isObject, listOf } from '../print/values.ts'
import type { FieldOptions, Replacement, Source, Variable } from './kustomization.ts'
import { type Selector, select } from './patches.ts'
import { gvkText, idOf, type Res } from './resource.ts'

export function replace(list: readonly Res[], { source, sourceValue, targets }: Replacement): void {
  if ((!source && sourceValue === undefined) || !targets)
    throw new CommandError('replacements must specify a source and at least one target')
  const value = sourceValue ?? sourceValueOf(list, source ?? {})
  for (const { select: wanted = {}, reject = [], fieldPaths, options = {} } of targets) {
    const rejected = new Set(reject.flatMap(selector => select(list, selector)))
    for (const res of select(list, wanted))
      if (!rejected.has(res))
        for (const path of fieldPaths ?? ['metadata.name']) write(res, path, value, options)
  }
}

const selectorText = ({ group = '', version = '', kind = '', name, namespace }: Selector): string =>
  `${gvkText({ group, version, kind })}/${name || '[noName]'}.${namespace || '[noNs]'}`

function sourceOf(list: readonly Res[], source: Source): Res {
  const found = select(list, source)
  if (found.length === 1) return found[0]!
  throw new CommandError(
    `${found.length ? 'multiple matches for selector' : 'nothing selected by'} ${selectorText(source)}`,
  )
}

function sourceValueOf(list: readonly Res[], source: Source): unknown {
  const { fieldPath = 'metadata.name', options } = source
  const res = sourceOf(list, source)
  const value = splitPath(fieldPath).reduce<unknown>((at, step) => children(at, step)[0]?.value, res.object)
  if (value === undefined)
    throw new CommandError(
      `fieldPath \`${fieldPath}\` is missing for replacement source ${selectorText(source)}`,
    )
  if (!options?.delimiter) return value
  const parts = String(value).split(options.delimiter)
  const part = parts[options.index ?? 0]
  if (part === undefined)
    throw new CommandError(`options.index ${options.index} is out of bounds for value ${value}`)
  return part
}

/** `a.b.[name=x].c`; a dot within brackets or behind a backslash is none. */
const splitPath = (path: string): string[] =>
  (path.match(/(?:\\.|\[[^\]]*\]|[^.\\[])+/g) ?? []).map(step => step.replace(/\\(.)/g, '$1'))

interface Place {
  /** A list or an object; undefined at the root, which nothing is written to. */
  readonly parent: unknown
  readonly key: string | number
  readonly value: unknown
}

function children(parent: unknown, step: string): Place[] {
  const element = /^\[(.*)\]$/.exec(step)
  if (Array.isArray(parent)) {
    const all = parent.map((value, key) => ({ parent, key, value }))
    if (step === '*') return all
    if (step === '-') return [{ parent, key: parent.length, value: undefined }]
    if (/^\d+$/.test(step)) return all.slice(Number(step), Number(step) + 1)
    const m = element && /^([^=]+)=(.*)$/.exec(element[1]!)
    return m ? all.filter(({ value }) => isObject(value) && String(value[m[1]!]) === m[2]) : []
  }
  if (!isObject(parent)) return []
  if (step === '*') return Object.keys(parent).map(key => ({ parent, key, value: parent[key] }))
  return parent[step] === undefined ? [] : [{ parent, key: step, value: parent[step] }]
}

function write({ object }: Res, path: string, value: unknown, options: FieldOptions): void {
  const missing = (why = '') =>
    new CommandError(`unable to find field ${JSON.stringify(path)} in replacement target${why}`)
  const steps = splitPath(path)
  if (steps.some(step => /^\[[^=]*\]$/.test(step)))
    throw missing(': list path element must contain fieldName=fieldValue for element to match')
  let places: Place[] = [{ parent: undefined, key: '', value: object }]
  for (const [i, step] of steps.entries()) {
    const last = i === steps.length - 1
    places = places.flatMap(({ value: parent }) => {
      const found = children(parent, step)
      if (found.length || !options.create || !isObject(parent) || step === '*') return found
      if (!last) parent[step] = {}
      return [{ parent, key: step, value: parent[step] }]
    })
  }
  if (!places.length) throw missing()
  for (const { parent, key, value: old } of places)
    (parent as Record<string | number, unknown>)[key] = spliced(old, value, options)
}

/** With a delimiter only one part of the text is written; an index outside adds at that end. */
function spliced(old: unknown, value: unknown, { delimiter, index = 0 }: FieldOptions): unknown {
  if (!delimiter) return typeof old === 'string' && typeof value !== 'object' ? String(value) : value
  const parts = String(old ?? '').split(delimiter)
  if (index < 0) parts.unshift(String(value))
  else if (index >= parts.length) parts.push(String(value))
  else parts[index] = String(value)
  return parts.join(delimiter)
}

/** `$(NAME)` in commands, arguments and environment variables. */
export function resolveVariables(list: readonly Res[], variables: readonly Variable[]): void {
  const values = new Map<string, unknown>()
  for (const { name = '', objref, fieldref } of variables) {
    const found = list.find(res => {
      const id = res.previous[0] ?? idOf(res)
      return id.kind === objref?.kind && id.name === objref.name
    })
    if (!found) throw new CommandError(`unable to find object for variable ${name}`)
    const path = (fieldref?.fieldPath ?? fieldref?.fieldpath ?? 'metadata.name').replace(/\[(\d+)\]/g, '.$1')
    values.set(
      name,
      splitPath(path).reduce<unknown>((at, step) => children(at, step)[0]?.value, found.object),
    )
  }
  if (!values.size) return
  const expand = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(expand)
    if (typeof value !== 'string') return value
    const whole = /^\$\(([^)]+)\)$/.exec(value)
    if (whole && values.has(whole[1]!)) return values.get(whole[1]!)
    return value.replace(/\$\(([^)]+)\)/g, (text, name) =>
      values.has(name) ? String(values.get(name)) : text,
    )
  }
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item)
    if (!isObject(value)) return
    for (const key of Object.keys(value))
      if ((key === 'containers' || key === 'initContainers') && Array.isArray(value[key]))
        for (const container of listOf(value, key)) {
          for (const field of ['command', 'args'])
            if (container[field]) container[field] = expand(container[field])
          for (const variable of listOf(container, 'env'))
            if (variable.value !== undefined) variable.value = expand(variable.value)
        }
      else visit(value[key])
  }
  for (const { object } of list) visit(object)
}
