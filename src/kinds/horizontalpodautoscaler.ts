// HorizontalPodAutoscaler: pkg/apis/autoscaling, pkg/registry/autoscaling/horizontalpodautoscaler. Stored as autoscaling/v2.
import { dictionary } from '../engine/dictionary.ts'
import { age } from './machinery/duration.ts'
import { type FieldError, forbidden, invalid, notSupported, required } from './machinery/field-error.ts'
import { hpaV1 } from './machinery/hpa-v1.ts'
import { invalidEach } from './machinery/meta-validation.ts'
import { isPathSegmentName } from './machinery/names.ts'
import { defineKind } from './machinery/plain-kind.ts'
import { parseQuantity } from './machinery/quantity.ts'
import type {
  ContainerResourceMetricSource,
  CrossVersionObjectReference,
  ExternalMetricSource,
  HorizontalPodAutoscaler,
  HorizontalPodAutoscalerSpec,
  HPAScalingRules,
  MetricIdentifier,
  MetricSpec,
  MetricTarget,
  ObjectMetricSource,
  PodsMetricSource,
} from './schema/types.ts'

const defaultCpuUtilization = 80
const defaultScaleUp = (): HPAScalingRules => ({
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [
    { type: 'Pods', value: 4, periodSeconds: 15 },
    { type: 'Percent', value: 100, periodSeconds: 15 },
  ],
})
const defaultScaleDown = (): HPAScalingRules => ({
  selectPolicy: 'Max',
  policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
})

function defaults({ spec }: HorizontalPodAutoscaler): void {
  spec.minReplicas ??= 1
  if (!spec.metrics?.length)
    spec.metrics = [
      {
        type: 'Resource',
        resource: {
          name: 'cpu',
          target: { type: 'Utilization', averageUtilization: defaultCpuUtilization },
        },
      },
    ]
  const { behavior } = spec
  // Once one direction has rules, what they leave out is written down for both.
  if (behavior)
    spec.behavior = {
      scaleUp: { ...defaultScaleUp(), ...behavior.scaleUp },
      scaleDown: { ...defaultScaleDown(), ...behavior.scaleDown },
    }
}

const segment = (value: string, field: string): FieldError[] =>
  value ? invalidEach(field, value, isPathSegmentName(value)) : [required(field)]

function validateReference(reference: CrossVersionObjectReference, field: string): FieldError[] {
  const { kind, name, apiVersion = '' } = reference
  const errors = [...segment(kind, `${field}.kind`), ...segment(name, `${field}.name`)]
  const at = `${field}.apiVersion`
  const parts = apiVersion.split('/')
  if (parts.length > 2) errors.push(invalid(at, apiVersion, `unexpected GroupVersion string: ${apiVersion}`))
  else if (parts.length < 2 && kind !== 'ReplicationController')
    errors.push(invalid(at, apiVersion, 'apiVersion must specify API group'))
  return errors
}

const validateIdentifier = ({ name }: MetricIdentifier, field: string): FieldError[] =>
  name
    ? invalidEach(`${field}.name`, name, isPathSegmentName(name))
    : [required(`${field}.name`, 'must specify a metric name')]

const positive = (value: string | undefined): boolean => parseQuantity(value).nano > 0n

function validateTarget(target: MetricTarget, field: string): FieldError[] {
  const { type, averageUtilization } = target
  const errors = type ? [] : [required(`${field}.type`, 'must specify a metric target type')]
  if (!['Utilization', 'Value', 'AverageValue'].includes(type))
    errors.push(invalid(`${field}.type`, type, 'must be either Utilization, Value, or AverageValue'))
  for (const name of ['value', 'averageValue'] as const)
    if (target[name] !== undefined && !positive(target[name]))
      errors.push(invalid(`${field}.${name}`, target[name], 'must be positive'))
  if (averageUtilization !== undefined && averageUtilization < 1)
    errors.push(invalid(`${field}.averageUtilization`, averageUtilization, 'must be greater than 0'))
  return errors
}

type Source = { name: string; container?: string; target: MetricTarget }

function validateResource({ name, container, target }: Source, field: string, inContainer: boolean) {
  const errors = name ? [] : [required(`${field}.name`, 'must specify a resource name')]
  if (inContainer && !container) errors.push(required(`${field}.container`, 'must specify a container'))
  const at = `${field}.target`
  errors.push(...validateTarget(target, at))
  if (target.averageUtilization === undefined && target.averageValue === undefined)
    errors.push(
      required(`${at}.averageUtilization`, 'must set either a target raw value or a target utilization'),
    )
  if (target.averageUtilization !== undefined && target.averageValue !== undefined)
    errors.push(
      forbidden(`${at}.averageValue`, 'may not set both a target raw value and a target utilization'),
    )
  return errors
}

const needsValue = ({ value, averageValue }: MetricTarget, field: string): FieldError[] =>
  value === undefined && averageValue === undefined
    ? [required(`${field}.averageValue`, 'must set either a target value for metric or a per-pod target')]
    : []

/** The sources of metrics, each with what it has of these; seen as having them all. */
type AnySource = ObjectMetricSource & ExternalMetricSource & PodsMetricSource & ContainerResourceMetricSource

/** The types of metrics in the order in which the server looks for their sources. */
const metricTypes: Record<string, (source: AnySource, field: string) => FieldError[]> = dictionary({
  Object: ({ describedObject, metric, target }, field) => [
    ...validateReference(describedObject, `${field}.describedObject`),
    ...validateIdentifier(metric, `${field}.metric`),
    ...validateTarget(target, `${field}.target`),
    ...needsValue(target, `${field}.target`),
  ],
  External: ({ metric, target }, field) => [
    ...validateIdentifier(metric, `${field}.metric`),
    ...validateTarget(target, `${field}.target`),
    ...needsValue(target, `${field}.target`),
    ...(target.value !== undefined && target.averageValue !== undefined
      ? [
          forbidden(
            `${field}.target.value`,
            'may not set both a target value for metric and a per-pod target',
          ),
        ]
      : []),
  ],
  Pods: ({ metric, target }, field) => [
    ...validateIdentifier(metric, `${field}.metric`),
    ...validateTarget(target, `${field}.target`),
    ...(positive(target.averageValue)
      ? []
      : [required(`${field}.target.averageValue`, 'must specify a positive target averageValue')]),
  ],
  Resource: (source, field) => validateResource(source, field, false),
  ContainerResource: (source, field) => validateResource(source, field, true),
})

/** `ContainerResource` is in the field `containerResource`. */
const fieldOf = (type: string) => `${type[0]!.toLowerCase()}${type.slice(1)}` as 'resource'

function validateMetric(metric: MetricSpec, field: string): FieldError[] {
  const { type } = metric
  const known = Object.keys(metricTypes)
  const errors = type ? [] : [required(`${field}.type`, 'must specify a metric source type')]
  if (!known.includes(type)) errors.push(notSupported(`${field}.type`, type, [...known].sort()))
  const present = known.filter(name => metric[fieldOf(name)])
  const first = present[0]
  if (first)
    errors.push(...metricTypes[first]!(metric[fieldOf(first)] as AnySource, `${field}.${fieldOf(first)}`))
  if (known.includes(type) && !metric[fieldOf(type)])
    errors.push(
      required(`${field}.${fieldOf(type)}`, 'must populate information for the given metric source'),
    )
  if (present.length !== 1)
    for (const name of present)
      if (name !== type)
        errors.push(forbidden(`${field}.${fieldOf(name)}`, 'must populate the given metric source only'))
  return errors
}

function validateRules(rules: HPAScalingRules | undefined, field: string): FieldError[] {
  if (!rules) return []
  const { stabilizationWindowSeconds: window = 0, selectPolicy, policies = [], tolerance } = rules
  const errors: FieldError[] = []
  const at = `${field}.stabilizationWindowSeconds`
  if (window < 0) errors.push(invalid(at, window, 'must be greater than or equal to zero'))
  if (window > 3600) errors.push(invalid(at, window, 'must be less than or equal to 3600'))
  const select = ['Disabled', 'Max', 'Min']
  if (selectPolicy !== undefined && !select.includes(selectPolicy))
    errors.push(notSupported(`${field}.selectPolicy`, selectPolicy, select))
  if (!policies.length) errors.push(required(`${field}.policies`, 'must specify at least one Policy'))
  policies.forEach(({ type, value, periodSeconds: period }, i) => {
    const own = `${field}.policies[${i}]`
    if (type !== 'Percent' && type !== 'Pods')
      errors.push(notSupported(`${own}.type`, type, ['Percent', 'Pods']))
    if (value <= 0) errors.push(invalid(`${own}.value`, value, 'must be greater than zero'))
    if (period <= 0) errors.push(invalid(`${own}.periodSeconds`, period, 'must be greater than zero'))
    if (period > 1800)
      errors.push(invalid(`${own}.periodSeconds`, period, 'must be less than or equal to 1800'))
  })
  if (tolerance !== undefined && parseQuantity(tolerance).nano < 0n)
    errors.push(invalid(`${field}.tolerance`, tolerance, 'must be greater than or equal to 0'))
  return errors
}

function validateSpec(spec: HorizontalPodAutoscalerSpec): FieldError[] {
  const { minReplicas, maxReplicas, behavior } = spec
  const errors: FieldError[] = []
  if (minReplicas !== undefined && minReplicas < 1)
    errors.push(invalid('spec.minReplicas', minReplicas, 'must be greater than or equal to 1'))
  if (maxReplicas < 1)
    errors.push(
      maxReplicas === 0
        ? required('spec.maxReplicas', 'must be set and greater than 0')
        : invalid('spec.maxReplicas', maxReplicas, 'must be greater than or equal to 1'),
    )
  if (minReplicas !== undefined && maxReplicas < minReplicas)
    errors.push(invalid('spec.maxReplicas', maxReplicas, 'must be greater than or equal to `minReplicas`'))
  return [
    ...errors,
    ...validateReference(spec.scaleTargetRef, 'spec.scaleTargetRef'),
    ...(spec.metrics ?? []).flatMap((metric, i) => validateMetric(metric, `spec.metrics[${i}]`)),
    ...validateRules(behavior?.scaleUp, 'spec.behavior.scaleUp'),
    ...validateRules(behavior?.scaleDown, 'spec.behavior.scaleDown'),
  ]
}

const maxTargets = 2

function formatTargets({ spec, status }: HorizontalPodAutoscaler): string {
  const metrics = spec.metrics ?? []
  if (!metrics.length) return '<none>'
  const list = metrics.map((metric, i) => {
    const { type } = metric
    const source = metricTypes[type] && metric[fieldOf(type)]
    if (!source) return '<unknown type>'
    const { averageValue, value, averageUtilization } = source.target
    const current: MetricTarget =
      (status.currentMetrics?.[i] as unknown as MetricSpec | undefined)?.[fieldOf(type)]?.[
        'current' as 'target'
      ] ?? ({} as MetricTarget)
    const text = (n: string | undefined) => n ?? '<unknown>'
    if (type === 'Resource' || type === 'ContainerResource') {
      const percent = (n: number | undefined, none: string) => (n === undefined ? none : `${n}%`)
      const shown = averageValue
        ? `${text(current.averageValue)}/${averageValue}`
        : `${percent(current.averageUtilization, '<unknown>')}/${percent(averageUtilization, '<auto>')}`
      return `${source.name}: ${shown}`
    }
    return averageValue
      ? `${text(current.averageValue)}/${averageValue}${type === 'Pods' ? '' : ' (avg)'}`
      : `${text(current.value)}/${value ?? '<nil>'}`
  })
  const shown = list.slice(0, maxTargets).join(', ')
  return list.length > maxTargets ? `${shown} + ${list.length - maxTargets} more...` : shown
}

const validate = ({ spec }: HorizontalPodAutoscaler) => validateSpec(spec)

export const horizontalPodAutoscaler = defineKind<HorizontalPodAutoscaler>(
  'horizontalpodautoscalers.autoscaling/v2',
  {
    versions: [hpaV1],
    defaults,
    validate,
    validateUpdate: validate,
    row(object, { now }) {
      const { metadata, spec, status } = object
      const { kind, name } = spec.scaleTargetRef
      return [
        metadata.name,
        `${kind}/${name}`,
        formatTargets(object),
        String(spec.minReplicas ?? '<unset>'),
        spec.maxReplicas,
        status.currentReplicas ?? 0,
        age(metadata.creationTimestamp, now),
      ]
    },
  },
)
