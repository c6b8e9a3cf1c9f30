// Sums of resource lists, for the pod-level figures of a status and for admission to a node.
import type { ContainerSpec } from '../containers/types.ts'
import { approximateQuantity, quantityFactors } from '../kinds/machinery/quantity.ts'

export const quantityValue = (text: string | number): number =>
  approximateQuantity(String(text)) ?? Number.NaN

/** Canonical form: CPUs in whole or thousandths, bytes in the largest binary unit that leaves no rest. */
function formatQuantity(name: string, value: number): string {
  if (name === 'cpu') return Number.isInteger(value) ? String(value) : `${Math.round(value * 1000)}m`
  for (const unit of ['Ei', 'Pi', 'Ti', 'Gi', 'Mi', 'Ki'])
    if (value && value % quantityFactors[unit]! === 0) return `${value / quantityFactors[unit]!}${unit}`
  return String(value)
}

/** Bytes that containers may hold together; undefined where one of them has no limit. */
export function memoryLimitOf(containers: readonly ContainerSpec[]): number | undefined {
  let sum = 0
  for (const { resources } of containers) {
    const limit = resources?.limits?.memory
    if (limit === undefined) return undefined
    sum += quantityValue(limit)
  }
  return sum
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
