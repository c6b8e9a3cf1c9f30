// Numbers that may be percentages: ValidatePositiveIntOrPercent and its like, and util/intstr.
import { type FieldError, invalid } from './field-error.ts'
import { invalidEach, validateNonnegative } from './meta-validation.ts'
import { isPercent } from './names.ts'

type IntOrString = number | string

export const validatePositiveIntOrPercent = (value: IntOrString, field: string): FieldError[] =>
  typeof value === 'string' ? invalidEach(field, value, isPercent(value)) : validateNonnegative(value, field)

/** The number, or that of the percentage; a text that is neither counts as 0. */
export function intOrPercentValue(value: IntOrString | undefined): number {
  if (typeof value !== 'string') return value ?? 0
  const match = /^(?:(\d+)%|([+-]?\d+))$/.exec(value)
  return Number(match?.[1] ?? match?.[2] ?? 0)
}

export const validateNotMoreThan100Percent = (value: IntOrString, field: string): FieldError[] =>
  typeof value === 'string' && !isPercent(value).length && intOrPercentValue(value) > 100
    ? [invalid(field, value, 'must not be greater than 100%')]
    : []

/** GetScaledValueFromIntOrPercent: a percentage of `total`, rounded up or down. */
export function scaledValue(value: IntOrString | undefined, total: number, roundUp: boolean): number {
  if (typeof value !== 'string') return value ?? 0
  const share = (intOrPercentValue(value) * total) / 100
  return roundUp ? Math.ceil(share) : Math.floor(share)
}
