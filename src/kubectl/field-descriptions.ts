// The descriptions of fields, and the schemas of types that the tables leave out: what `kubectl explain` prints.
import { descriptions } from '../kinds/schema/descriptions.ts'
import { furtherSchemas } from '../kinds/schema/further-schemas.ts'
import type { FieldDescriptions } from './texts.ts'

export const fieldDescriptions: FieldDescriptions = {
  type: schema => descriptions[schema]?.[0] ?? '',
  field: (schema, field) => descriptions[schema]?.[1][field] ?? '',
  schemas: furtherSchemas,
}
