// Shapes of the two big texts that are parts (loaders.ts).

/** Output of `--help` by command: `kubectl create deployment`. */
export type HelpTexts = Readonly<Record<string, string>>

/** Descriptions by schema name: of the type, and of its fields. */
export interface FieldDescriptions {
  type(schema: string): string
  field(schema: string, field: string): string
  /** The OpenAPI schemas of types that the tables leave out, by name. */
  readonly schemas: Readonly<Record<string, object>>
}
