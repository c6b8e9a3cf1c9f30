// Sums of resource lists, for the pod-level figures of a status and for admission to a node.

const factors: Record<string, number> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
}

export function quantityValue(text: string | number): number {
  const m = /^([+-]?[\d.]+(?:[eE][+-]?\d+)?)([num]|[kMGTPE]i?|Ki)?$/.exec(String(text))
  return m ? Number(m[1]) * factors[m[2] ?? '']! : Number.NaN
}

/** Canonical form: CPUs in whole or thousandths, bytes in the largest binary unit that leaves no rest. */
function formatQuantity(name: string, value: number): string {
  if (name === 'cpu') return Number.isInteger(value) ? String(value) : `${Math.round(value * 1000)}m`
  for (const unit of ['Ei', 'Pi', 'Ti', 'Gi', 'Mi', 'Ki'])
    if (value && value % factors[unit]! === 0) return `${value / factors[unit]!}${unit}`
  return String(value)
}

type ResourceList = Readonly<Record<string, string>>

/** The sum, or undefined where there is nothing to add; a single amount keeps its spelling. */
export function addResources(
  lists: readonly (ResourceList | undefined)[],
): Record<string, string> | undefined {
  const given = lists.filter(list => list && Object.keys(list).length > 0) as ResourceList[]
  if (given.length <= 1) return given[0]
  const sum: Record<string, string> = {}
  for (const list of given)
    for (const [name, amount] of Object.entries(list))
      sum[name] =
        sum[name] === undefined
          ? amount
          : formatQuantity(name, quantityValue(sum[name]) + quantityValue(amount))
  return sum
}
