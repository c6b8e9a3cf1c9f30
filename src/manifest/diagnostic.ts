// What is wrong with a manifest, where, and which explanation goes with it.

/** error: kubectl or the API server refuses it. warning: it is accepted, but hardly meant. */
export type Severity = 'error' | 'warning'

export interface Diagnostic {
  readonly severity: Severity
  /** Key of the explanation in i18n/diagnostics.*.ts. */
  readonly code: DiagnosticCode
  /** What the explanation's places (`{name}`) are filled with. */
  readonly params: Readonly<Record<string, string | number>>
  /** The field, as the API server writes it; '' for the whole document. */
  readonly path: string
  /** From 1; the end is exclusive. Columns count UTF-16 units. */
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
  /** kubectl's or the API server's own words, without the names of file and object around them. */
  readonly message: string
}

export const diagnosticCodes = [
  // the text
  'yaml-indentation',
  'yaml-missing-colon',
  'yaml-colon-in-value',
  'yaml-dash',
  'yaml-tab',
  'yaml-quote',
  'yaml-flow',
  'yaml-first-character',
  'yaml-no-value',
  'yaml-block-header',
  'yaml-escape',
  'yaml-control',
  'yaml-anchor',
  'yaml-aliasing',
  'yaml-depth',
  'yaml-separator',
  'yaml-key',
  'yaml-other',
  'json-syntax',
  'full-width',
  'invisible',
  'duplicate-key',
  'too-long-to-check',
  // the object
  'not-an-object',
  'missing-api-version',
  'missing-kind',
  'type-not-text',
  'unknown-kind',
  'unknown-kind-case',
  'unknown-kind-near',
  'foreign-kind',
  'other-version',
  'duplicate-object',
  // fields
  'unknown-field',
  'unknown-field-case',
  'unknown-field-near',
  'unknown-field-elsewhere',
  'missing-space',
  'want-list',
  'want-object',
  'want-text',
  'want-number',
  'want-boolean',
  'unquote',
  'bad-quantity',
  'bad-time',
  'bad-base64',
  // values
  'required',
  'required-name',
  'selector-mismatch',
  'empty-selector',
  'not-supported',
  'not-supported-near',
  'toleration-comparison',
  'duplicate-value',
  'not-found',
  'volume-not-found',
  'forbidden',
  'too-long',
  'too-many',
  'negative',
  'port-range',
  'port-name',
  'dns-name',
  'label-key',
  'label-value',
  'requests-over-limits',
  'probe-handler',
  'restart-policy',
  'image-missing',
  'invalid',
  'server-warning',
  // objects among each other
  'service-selects-nothing',
  'service-port-nowhere',
] as const

export type DiagnosticCode = (typeof diagnosticCodes)[number]
