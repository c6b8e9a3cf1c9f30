// Gt needs a feature gate that is off: the server says what it takes instead, and the explanation says why.
import { expect } from 'vitest'
import { explain } from '../../src/i18n/diagnostics.ts'
import { diagnose } from '../../src/manifest/diagnose.ts'
import type { Report } from '../reports.test.ts'

export default ({ world, file, text }: Report) => {
  const refusal = 'spec.tolerations[0].operator: Unsupported value: "Gt": supported values: "Equal", "Exists"'
  expect(world.run(`kubectl apply -f ${file}`).stderr).toBe(`The Pod "nt" is invalid: ${refusal}\n`)
  const found = diagnose(text)
  expect(found.map(({ message }) => message)).toEqual([refusal])
  for (const language of ['zh', 'en'] as const) {
    expect(explain(found[0]!, language)).toContain('TaintTolerationComparisonOperators')
    expect(explain(found[0]!, language)).not.toMatch(/Gt.*[:：] ?Equal, Exists, Lt, Gt/)
  }
}
