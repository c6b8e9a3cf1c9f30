// Quantities: k8s.io/apiserver/pkg/cel/library/quantity.go.
import {
  addQuantities,
  formatQuantity,
  parseQuantity,
  type QuantityValue,
  subtractQuantities,
  tryParseQuantity,
} from '../../machinery/quantity.ts'
import { fail, type Library } from './library.ts'

const billion = 1_000_000_000n

class Quantity {
  readonly value: QuantityValue
  constructor(value: QuantityValue) {
    this.value = value
  }
  toString(): string {
    return formatQuantity(this.value)
  }
}

const ofInt = (n: bigint): QuantityValue => parseQuantity(String(n))

export const quantity: Library = environment => {
  environment.registerType('kubernetes.Quantity', Quantity)
  const method = (signature: string, handler: (...args: never[]) => unknown) =>
    environment.registerFunction(`kubernetes.Quantity.${signature}`, handler)
  const sign = ({ value }: Quantity): bigint => (value.nano > 0n ? 1n : value.nano < 0n ? -1n : 0n)
  const compare = (a: Quantity, b: Quantity): bigint =>
    a.value.nano > b.value.nano ? 1n : a.value.nano < b.value.nano ? -1n : 0n

  environment
    .registerFunction(
      'isQuantity(string): bool',
      (text: string) => typeof tryParseQuantity(text) !== 'string',
    )
    .registerFunction('quantity(string): kubernetes.Quantity', (text: string) => {
      const value = tryParseQuantity(text)
      return typeof value === 'string' ? fail(value) : new Quantity(value)
    })
    .registerOperator(
      'kubernetes.Quantity == kubernetes.Quantity',
      (a: Quantity, b: Quantity) => compare(a, b) === 0n,
    )
  method('sign(): int', sign)
  method('isInteger(): bool', (q: Quantity) => q.value.nano % billion === 0n)
  method('asInteger(): int', (q: Quantity) =>
    q.value.nano % billion === 0n ? q.value.nano / billion : fail('cannot convert value to integer'),
  )
  method('asApproximateFloat(): double', (q: Quantity) => Number(q.value.nano) / 1e9)
  method('compareTo(kubernetes.Quantity): int', compare)
  method('isGreaterThan(kubernetes.Quantity): bool', (a: Quantity, b: Quantity) => compare(a, b) > 0n)
  method('isLessThan(kubernetes.Quantity): bool', (a: Quantity, b: Quantity) => compare(a, b) < 0n)
  for (const [name, combine] of [
    ['add', addQuantities],
    ['sub', subtractQuantities],
  ] as const) {
    method(
      `${name}(kubernetes.Quantity): kubernetes.Quantity`,
      (a: Quantity, b: Quantity) => new Quantity(combine(a.value, b.value)),
    )
    method(
      `${name}(int): kubernetes.Quantity`,
      (a: Quantity, b: bigint) => new Quantity(combine(a.value, ofInt(b))),
    )
  }
}
