// HorizontalPodAutoscaler as autoscaling/v1 serves it: pkg/apis/autoscaling/v1/conversion.go. What v1 has no field for
// stands in annotations, as JSON of v1's own types.
import type { VersionConversion } from '../kind.ts'
import type { KubeObject } from '../object.ts'
import type {
  AutoscalingV1HorizontalPodAutoscaler,
  HorizontalPodAutoscaler,
  HorizontalPodAutoscalerSpec,
  MetricSpec,
  MetricStatus,
} from '../schema/types.ts'
import { decode } from './decode.ts'

type Json = Readonly<Record<string, unknown>>

const isMap = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
/** What stands there, as far as it is a map. */
const within = (map: Json, name: string): Json => {
  const value = map[name]
  return isMap(value) ? value : {}
}

const specSchema = 'io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerSpec'

const annotation = (name: string) => `autoscaling.alpha.kubernetes.io/${name}`
const [metricsNote, statusesNote, behaviorNote, conditionsNote] = [
  'metrics',
  'current-metrics',
  'behavior',
  'conditions',
].map(annotation) as [string, string, string, string]

const key = (type: string): string => type.charAt(0).toLowerCase() + type.slice(1)
const defined = (object: Json): Json =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined))

/** A metric's spec (`part` target) or status (`part` current) in v1's flat form; `prefix` of its value fields. */
function flat(metric: MetricSpec | MetricStatus, part: 'target' | 'current'): Json {
  const { type } = metric
  const source = within({ ...metric }, key(type))
  const { value, averageValue, averageUtilization } = within(source, part)
  const id = within(source, 'metric')
  const prefixed = (name: string) => part + name
  const byType: Readonly<Record<string, Json>> = {
    Resource: {
      name: source.name,
      container: source.container,
      [prefixed('AverageUtilization')]: averageUtilization,
      [prefixed('AverageValue')]: averageValue,
    },
    Pods: { metricName: id.name, [prefixed('AverageValue')]: averageValue, selector: id.selector },
    Object: {
      target: source.describedObject,
      metricName: id.name,
      [prefixed('Value')]: value,
      selector: id.selector,
      averageValue,
    },
    External: {
      metricName: id.name,
      metricSelector: id.selector,
      [prefixed('Value')]: value,
      [prefixed('AverageValue')]: averageValue,
    },
  }
  return { type, [key(type)]: defined(byType[type === 'ContainerResource' ? 'Resource' : type] ?? {}) }
}

function full(metric: Json): Json {
  const type = String(metric.type ?? '')
  const source = within(metric, key(type))
  const averageValue = source.targetAverageValue ?? source.averageValue
  const { name, container, targetValue: value, targetAverageUtilization: averageUtilization } = source
  const target = defined({
    type: averageUtilization !== undefined ? 'Utilization' : value !== undefined ? 'Value' : 'AverageValue',
    value,
    averageValue,
    averageUtilization,
  })
  const selector = source.selector ?? source.metricSelector
  return {
    type,
    [key(type)]: defined({
      name,
      container,
      describedObject: source.target,
      metric: source.metricName && defined({ name: source.metricName, selector }),
      target,
    }),
  }
}

const isCpu = ({ type, resource }: MetricSpec | MetricStatus): boolean =>
  type === 'Resource' && resource?.name === 'cpu'

/** What an annotation holds; what is no JSON is dropped with it, and so is JSON of another form. */
function parsed<T>(text: string | undefined, is: (value: unknown) => value is T): T | undefined {
  try {
    const value: unknown = text === undefined ? undefined : JSON.parse(text)
    return is(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** A field of the spec as decoding gives it; undefined where it cannot be read. */
function inSpec<Field extends 'metrics' | 'behavior'>(
  field: Field,
  value: unknown,
): HorizontalPodAutoscalerSpec[Field] {
  const { object, error } = decode(specSchema, { [field]: value })
  return error === undefined ? object[field] : undefined
}

/** null stands for an empty one. */
const isMaps = (value: unknown): value is readonly (Json | null)[] =>
  Array.isArray(value) && value.every(each => each === null || isMap(each))

function toStored(object: KubeObject): KubeObject {
  const old = object as AutoscalingV1HorizontalPodAutoscaler
  const { targetCPUUtilizationPercentage: percentage, ...spec } = old.spec
  const notes = { ...old.metadata.annotations }
  const metrics: MetricSpec[] =
    inSpec(
      'metrics',
      parsed(notes[metricsNote], isMaps)?.map(each => full(each ?? {})),
    ) ?? []
  const behavior = inSpec('behavior', parsed(notes[behaviorNote], isMap))
  for (const name of [metricsNote, statusesNote, behaviorNote, conditionsNote]) delete notes[name]
  if (percentage !== undefined)
    metrics.unshift({
      type: 'Resource',
      resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: percentage } },
    })
  const { annotations: _annotations, ...metadata } = old.metadata
  const { currentCPUUtilizationPercentage: _current, ...status } = old.status ?? {}
  const stored = {
    ...old,
    apiVersion: 'autoscaling/v2',
    metadata: { ...metadata, ...(Object.keys(notes).length && { annotations: notes }) },
    spec: { ...spec, ...(metrics.length && { metrics }), ...(behavior && { behavior }) },
    status: { ...status, currentMetrics: null },
  }
  return stored
}

function fromStored(object: KubeObject): KubeObject {
  const stored = object as HorizontalPodAutoscaler
  const { metrics: all = [], behavior, ...spec } = stored.spec
  const {
    currentMetrics,
    conditions,
    currentReplicas = 0,
    ...status
  }: Partial<HorizontalPodAutoscaler['status']> = stored.status ?? {}
  const others = all.filter(m => !isCpu(m) || m.resource?.target.averageUtilization === undefined)
  const notes: Record<string, string> = { ...stored.metadata.annotations }
  const note = (name: string, value: object | undefined) => {
    if (value && (!Array.isArray(value) || value.length)) notes[name] = JSON.stringify(value)
    else delete notes[name]
  }
  note(
    metricsNote,
    others.map(m => flat(m, 'target')),
  )
  note(
    statusesNote,
    (currentMetrics ?? []).map(m => flat(m, 'current')),
  )
  note(behaviorNote, behavior)
  note(conditionsNote, conditions)
  const { annotations: _annotations, ...metadata } = stored.metadata
  const names = Object.keys(notes).sort()
  const shown = {
    ...stored,
    apiVersion: 'autoscaling/v1',
    metadata: {
      ...metadata,
      ...(names.length && { annotations: Object.fromEntries(names.map(name => [name, notes[name]!])) }),
    },
    spec: defined({
      ...spec,
      targetCPUUtilizationPercentage: all.find(isCpu)?.resource?.target.averageUtilization,
    }),
    status: defined({
      observedGeneration: status.observedGeneration,
      lastScaleTime: status.lastScaleTime,
      currentReplicas,
      desiredReplicas: status.desiredReplicas ?? 0,
      currentCPUUtilizationPercentage: (currentMetrics ?? []).find(isCpu)?.resource?.current
        .averageUtilization,
    }),
  }
  return shown
}

export const hpaV1: VersionConversion = {
  group: 'autoscaling',
  version: 'v1',
  schema: 'io.k8s.api.autoscaling.v1.HorizontalPodAutoscaler',
  toStored,
  fromStored,
}
