// What the horizontal pod autoscaler makes of one metric: a number of replicas, or why there is none, in its words.
// pkg/controller/podautoscaler/{horizontal.go,replica_calculator.go,metrics/client.go}. The cluster serves no custom and no
// external metrics, so metrics of the types Pods, Object and External fail as they do without an adapter.
import { parseTime } from '../engine/engine.ts'
import { quantityMilliValue, quantityValue } from '../kinds/machinery/quantity.ts'
import type { LabelSelector, MetricSpec, MetricStatus, ResourceMetricSource } from '../kinds/schema/types.ts'
import type { ControllerContext } from './controller.ts'
import { isReady, type Pod } from './pods.ts'

export interface Tolerances {
  readonly up: number
  readonly down: number
}

export interface Proposal {
  readonly replicas: number
  /** What conditions and events call the metric. */
  readonly text: string
  readonly status: MetricStatus
}

export class MetricsError extends Error {
  /** Reason of the event and of the condition. */
  readonly reason: string
  /** The message with the metric's kind before it, for the event about all metrics. */
  readonly summary: string

  constructor(reason: string, message: string, prefix: string) {
    super(message)
    this.reason = reason
    this.summary = `${prefix}: ${message}`
  }
}

const noCustom =
  'unable to fetch metrics from custom metrics API: no custom metrics API (custom.metrics.k8s.io) registered'
const noExternal = (name: string) =>
  `unable to fetch metrics from external metrics API: the server could not find the requested resource (get ${name}.external.metrics.k8s.io)`

/** Throws a MetricsError. */
export function propose(
  metric: MetricSpec,
  namespace: string,
  members: readonly Pod[],
  current: number,
  tolerances: Tolerances,
  context: ControllerContext,
): Proposal {
  switch (metric.type) {
    case 'Resource':
      return byResource(metric.resource!, undefined, members, current, tolerances, context)
    case 'ContainerResource': {
      const { container, ...resource } = metric.containerResource!
      return byResource(resource, container, members, current, tolerances, context)
    }
    case 'Pods': {
      const { name } = metric.pods!.metric
      throw new MetricsError(
        'FailedGetPodsMetric',
        `unable to get metric ${name}: ${noCustom}`,
        'failed to get pods metric value',
      )
    }
    case 'Object': {
      const { metric: of, describedObject } = metric.object!
      throw new MetricsError(
        'FailedGetObjectMetric',
        `unable to get metric ${of.name}: ${describedObject.kind} on ${namespace} ${describedObject.name}/${noCustom}`,
        'failed to get object metric value',
      )
    }
    default: {
      const { name, selector } = metric.external!.metric
      throw new MetricsError(
        'FailedGetExternalMetric',
        `unable to get external metric ${namespace}/${name}/${selectorText(selector)}: ${noExternal(name)}`,
        `failed to get ${name} external metric value`,
      )
    }
  }
}

/** A *metav1.LabelSelector as Go prints it. */
function selectorText(selector: LabelSelector | undefined): string {
  if (!selector) return 'nil'
  const labels = Object.entries(selector.matchLabels ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}: ${value},`)
  const expressions = (selector.matchExpressions ?? []).map(
    ({ key, operator, values = [] }) =>
      `LabelSelectorRequirement{Key:${key},Operator:${operator},Values:[${values.join(' ')}],},`,
  )
  return `&LabelSelector{MatchLabels:map[string]string{${labels.join('')}},MatchExpressions:[]LabelSelectorRequirement{${expressions.join('')}},}`
}

const notServed =
  'unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)'

function byResource(
  { name, target }: ResourceMetricSource,
  container: string | undefined,
  members: readonly Pod[],
  current: number,
  tolerances: Tolerances,
  { settings, engine }: ControllerContext,
): Proposal {
  const { averageUtilization: wanted } = target
  const byUtilization = wanted !== undefined
  const fail = (why: string): never => {
    throw new MetricsError(
      container === undefined ? 'FailedGetResourceMetric' : 'FailedGetContainerResourceMetric',
      `failed to get ${name} ${byUtilization ? 'utilization' : 'usage'}: ${why}`,
      `failed to get ${name} ${container === undefined ? 'resource' : 'container'} metric value`,
    )
  }
  const { podMetrics } = settings
  if (!podMetrics) return fail(`unable to get metrics for resource ${name}: ${notServed}`)
  const field = name === 'cpu' ? 'cpu' : 'memory'
  let used = 0
  let asked = 0
  let counted = 0
  for (const pod of members) {
    const started = pod.status?.startTime ? parseTime(pod.status.startTime) : engine.now
    if (!isReady(pod) && engine.now - started < 30_000) continue
    const usage = podMetrics(pod)
    if (!usage) continue
    const own = container === undefined ? [...usage.values()] : [usage.get(container)]
    counted++
    for (const each of own) {
      if (!each)
        return fail(
          `unable to get metrics for resource ${name}: failed to get container metrics: container ${container} not present in metrics for pod ${pod.metadata.namespace}/${pod.metadata.name}`,
        )
      used += each[field]
    }
    for (const each of pod.spec.containers) {
      if (container !== undefined && each.name !== container) continue
      const request = each.resources?.requests?.[name]
      if (byUtilization && request === undefined)
        fail(`missing request for ${name} in container ${each.name} of Pod ${pod.metadata.name}`)
      asked += name === 'cpu' ? quantityMilliValue(request) : quantityValue(request)
    }
  }
  if (counted === 0)
    fail(`unable to get metrics for resource ${name}: no metrics returned from resource metrics API`)
  const average = Math.floor(used / counted)
  const averageValue = name === 'cpu' ? `${average}m` : String(average)
  const goal = name === 'cpu' ? quantityMilliValue(target.averageValue) : quantityValue(target.averageValue)
  const utilization = byUtilization ? Math.floor((used * 100) / asked) : undefined
  const ratio =
    utilization !== undefined && wanted !== undefined ? utilization / wanted : used / counted / goal
  const within = ratio >= 1 - tolerances.down && ratio <= 1 + tolerances.up
  const currentValue = { ...(utilization !== undefined && { averageUtilization: utilization }), averageValue }
  const of = container === undefined ? 'resource' : 'container resource'
  return {
    replicas: within ? current : Math.ceil(ratio * counted),
    text: byUtilization ? `${name} ${of} utilization (percentage of request)` : `${name} resource`,
    status:
      container === undefined
        ? { type: 'Resource', resource: { name, current: currentValue } }
        : { type: 'ContainerResource', containerResource: { name, container, current: currentValue } },
  }
}
