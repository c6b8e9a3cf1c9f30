// Values of named types, which mutating policies make: `Object.spec{replicas: 3}` is a map, `JSONPatch{…}` too.
// k8s.io/apiserver/pkg/cel/mutation.
import { typedValue } from '../rewrite.ts'
import { fail, type Library, Namespace } from './library.ts'

class JsonPatchNamespace extends Namespace {}

interface Optional {
  hasValue(): boolean
  value(): unknown
}

const jsonPatchFields = ['op', 'path', 'from', 'value']

export const typedValues: Library = environment => {
  environment
    .registerFunction(`${typedValue}(string, map): dyn`, (type: string, fields: Record<string, unknown>) => {
      const value: Record<string, unknown> = {}
      for (const [name, field] of Object.entries(fields)) {
        if (!name.startsWith('?')) value[name] = field
        else if ((field as Optional).hasValue()) value[name.slice(1)] = (field as Optional).value()
      }
      if (type === 'JSONPatch')
        for (const name of Object.keys(value))
          if (!jsonPatchFields.includes(name)) fail(`undefined field '${name}'`)
      return value
    })
    .registerType('JSONPatchNamespace', JsonPatchNamespace)
    .registerConstant('jsonpatch', 'JSONPatchNamespace', new JsonPatchNamespace())
    .registerFunction('JSONPatchNamespace.escapeKey(string): string', (_: Namespace, key: string) =>
      key.replaceAll('~', '~0').replaceAll('/', '~1'),
    )
}
