// HorizontalPodAutoscaler as autoscaling/v1 serves it: pkg/apis/autoscaling/v1/conversion.go. What v1 has no field for
// stands in annotations, as JSON of v1's own types.
import type { VersionConversion } from '../kind.ts'
import type { AnyObject } from '../object.ts'

type Json = Record<string, any>

const annotation = (name: string) => `autoscaling.alpha.kubernetes.io/${name}`
const [metricsNote, statusesNote, behaviorNote, conditionsNote] = [
  'metrics',
  'current-metrics',
  'behavior',
  'conditions',
].map(annotation) as [string, string, string, string]

const key = (type: string): string => type[0]!.toLowerCase() + type.slice(1)
const defined = (object: Json): Json =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined))

/** A metric's spec (`part` target) or status (`part` current) in v1's flat form; `prefix` of its value fields. */
function flat(metric: Json, part: 'target' | 'current'): Json {
  const { type } = metric
  const source = metric[key(type)] ?? {}
  const { value, averageValue, averageUtilization } = source[part] ?? {}
  const id = source.metric ?? {}
  const prefixed = (name: string) => part + name
  const byType: Json = {
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
  const { type } = metric
  const source = metric[key(type)] ?? {}
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

const isCpu = ({ type, resource }: Json): boolean => type === 'Resource' && resource?.name === 'cpu'

/** What an annotation holds; what is no JSON is dropped with it. */
function parsed<T>(text: string | undefined): T | undefined {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

function toStored(object: AnyObject): AnyObject {
  const { targetCPUUtilizationPercentage: percentage, ...spec } = object.spec as Json
  const notes = { ...object.metadata.annotations }
  const metrics: Json[] = (parsed<Json[]>(notes[metricsNote]) ?? []).map(full)
  const behavior = parsed<Json>(notes[behaviorNote])
  for (const name of [metricsNote, statusesNote, behaviorNote, conditionsNote]) delete notes[name]
  if (percentage !== undefined)
    metrics.unshift({
      type: 'Resource',
      resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: percentage } },
    })
  const { annotations: _annotations, ...metadata } = object.metadata
  const { currentCPUUtilizationPercentage: _current, ...status } = (object.status ?? {}) as Json
  return {
    ...object,
    apiVersion: 'autoscaling/v2',
    metadata: { ...metadata, ...(Object.keys(notes).length && { annotations: notes }) },
    spec: { ...spec, ...(metrics.length && { metrics }), ...(behavior && { behavior }) },
    status: { ...status, currentMetrics: null },
  }
}

function fromStored(object: AnyObject): AnyObject {
  const { metrics, behavior, ...spec } = object.spec as Json
  const { currentMetrics, conditions, currentReplicas = 0, ...status } = (object.status ?? {}) as Json
  const all: Json[] = metrics ?? []
  const others = all.filter(m => !isCpu(m) || m.resource.target?.averageUtilization === undefined)
  const notes: Record<string, string> = { ...object.metadata.annotations }
  const note = (name: string, value: unknown[] | Json | undefined) => {
    if (value && (!Array.isArray(value) || value.length)) notes[name] = JSON.stringify(value)
    else delete notes[name]
  }
  note(
    metricsNote,
    others.map(m => flat(m, 'target')),
  )
  note(
    statusesNote,
    (currentMetrics ?? []).map((m: Json) => flat(m, 'current')),
  )
  note(behaviorNote, behavior)
  note(conditionsNote, conditions)
  const { annotations: _annotations, ...metadata } = object.metadata
  const names = Object.keys(notes).sort()
  return {
    ...object,
    apiVersion: 'autoscaling/v1',
    metadata: {
      ...metadata,
      ...(names.length && { annotations: Object.fromEntries(names.map(name => [name, notes[name]!])) }),
    },
    spec: defined({
      ...spec,
      targetCPUUtilizationPercentage: all.find(isCpu)?.resource.target?.averageUtilization,
    }),
    status: defined({
      observedGeneration: status.observedGeneration,
      lastScaleTime: status.lastScaleTime,
      currentReplicas,
      desiredReplicas: status.desiredReplicas ?? 0,
      currentCPUUtilizationPercentage: (currentMetrics ?? []).find(isCpu)?.resource.current
        ?.averageUtilization,
    }),
  }
}

export const hpaV1: VersionConversion = {
  group: 'autoscaling',
  version: 'v1',
  schema: 'io.k8s.api.autoscaling.v1.HorizontalPodAutoscaler',
  toStored,
  fromStored,
}
