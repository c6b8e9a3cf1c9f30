// One type of the schema in the table of fields (../field-effects.ts).
export interface TypeEffects {
  /** Fields by the file that heeds them. */
  readonly [file: string]: string | Readonly<Record<string, string>> | undefined
  /** Why fields have no effect, by those fields; `*`: all of the type. */
  readonly without?: Readonly<Record<string, string>>
}
