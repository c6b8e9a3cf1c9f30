// A number's text in YAML, as go-yaml writes it.

/** Integers as they are; else strconv.FormatFloat(v, 'g', -1, 64). */
export function numberText(value: number): string {
  if (Number.isNaN(value)) return '.nan'
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf'
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 64) return String(BigInt(value))
  const [, power] = value.toExponential().split('e')
  if (Number(power) >= -4 && Number(power) < 6) return String(value)
  return value.toExponential().replace(/e([-+])(\d)$/, 'e$10$2')
}
