// Where a pod may run: affinity, node selectors, tolerations, topology spread. After validateAffinity,
// ValidateTolerations and validateTopologySpreadConstraints.
import {
  duplicate,
  type FieldError,
  forbidden,
  invalid,
  notSupported,
  required,
} from '../machinery/field-error.ts'
import { invalidEach, validateLabelName, validateLabelSelector } from '../machinery/meta-validation.ts'
import { isLabelValue, nameIsDNSLabel, nameIsDNSSubdomain } from '../machinery/names.ts'
import type {
  Affinity,
  LabelSelector,
  NodeSelector,
  NodeSelectorRequirement,
  NodeSelectorTerm,
  PodAffinity,
  PodAffinityTerm,
  Toleration,
  TopologySpreadConstraint,
} from '../schema/types.ts'

function validateNodeRequirement(
  r: NodeSelectorRequirement,
  field: string,
  allowInvalidValues: boolean,
): FieldError[] {
  const values = r.values ?? []
  const errors: FieldError[] = []
  switch (r.operator) {
    case 'In':
    case 'NotIn':
      if (!values.length)
        errors.push(required(`${field}.values`, "must be specified when `operator` is 'In' or 'NotIn'"))
      break
    case 'Exists':
    case 'DoesNotExist':
      if (values.length)
        errors.push(
          forbidden(`${field}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"),
        )
      break
    case 'Gt':
    case 'Lt':
      if (values.length !== 1)
        errors.push(
          required(`${field}.values`, "must be specified single value when `operator` is 'Lt' or 'Gt'"),
        )
      break
    default:
      errors.push(invalid(`${field}.operator`, r.operator, 'not a valid selector operator'))
  }
  errors.push(...validateLabelName(r.key, `${field}.key`))
  if (!allowInvalidValues)
    values.forEach((value, i) => {
      errors.push(...invalidEach(`${field}.values[${i}]`, value, isLabelValue(value)))
    })
  return errors
}

function validateNodeFieldRequirement(r: NodeSelectorRequirement, field: string): FieldError[] {
  const values = r.values ?? []
  const errors: FieldError[] = []
  if (r.operator !== 'In' && r.operator !== 'NotIn')
    errors.push(invalid(`${field}.operator`, r.operator, 'not a valid selector operator'))
  else if (values.length !== 1)
    errors.push(
      required(
        `${field}.values`,
        "must be only one value when `operator` is 'In' or 'NotIn' for node field selector",
      ),
    )
  if (r.key !== 'metadata.name') errors.push(invalid(`${field}.key`, r.key, 'not a valid field selector key'))
  else
    values.forEach((value, i) => {
      errors.push(...invalidEach(`${field}.values[${i}]`, value, nameIsDNSSubdomain(value, false)))
    })
  return errors
}

const validateNodeTerm = (
  term: NodeSelectorTerm,
  field: string,
  allowInvalidValues = false,
): FieldError[] => [
  ...(term.matchExpressions ?? []).flatMap((r, i) =>
    validateNodeRequirement(r, `${field}.matchExpressions[${i}]`, allowInvalidValues),
  ),
  ...(term.matchFields ?? []).flatMap((r, i) =>
    validateNodeFieldRequirement(r, `${field}.matchFields[${i}]`),
  ),
]

export function validateNodeSelector(selector: NodeSelector, field: string): FieldError[] {
  const at = `${field}.nodeSelectorTerms`
  const terms = selector.nodeSelectorTerms ?? []
  return terms.length
    ? terms.flatMap((term, i) => validateNodeTerm(term, `${at}[${i}]`))
    : [required(at, 'must have at least one node selector term')]
}

const weight = (value: number, field: string): FieldError[] =>
  value <= 0 || value > 100 ? [invalid(field, value, 'must be in the range 1-100')] : []

const validateLabelKeys = (
  keys: readonly string[] | undefined,
  selector: LabelSelector | undefined,
  field: string,
): FieldError[] =>
  !keys?.length
    ? []
    : selector
      ? keys.flatMap((key, i) => validateLabelName(key, `${field}[${i}]`))
      : [forbidden(field, 'must not be specified when labelSelector is not set')]

function validateMatchLabelKeys(
  match: readonly string[] | undefined,
  mismatch: readonly string[] | undefined,
  selector: LabelSelector | undefined,
  field: string,
): FieldError[] {
  const errors = [
    ...validateLabelKeys(match, selector, `${field}.matchLabelKeys`),
    ...validateLabelKeys(mismatch, selector, `${field}.mismatchLabelKeys`),
  ]
  if (selector) {
    const seen = new Set(Object.keys(selector.matchLabels ?? {}))
    for (const { key } of selector.matchExpressions ?? []) {
      const i = match?.lastIndexOf(key) ?? -1
      if (i >= 0 && seen.has(key))
        errors.push(invalid(`${field}[${i}]`, key, 'exists in both matchLabelKeys and labelSelector'))
      seen.add(key)
    }
  }
  ;(match ?? []).forEach((key, i) => {
    if (mismatch?.includes(key))
      errors.push(
        invalid(`${field}.matchLabelKeys[${i}]`, key, 'exists in both matchLabelKeys and mismatchLabelKeys'),
      )
  })
  return errors
}

function validatePodTerm(term: PodAffinityTerm, field: string): FieldError[] {
  const key = `${field}.topologyKey`
  return [
    ...validateLabelSelector(term.labelSelector, `${field}.labelSelector`),
    ...validateLabelSelector(term.namespaceSelector, `${field}.namespaceSelector`),
    ...(term.namespaces ?? []).flatMap(name =>
      invalidEach(`${field}.namespace`, name, nameIsDNSLabel(name, false)),
    ),
    ...validateMatchLabelKeys(term.matchLabelKeys, term.mismatchLabelKeys, term.labelSelector, field),
    ...(term.topologyKey ? [] : [required(key, 'can not be empty')]),
    ...validateLabelName(term.topologyKey, key),
  ]
}

const hard = 'requiredDuringSchedulingIgnoredDuringExecution'
const soft = 'preferredDuringSchedulingIgnoredDuringExecution'

const validatePodAffinity = (affinity: PodAffinity | undefined, field: string): FieldError[] =>
  !affinity
    ? []
    : [
        ...(affinity[hard] ?? []).flatMap((term, i) => validatePodTerm(term, `${field}.${hard}[${i}]`)),
        ...(affinity[soft] ?? []).flatMap((term, i) => [
          ...weight(term.weight, `${field}.${soft}[${i}].weight`),
          ...validatePodTerm(term.podAffinityTerm, `${field}.${soft}[${i}].podAffinityTerm`),
        ]),
      ]

export function validateAffinity(affinity: Affinity | undefined, field: string): FieldError[] {
  if (!affinity) return []
  const nodes = affinity.nodeAffinity
  const at = `${field}.nodeAffinity`
  return [
    ...(nodes?.[hard] ? validateNodeSelector(nodes[hard], `${at}.${hard}`) : []),
    ...(nodes?.[soft] ?? []).flatMap((term, i) => [
      ...weight(term.weight, `${at}.${soft}[${i}].weight`),
      ...validateNodeTerm(term.preference, `${at}.${soft}[${i}].preference`, true),
    ]),
    ...validatePodAffinity(affinity.podAffinity, `${field}.podAffinity`),
    ...validatePodAffinity(affinity.podAntiAffinity, `${field}.podAntiAffinity`),
  ]
}

export const taintEffects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']

export const validateTolerations = (
  tolerations: readonly Toleration[] | undefined,
  field: string,
): FieldError[] =>
  (tolerations ?? []).flatMap(
    ({ key = '', operator = '', value = '', effect = '', tolerationSeconds }, i) => {
      const at = `${field}[${i}]`
      const errors = key ? validateLabelName(key, `${at}.key`) : []
      if (!key && operator !== 'Exists')
        errors.push(
          invalid(
            `${at}.operator`,
            operator,
            'operator must be Exists when `key` is empty, which means "match all values and all keys"',
          ),
        )
      if (tolerationSeconds !== undefined && effect !== 'NoExecute')
        errors.push(
          invalid(`${at}.effect`, effect, "effect must be 'NoExecute' when `tolerationSeconds` is set"),
        )
      switch (operator) {
        case '':
        case 'Equal': {
          const faults = isLabelValue(value)
          if (faults.length) errors.push(invalid(`${at}.operator`, value, faults.join(';')))
          break
        }
        case 'Exists':
          if (value)
            errors.push(invalid(`${at}.operator`, value, "value must be empty when `operator` is 'Exists'"))
          break
        default:
          // Lt and Gt too: TaintTolerationComparisonOperators is off unless a cluster turns it on.
          errors.push(notSupported(`${at}.operator`, operator, ['Equal', 'Exists']))
      }
      if (effect && !taintEffects.includes(effect))
        errors.push(notSupported(`${at}.effect`, effect, taintEffects))
      return errors
    },
  )

export const validateTopologySpread = (
  constraints: readonly TopologySpreadConstraint[] | undefined,
  field: string,
): FieldError[] =>
  (constraints ?? []).flatMap((constraint, i, all) => {
    const { maxSkew, topologyKey, whenUnsatisfiable: action, minDomains } = constraint
    const at = `${field}[${i}]`
    const errors: FieldError[] = []
    if (maxSkew <= 0) errors.push(invalid(`${at}.maxSkew`, maxSkew, 'must be greater than zero'))
    if (!topologyKey) errors.push(required(`${at}.topologyKey`, 'can not be empty'))
    if (action !== 'DoNotSchedule' && action !== 'ScheduleAnyway')
      errors.push(notSupported(`${at}.whenUnsatisfiable`, action, ['DoNotSchedule', 'ScheduleAnyway']))
    if (all.slice(i + 1).some(c => c.topologyKey === topologyKey && c.whenUnsatisfiable === action))
      errors.push(duplicate(`${at}.{topologyKey, whenUnsatisfiable}`, `{${topologyKey}, ${action}}`))
    if (minDomains !== undefined) {
      if (minDomains <= 0) errors.push(invalid(`${at}.minDomains`, minDomains, 'must be greater than zero'))
      if (action !== 'DoNotSchedule')
        errors.push(
          invalid(
            `${at}.minDomains`,
            minDomains,
            `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${action}`,
          ),
        )
    }
    for (const name of ['nodeAffinityPolicy', 'nodeTaintsPolicy'] as const) {
      const policy = constraint[name]
      if (policy !== undefined && policy !== 'Honor' && policy !== 'Ignore')
        errors.push(notSupported(`${at}.${name}`, policy, ['Honor', 'Ignore']))
    }
    return [
      ...errors,
      ...validateMatchLabelKeys(constraint.matchLabelKeys, undefined, constraint.labelSelector, at),
      ...validateLabelSelector(constraint.labelSelector, `${at}.labelSelector`),
    ]
  })
