// A number's text in YAML, as go-yaml writes it.

/** Integers as they are; else strconv.FormatFloat(v, 'g', -1, 64). */
export function numberText(value: number): string {
  if (Number.isNaN(value)) return '.nan'
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf'
  if (Number.isInteger(value) && Math.abs(value) < 1e21)
    return Math.abs(value) < 2 ** 63 ? String(BigInt(value)) : exponent(value)
  const magnitude = Math.floor(Math.log10(Math.abs(value)))
  return magnitude < -4 || magnitude >= 21 ? exponent(value) : shortFloat(value)
}

function shortFloat(value: number): string {
  const [digits, power] = value.toExponential().split('e') as [string, string]
  // %e is used where the exponent is below -4 or reaches 6, or the number of digits if that is more
  const precision = Math.max(6, digits.replace(/[-.]/g, '').length)
  return Number(power) < -4 || Number(power) >= precision ? exponent(value) : String(value)
}

const exponent = (value: number): string => value.toExponential().replace(/e([-+])(\d)$/, 'e$10$2')
