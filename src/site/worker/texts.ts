// The big texts of kubectl, loaded when a command first needs them: help, and the descriptions of fields for `explain`.
import type { Connection } from '../../kubectl/connection.ts'
import type { FieldDescriptions, HelpTexts } from '../../kubectl/texts.ts'

let descriptions: FieldDescriptions | undefined
let help: HelpTexts | undefined
let loading: Promise<void> | undefined

export const texts: Pick<Connection, 'help' | 'descriptions'> = {
  help: () => help,
  descriptions: () => descriptions,
}

/** Whether a command line may ask for them. Commands wait for them, so that what they print never depends on loading. */
export const needsTexts = (text: string): boolean =>
  !descriptions &&
  /\b(?:kubectl|kk)\b/.test(text) &&
  /\b(?:explain|help|options)\b|\s-h\b|\b(?:kubectl|kk)(?: [a-z-]+)?(?: [a-z-]+)?\s*(?:$|[|;&2>])/m.test(text)

export function loadTexts(): Promise<void> {
  loading ??= Promise.all([
    import('../../kinds/schema/descriptions.ts'),
    import('../../kubectl/help-texts.ts'),
    import('../../kinds/schema/further-schemas.ts'),
  ]).then(([fields, texts, further]) => {
    descriptions = {
      type: schema => fields.descriptions[schema]?.[0] ?? '',
      field: (schema, field) => fields.descriptions[schema]?.[1][field] ?? '',
      schemas: further.furtherSchemas,
    }
    help = texts.helpTexts
  })
  return loading
}
