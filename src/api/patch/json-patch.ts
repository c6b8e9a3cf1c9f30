// JSON patch, RFC 6902, as github.com/evanphx/json-patch applies it (the server's settings: negative indices allowed,
// paths not made, a missing path is an error). What went wrong does not reach the client: the server answers 422 with
// one general message. Objects that it went through have their keys sorted, as Go writes maps.
import { badRequest, failure } from '../errors.ts'
import { equalJson, isObject, set, sortedKeys } from '../json.ts'

interface Operation {
  readonly op?: unknown
  readonly path?: unknown
  readonly from?: unknown
  readonly value?: unknown
}

/** errors.NewGenericServerResponse of 422: what went wrong is not said. */
function failed(): never {
  throw failure(422, 'Invalid', 'the server rejected our request due to an error in our request', {})
}

/** The document after the patch; parts that are not touched are shared. */
export function jsonPatch(document: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch))
    throw badRequest('json: cannot unmarshal object into Go value of type jsonpatch.Patch')
  let result = document
  for (const operation of patch) {
    if (!isObject(operation))
      throw badRequest('json: cannot unmarshal into Go value of type jsonpatch.Operation')
    result = apply(result, operation)
  }
  return result
}

function apply(document: unknown, { op, path, from, value }: Operation): unknown {
  if (typeof path !== 'string') return failed()
  const target = pointer(path)
  switch (op) {
    case 'add':
      return value === undefined ? failed() : change(document, target, 'add', value)
    case 'replace':
      return value === undefined ? failed() : change(document, target, 'replace', value)
    case 'remove':
      return change(document, target, 'remove', undefined)
    case 'test':
      return equalJson(find(document, target, true) ?? null, value ?? null) ? document : failed()
    case 'move':
    case 'copy': {
      if (typeof from !== 'string') return failed()
      const source = pointer(from)
      const moved = find(document, source, false)
      return change(
        op === 'move' ? change(document, source, 'remove', undefined) : document,
        target,
        'add',
        moved,
      )
    }
    default:
      return failed()
  }
}

function pointer(path: string): string[] {
  if (path === '') return []
  if (!path.startsWith('/')) return failed()
  return path
    .slice(1)
    .split('/')
    .map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function find(document: unknown, path: readonly string[], missing: boolean): unknown {
  let value = document
  for (const [depth, part] of path.entries()) {
    const last = depth === path.length - 1
    if (Array.isArray(value)) value = value[itemIndex(value, part, false)]
    else if (isObject(value)) {
      if (!Object.hasOwn(value, part)) return last && missing ? undefined : failed()
      value = value[part]
    } else return failed()
  }
  return value
}

function itemIndex(list: readonly unknown[], part: string, adding: boolean): number {
  if (adding && part === '-') return list.length
  if (!/^-?\d+$/.test(part)) return failed()
  const index = Number(part)
  const size = adding ? list.length + 1 : list.length
  if (index >= size || index < -size) return failed()
  return index < 0 ? index + size : index
}

function change(
  document: unknown,
  path: readonly string[],
  how: 'add' | 'replace' | 'remove',
  value: unknown,
): unknown {
  const [part, ...rest] = path
  if (part === undefined) return how === 'remove' ? failed() : value
  if (Array.isArray(document)) {
    const copy = [...document]
    const index = itemIndex(document, part, rest.length === 0 && how === 'add')
    if (rest.length > 0) copy[index] = change(copy[index], rest, how, value)
    else if (how === 'remove') copy.splice(index, 1)
    else if (how === 'add') copy.splice(index, 0, value)
    else copy[index] = value
    return copy
  }
  if (!isObject(document)) return failed()
  const copy = { ...document }
  const exists = Object.hasOwn(document, part)
  // Replacing what is not there adds it, as the library does for objects.
  if (!exists && (rest.length > 0 || how === 'remove')) return failed()
  if (rest.length > 0) set(copy, part, change(document[part], rest, how, value))
  else if (how === 'remove') delete copy[part]
  else set(copy, part, value)
  return sortedKeys(copy)
}
