// The explanation of a diagnostic in a reader's language.
import { diagnosticsEn } from './diagnostics.en.ts'
import { diagnosticsZh } from './diagnostics.zh.ts'
import { fill, type Language } from './strings.ts'

const explanations = { zh: diagnosticsZh, en: diagnosticsEn }

export interface Explainable {
  readonly code: keyof typeof diagnosticsEn
  readonly params: Readonly<Record<string, string | number>>
}

export const explain = ({ code, params }: Explainable, language: Language): string =>
  fill(explanations[language][code], params)
