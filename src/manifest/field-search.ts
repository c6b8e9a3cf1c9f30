// Where in a kind's type a field of some name lives: for the reader who wrote it one level too high or too low.
import { type StructType, structType, type ValueType } from '../kinds/schema.ts'

/** The place nearest to the top that has the field, written as a path (`spec.template.spec.containers[]`). */
export function findField(schema: string, name: string): string | undefined {
  const root = structType(schema)
  if (!root) return undefined
  const seen = new Set<StructType>([root])
  let level: [StructType, string][] = [[root, '']]
  for (let depth = 0; depth < 6 && level.length; depth++) {
    const next: [StructType, string][] = []
    for (const [struct, path] of level) {
      if (path !== 'status' && struct.field(name)) return path
      for (const field of struct.fields) {
        if (!path && (field.name === 'status' || field.name === 'metadata')) continue
        const [inner, suffix] = element(field.type)
        if (!inner || seen.has(inner)) continue
        seen.add(inner)
        next.push([inner, `${path && `${path}.`}${field.name}${suffix}`])
      }
    }
    level = next
  }
  return undefined
}

function element(type: ValueType): [StructType | undefined, string] {
  if (type.form === 'list') return [element(type.items)[0], '[]']
  return [type.form === 'struct' ? type : undefined, '']
}
