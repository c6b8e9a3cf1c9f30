// apimachinery util/intstr: `25%` of a total, or a plain number.

export function scaledValue(value: number | string, total: number, roundUp: boolean): number {
  if (typeof value === 'number') return value
  const percent = Number(value.slice(0, -1)) * total
  return roundUp ? Math.ceil(percent / 100) : Math.floor(percent / 100)
}
