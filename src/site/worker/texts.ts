// The big texts of kubectl, loaded when a command first needs them: help, and the descriptions of fields for `explain`.
import type { Connection } from '../../kubectl/kubectl.ts'
import type { FieldDescriptions } from '../../kubectl/texts.ts'

let descriptions: FieldDescriptions | undefined
let loading: Promise<void> | undefined

export const texts: Pick<Connection, 'help' | 'descriptions'> = {
  descriptions: () => descriptions,
}

/** Whether a command line may ask for them. Commands wait for them, so that what they print never depends on loading. */
export const needsTexts = (text: string): boolean => !descriptions && /\bexplain\b|\bhelp\b|\s-h\b/.test(text)

export function loadTexts(): Promise<void> {
  loading ??= import('../../kinds/schema/descriptions.ts').then(module => {
    descriptions = {
      type: schema => module.descriptions[schema]?.[0] ?? '',
      field: (schema, field) => module.descriptions[schema]?.[1][field] ?? '',
    }
  })
  return loading
}
