// kubectl describe hpa (describeHorizontalPodAutoscalerV2).

import type {
  HorizontalPodAutoscaler,
  HPAScalingRules,
  MetricSpec,
  MetricStatus,
} from '../../kinds/schema/types.ts'
import { type Describer, events, heading, longTime } from './parts.ts'
import type { DescribeWriter } from './writer.ts'

export const describeHorizontalPodAutoscaler: Describer<HorizontalPodAutoscaler> = (hpa, d) => {
  const { w } = d
  const { metadata, spec, status } = hpa
  heading(hpa, d)
  w.line(0, 'CreationTimestamp:', longTime(metadata.creationTimestamp))
  w.line(0, 'Reference:', `${spec.scaleTargetRef.kind}/${spec.scaleTargetRef.name}`)
  w.line(0, 'Metrics:', '( current / target )')
  for (const [i, metric] of (spec.metrics ?? []).entries())
    w.line(1, ...metricCells(metric, status.currentMetrics?.[i]))
  w.line(0, 'Min replicas:', spec.minReplicas ?? '<unset>')
  w.line(0, 'Max replicas:', spec.maxReplicas)
  if (spec.behavior) {
    w.line(0, 'Behavior:')
    directionLines(w, 'Scale Up', spec.behavior.scaleUp)
    directionLines(w, 'Scale Down', spec.behavior.scaleDown)
  }
  w.line(
    0,
    `${spec.scaleTargetRef.kind} pods:`,
    `${status.currentReplicas ?? 0} current / ${status.desiredReplicas ?? 0} desired`,
  )
  if (status.conditions?.length) {
    w.line(0, 'Conditions:')
    w.line(1, 'Type', 'Status', 'Reason', 'Message')
    w.line(1, '----', '------', '------', '-------')
    for (const c of status.conditions) w.line(1, c.type, c.status, c.reason ?? '', c.message ?? '')
  }
  events(hpa, d)
}

function metricCells(metric: MetricSpec, current: MetricStatus | undefined): string[] {
  const source = metric.resource ?? metric.containerResource
  if (source) {
    const now = (current?.resource ?? current?.containerResource)?.current
    const where = metric.resource
      ? 'on pods'
      : `of container ${JSON.stringify(metric.containerResource?.container)} on pods`
    if (source.target.averageUtilization !== undefined) {
      const used =
        now?.averageUtilization === undefined
          ? '<unknown>'
          : `${now.averageUtilization}% (${now.averageValue})`
      return [
        `resource ${source.name} ${where}  (as a percentage of request):`,
        `${used} / ${source.target.averageUtilization}%`,
      ]
    }
    return [
      `resource ${source.name} ${where}:`,
      `${now?.averageValue ?? '<unknown>'} / ${source.target.averageValue ?? source.target.value}`,
    ]
  }
  const named = metric.pods ?? metric.object ?? metric.external
  if (!named) return [`<unknown metric type ${JSON.stringify(metric.type)}>`]
  const now = (current?.pods ?? current?.object ?? current?.external)?.current
  const { averageValue, value } = named.target
  const name = JSON.stringify(named.metric.name)
  const kind = averageValue ? 'average value' : 'value'
  const title = metric.pods
    ? `${name} on pods:`
    : metric.object
      ? `${name} on ${metric.object.describedObject.kind}/${metric.object.describedObject.name} (target ${kind}):`
      : `${name} (target ${kind}):`
  return [title, `${now?.averageValue ?? now?.value ?? '<unknown>'} / ${averageValue ?? value}`]
}

function directionLines(w: DescribeWriter, title: string, rules: HPAScalingRules | undefined): void {
  if (!rules) return
  w.line(1, `${title}:`)
  if (rules.stabilizationWindowSeconds !== undefined)
    w.line(2, `Stabilization Window: ${rules.stabilizationWindowSeconds} seconds`)
  if (!rules.policies?.length) return
  w.line(2, `Select Policy: ${rules.selectPolicy ?? 'Max'}`)
  w.line(2, 'Policies:')
  for (const p of rules.policies)
    w.line(3, `- Type: ${p.type}`, `Value: ${p.value}`, `Period: ${p.periodSeconds} seconds`)
}
