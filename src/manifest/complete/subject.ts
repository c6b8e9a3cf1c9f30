// Which object of the API a place belongs to, and of what type the field there is.
import type { FieldType, StructType, ValueType } from '../../kinds/schema.ts'
import type { Known } from './known.ts'
import { child, type Node, type Path, valueIn } from './node.ts'

/** A field on the way to a place: its type, and the struct that has it. */
export interface Step {
  readonly owner: StructType
  readonly field: FieldType
}

export interface Subject {
  readonly node: Node
  /** As far as it is written. */
  readonly object: unknown
  /** From the object on. */
  readonly path: Path
  /** Undefined where its kind is not known. */
  readonly root: StructType | undefined
  /** Of the place; undefined where the path leads nowhere. */
  readonly type: ValueType | undefined
  /** From the outermost; items of lists and keys of maps are none. */
  readonly steps: readonly Step[]
}

const text = (node: Node | undefined): string =>
  node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : ''

/** The object around a place; an item of a List is one of its own. */
export function subjectAt(document: Node, whole: Path, known: Known): Subject {
  let [node, path] = [document, whole]
  if (text(child(node, 'kind')) === 'List' && path[0] === 'items' && typeof path[1] === 'number') {
    node = child(child(node, 'items'), path[1])!
    path = path.slice(2)
  }
  const root = rootType(node, known)
  let type: ValueType | undefined = root
  const steps: Step[] = []
  for (const key of path) {
    if (type?.form === 'list') type = typeof key === 'number' ? type.items : undefined
    else if (type?.form === 'map') type = typeof key === 'string' ? type.values : undefined
    else {
      const field: FieldType | undefined = type?.form === 'struct' ? type.field(String(key)) : undefined
      if (field) steps.push({ owner: type as StructType, field })
      type = field?.type
    }
    if (!type) break
  }
  return { node, object: valueIn(node), path, root, type, steps }
}

/** By apiVersion and kind; by the kind alone where the other is not there yet. */
function rootType(node: Node, known: Known): StructType | undefined {
  const kind = text(child(node, 'kind'))
  const apiVersion =
    text(child(node, 'apiVersion')) || known.pairs.find(each => each.kind === kind)?.apiVersion
  return apiVersion ? known.type(apiVersion, kind) : undefined
}
