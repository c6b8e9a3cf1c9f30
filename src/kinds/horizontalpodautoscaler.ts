// HorizontalPodAutoscaler: pkg/apis/autoscaling, pkg/registry/autoscaling/horizontalpodautoscaler.
import { age } from './machinery/duration.ts'
import { defineKind } from './machinery/plain-kind.ts'
import type { HorizontalPodAutoscaler, MetricSpec } from './schema/types.ts'

const maxTargets = 2

/** The part of a metric's spec or status that its type names: `ContainerResource` is in `containerResource`. */
const sourceOf = (metric: MetricSpec | undefined, type: string): any =>
  metric?.[`${type.charAt(0).toLowerCase()}${type.slice(1)}` as 'resource']

function formatTargets({ spec, status }: HorizontalPodAutoscaler): string {
  const metrics = spec.metrics ?? []
  if (!metrics.length) return '<none>'
  const list = metrics.map((metric, i) => {
    const { type } = metric
    const source = sourceOf(metric, type)
    if (!source) return '<unknown type>'
    const current = sourceOf(status.currentMetrics?.[i] as MetricSpec | undefined, type)?.current ?? {}
    const { averageValue, value, averageUtilization } = source.target
    if (type === 'Resource' || type === 'ContainerResource') {
      const percent = (n: number | undefined, none: string) => (n === undefined ? none : `${n}%`)
      return `${source.name}: ${
        averageValue
          ? `${current.averageValue ?? '<unknown>'}/${averageValue}`
          : `${percent(current.averageUtilization, '<unknown>')}/${percent(averageUtilization, '<auto>')}`
      }`
    }
    if (averageValue)
      return `${current.averageValue ?? '<unknown>'}/${averageValue}${type === 'Pods' ? '' : ' (avg)'}`
    return `${current.value ?? '<unknown>'}/${value ?? '<nil>'}`
  })
  const text = list.slice(0, maxTargets).join(', ')
  return list.length > maxTargets ? `${text} + ${list.length - maxTargets} more...` : text
}

export const horizontalPodAutoscaler = defineKind<HorizontalPodAutoscaler>(
  'horizontalpodautoscalers.autoscaling/v2',
  {
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
