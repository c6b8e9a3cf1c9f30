// LimitRanger: defaults and bounds of what containers, pods and claims ask for.
// plugin/pkg/admission/limitranger/admission.go. Left out: resources of a pod as a whole.
import { ownValue } from '../../engine/dictionary.ts'
import {
  addQuantities,
  compareQuantities,
  formatQuantity,
  parseQuantity,
} from '../../kinds/machinery/quantity.ts'
import type { LimitRange, LimitRangeItem, Pod, PodSpec } from '../../kinds/schema/types.ts'
import { type Admission, isAbout, type Review, refuse } from './admission.ts'

type Quantities = Record<string, string>

function* limitsOf({ call, object }: Review): Generator<LimitRangeItem> {
  const { namespace } = object.metadata
  for (const stored of call.server.store.table('limitranges').list(namespace))
    yield* stored.object.spec.limits ?? []
}

const applies = ({ operation, subresource, call }: Review): boolean =>
  !subresource && (operation === 'CREATE' || (operation === 'UPDATE' && call.resource.table !== 'pods'))

export const limitRanger: Admission = {
  name: 'LimitRanger',
  resources: ['pods', 'persistentvolumeclaims'],
  admit(review) {
    if (!isAbout(review, 'pods') || review.operation !== 'CREATE' || review.subresource) return
    const { call, object } = review
    for (const stored of call.server.store.table('limitranges').list(object.metadata.namespace))
      setDefaults(stored.object, object)
  },
  validate(review) {
    if (!applies(review)) return
    const errors: string[] = []
    for (const limit of limitsOf(review)) {
      if (isAbout(review, 'pods')) {
        const { spec } = review.object
        if (limit.type === 'Container')
          for (const { resources } of [...(spec.containers ?? []), ...(spec.initContainers ?? [])])
            check(limit, resources?.requests ?? {}, resources?.limits ?? {}, errors)
        else if (limit.type === 'Pod') {
          const { requests, limits } = podResources(spec)
          check(limit, requests, limits, errors)
        }
      } else if (limit.type === 'PersistentVolumeClaim' && isAbout(review, 'persistentvolumeclaims')) {
        const requests: Quantities = review.object.spec.resources?.requests ?? {}
        for (const [name, min] of sorted(limit.min))
          tooSmall(limit.type, name, min, ownValue(requests, name), errors)
        for (const [name, max] of sorted(limit.max)) {
          const asked = ownValue(requests, name)
          if (asked === undefined || compareQuantities(asked, max) > 0)
            errors.push(tooLarge(limit.type, name, max, 'request', asked))
        }
      }
    }
    if (errors.length) throw refuse(review, errors.length === 1 ? errors[0]! : `[${errors.join(', ')}]`)
  },
}

const sorted = (quantities: Quantities | undefined) =>
  Object.entries(quantities ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))

/** defaultContainerResourceRequirements and mergeContainerResources, with the annotation that tells of it. */
function setDefaults(range: LimitRange, pod: Pod): void {
  const limits: Quantities = {}
  const requests: Quantities = {}
  for (const limit of range.spec.limits ?? []) {
    if (limit.type !== 'Container') continue
    Object.assign(requests, limit.defaultRequest)
    Object.assign(limits, limit.default)
  }
  const notes: string[] = []
  for (const [list, word] of [
    ['containers', 'container'],
    ['initContainers', 'init container'],
  ] as const)
    for (const container of pod.spec[list] ?? []) {
      const resources = (container.resources ??= {})
      const set: string[] = []
      for (const [what, defaults] of [
        ['limits', limits],
        ['requests', requests],
      ] as const) {
        const names = Object.keys(defaults)
          .filter(name => resources[what]?.[name] === undefined)
          .sort()
        if (!names.length) continue
        resources[what] = {
          ...resources[what],
          ...Object.fromEntries(names.map(name => [name, defaults[name]!])),
        }
        set.push(`${names.join(', ')} ${what.slice(0, -1)}`)
      }
      // Requests are told first.
      for (const text of set.reverse()) notes.push(`${text} for ${word} ${container.name}`)
    }
  if (notes.length)
    pod.metadata.annotations = {
      ...pod.metadata.annotations,
      'kubernetes.io/limit-ranger': `LimitRanger plugin set: ${notes.join('; ')}`,
    }
}

function check(limit: LimitRangeItem, requests: Quantities, limits: Quantities, errors: string[]): void {
  const { type } = limit
  for (const [name, min] of sorted(limit.min))
    tooSmall(type, name, min, ownValue(requests, name), errors, ownValue(limits, name))
  for (const [name, max] of sorted(limit.max)) {
    const asked = ownValue(requests, name)
    const bound = ownValue(limits, name)
    if (bound === undefined) errors.push(tooLarge(type, name, max, 'limit', undefined))
    else if (compareQuantities(bound, max) > 0) errors.push(tooLarge(type, name, max, 'limit', bound))
    else if (asked !== undefined && compareQuantities(asked, max) > 0)
      errors.push(tooLarge(type, name, max, 'request', asked))
  }
  for (const [name, ratio] of sorted(limit.maxLimitRequestRatio)) {
    const asked = ownValue(requests, name)
    const bound = ownValue(limits, name)
    const head = `${name} max limit to request ratio per ${type} is ${ratio}, but `
    if (asked === undefined || parseQuantity(asked).nano === 0n)
      errors.push(`${head}no request is specified or request is 0`)
    else if (bound === undefined || parseQuantity(bound).nano === 0n)
      errors.push(`${head}no limit is specified or limit is 0`)
    else {
      const actual = Number(parseQuantity(bound).nano) / Number(parseQuantity(asked).nano)
      if (actual > Number(parseQuantity(ratio).nano) / 1e9)
        errors.push(`${head}provided ratio is ${actual.toFixed(6)}`)
    }
  }
}

function tooSmall(
  type: string,
  name: string,
  min: string,
  asked: string | undefined,
  errors: string[],
  bound?: string,
): void {
  const head = `minimum ${name} usage per ${type} is ${min}`
  if (asked === undefined) errors.push(`${head}.  No request is specified`)
  else if (compareQuantities(asked, min) < 0) errors.push(`${head}, but request is ${asked}`)
  else if (bound !== undefined && compareQuantities(bound, min) < 0)
    errors.push(`${head}, but limit is ${bound}`)
}

const tooLarge = (
  type: string,
  name: string,
  max: string,
  what: string,
  value: string | undefined,
): string => {
  const head = `maximum ${name} usage per ${type} is ${max}`
  return value === undefined ? `${head}.  No ${what} is specified` : `${head}, but ${what} is ${value}`
}

/** PodRequests and PodLimits: the containers' sum, or the largest init container where that is more. */
export function podResources(spec: PodSpec): { requests: Quantities; limits: Quantities } {
  return { requests: total(spec, 'requests'), limits: total(spec, 'limits') }
}

function total(spec: PodSpec, what: 'requests' | 'limits'): Quantities {
  const sum: Quantities = {}
  const add = (into: Quantities, quantities: Quantities | undefined) => {
    for (const name in quantities)
      into[name] =
        into[name] === undefined
          ? quantities[name]!
          : formatQuantity(addQuantities(parseQuantity(into[name]), parseQuantity(quantities[name])))
  }
  const raise = (quantities: Quantities | undefined) => {
    for (const name in quantities)
      if (sum[name] === undefined || compareQuantities(quantities[name]!, sum[name]!) > 0)
        sum[name] = quantities[name]!
  }
  for (const container of spec.containers ?? []) add(sum, container.resources?.[what])
  const sidecars: Quantities = {}
  const peaks: Quantities[] = []
  for (const container of spec.initContainers ?? []) {
    if (container.restartPolicy === 'Always') {
      add(sidecars, container.resources?.[what])
      add(sum, container.resources?.[what])
    } else {
      const peak = { ...sidecars }
      add(peak, container.resources?.[what])
      peaks.push(peak)
    }
  }
  for (const peak of peaks) raise(peak)
  add(sum, what === 'requests' ? spec.overhead : undefined)
  return sum
}
