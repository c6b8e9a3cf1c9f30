// LimitRange: pkg/apis/core, pkg/registry/core/limitrange.
import { duplicate, type FieldError, forbidden, invalid, required } from './machinery/field-error.ts'
import { invalidEach } from './machinery/meta-validation.ts'
import { isQualifiedName } from './machinery/names.ts'
import { defineKind } from './machinery/plain-kind.ts'
import { compareQuantities, parseQuantity } from './machinery/quantity.ts'
import { roundUp } from './pod-spec/defaults.ts'
import { mayOvercommit, validateContainerResourceName, validateResourceName } from './pod-spec/resources.ts'
import type { LimitRange, LimitRangeItem, ResourceList } from './schema/types.ts'

const types = ['Pod', 'Container', 'PersistentVolumeClaim']
const lists = ['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio'] as const

/** SetDefaults_LimitRangeItem: limits default to the maximum, requests to the limit or else to the minimum. */
function setDefaults(item: LimitRangeItem): void {
  for (const name of lists) roundUp(item[name])
  if (item.type !== 'Container') return
  const limits = { ...item.max, ...item.default }
  const put = (name: 'default' | 'defaultRequest', list: ResourceList) => {
    const names = Object.keys(list).sort()
    if (names.length) item[name] = Object.fromEntries(names.map(key => [key, list[key]!]))
  }
  put('defaultRequest', { ...item.min, ...limits, ...item.defaultRequest })
  put('default', limits)
}

function validateType(type: string, field: string): FieldError[] {
  const errors = invalidEach(field, type, isQualifiedName(type))
  if (!errors.length && !type.includes('/') && !types.includes(type))
    errors.push(invalid(field, type, 'must be a standard limit type or fully qualified'))
  return errors
}

/** What the values of one resource must keep among each other; the value shown is not always the one at fault. */
function validateResource(item: LimitRangeItem, name: string, field: string): FieldError[] {
  const {
    min,
    max,
    default: limit,
    defaultRequest: request,
    maxLimitRequestRatio: ratio,
  } = Object.fromEntries(lists.map(list => [list, item[list]?.[name]])) as Partial<
    Record<(typeof lists)[number], string>
  >
  const errors: FieldError[] = []
  const at = (list: string) => `${field}.${list}[${name}]`
  /** [smaller, its name, greater, its name, list at fault, value shown] */
  const orders: [string | undefined, string, string | undefined, string, string, string | undefined][] = [
    [min, 'min value', max, 'max value', 'min', min],
    [min, 'min value', request, 'default request value', 'defaultRequest', request],
    [request, 'default request value', max, 'max value', 'defaultRequest', request],
    [request, 'default request value', limit, 'default limit value', 'defaultRequest', request],
    [min, 'min value', limit, 'default value', 'default', min],
    [limit, 'default value', max, 'max value', 'default', max],
  ]
  for (const [less, lessName, more, moreName, list, shown] of orders)
    if (less !== undefined && more !== undefined && compareQuantities(less, more) > 0)
      errors.push(invalid(at(list), shown, `${lessName} ${less} is greater than ${moreName} ${more}`))
  if (ratio !== undefined) {
    const bad = (detail: string) => errors.push(invalid(at('maxLimitRequestRatio'), ratio, detail))
    if (compareQuantities(ratio, '1') < 0) bad(`ratio ${ratio} is less than 1`)
    if (min !== undefined && max !== undefined) {
      const number = (text: string) => Number(parseQuantity(text).nano) / 1e9
      const limitOfRatio = number(max) / number(min)
      if (number(ratio) > limitOfRatio)
        bad(`ratio ${ratio} is greater than max/min = ${limitOfRatio.toFixed(6)}`)
    }
  }
  if (
    !mayOvercommit(name) &&
    limit !== undefined &&
    request !== undefined &&
    compareQuantities(limit, request) !== 0
  )
    errors.push(
      invalid(
        at('defaultRequest'),
        request,
        `default value ${limit} must equal to defaultRequest value ${request} in ${name}`,
      ),
    )
  return errors
}

function validate({ spec }: LimitRange): FieldError[] {
  const seen = new Set<string>()
  return (spec.limits ?? []).flatMap((item, i) => {
    const { type } = item
    const at = `spec.limits[${i}]`
    const errors = validateType(type, `${at}.type`)
    if (seen.has(type)) errors.push(duplicate(`${at}.type`, type))
    seen.add(type)
    const nameRule =
      type === 'Pod' || type === 'Container' ? validateContainerResourceName : validateResourceName
    const names = new Set<string>()
    for (const list of lists) {
      const keys = Object.keys(item[list] ?? {})
      if (type === 'Pod' && list.startsWith('default')) {
        if (keys.length) errors.push(forbidden(`${at}.${list}`, "may not be specified when `type` is 'Pod'"))
        continue
      }
      if (
        list === 'maxLimitRequestRatio' &&
        type === 'PersistentVolumeClaim' &&
        !item.min?.storage &&
        !item.max?.storage
      )
        errors.push(
          required(
            `${at}.limits`,
            'either minimum or maximum storage value is required, but neither was provided',
          ),
        )
      for (const name of keys) {
        names.add(name)
        errors.push(...nameRule(name, `${at}.${list}[${name}]`))
      }
    }
    return [...errors, ...[...names].flatMap(name => validateResource(item, name, at))]
  })
}

export const limitRange = defineKind<LimitRange>('limitranges.v1', {
  defaults({ spec }) {
    for (const item of spec.limits ?? []) setDefaults(item)
  },
  validate,
  validateUpdate: validate,
})
