// kubectl's big texts, for worlds that run in Node: there they are simply imported.
import { descriptions } from '../../src/kinds/schema/descriptions.ts'
import { furtherSchemas } from '../../src/kinds/schema/further-schemas.ts'
import type { Connection } from '../../src/kubectl/connection.ts'
import { helpTexts } from '../../src/kubectl/help-texts.ts'

export const texts: Pick<Connection, 'help' | 'descriptions'> = {
  help: () => helpTexts,
  descriptions: () => ({
    type: schema => descriptions[schema]?.[0] ?? '',
    field: (schema, field) => descriptions[schema]?.[1][field] ?? '',
    schemas: furtherSchemas,
  }),
}
