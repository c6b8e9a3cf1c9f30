// The horizontal pod autoscaler: every 15 seconds the size of its target from what the target's pods use. The figures
// come from the world's settings; without them it is a cluster without a metrics server, which says so.
// Rules: pkg/controller/podautoscaler. Left out: custom and external metrics, container metrics.
import { objectKey } from '../api/informer.ts'
import { parseTime } from '../engine/engine.ts'
import { findKind } from '../kinds/index.ts'
import { equal } from '../kinds/machinery/equality.ts'
import { matches as matchesSelector, parseSelector, selectorFromObject } from '../kinds/machinery/labels.ts'
import { quantityMilliValue, quantityValue } from '../kinds/machinery/quantity.ts'
import type { AnyObject } from '../kinds/object.ts'
import { type ControllerContext, recorderFor, type StartController } from './controller.ts'
import { resourceOf } from './garbage-collector.ts'
import { isActive, isReady, type Pod } from './pods.ts'

const periodMs = 15_000
const tolerance = 0.1
const stabilizationMs = 300_000

type Autoscaler = AnyObject

interface Verdict {
  readonly replicas: number
  readonly metric: string
  readonly current: AnyObject['status'][]
}

class MetricsError extends Error {}

export const startHorizontalPodAutoscaler: StartController = context => {
  const { client, informers, engine } = context
  const autoscalers = informers.of('horizontalpodautoscalers.autoscaling/v2')
  const resource = client.resource('horizontalpodautoscalers.autoscaling/v2')
  const recorder = recorderFor(context, 'horizontal-pod-autoscaler')
  const pods = informers.of('pods')
  /** Recommendations of the last minutes: the target shrinks to the highest only. */
  const history = new Map<string, { at: number; replicas: number }[]>()
  const running = new Set<string>()
  const loop = (key: string) => {
    engine.after(
      periodMs,
      () => {
        const autoscaler = autoscalers.get(key)
        if (!autoscaler) {
          running.delete(key)
          history.delete(key)
          return
        }
        loop(key)
        try {
          reconcile(key, autoscaler)
        } catch (error) {
          context.onError?.(error, key)
        }
      },
      { background: true },
    )
  }
  autoscalers.handle({
    add(autoscaler) {
      const key = objectKey(autoscaler)
      if (running.has(key)) return
      running.add(key)
      loop(key)
    },
  })

  function reconcile(key: string, autoscaler: Autoscaler): void {
    const { spec, metadata } = autoscaler
    const status: AnyObject['status'] = {
      ...autoscaler.status,
      conditions: [...(autoscaler.status?.conditions ?? [])],
    }
    delete status.observedGeneration
    const { apiVersion, kind, name } = spec.scaleTargetRef
    const group = apiVersion?.includes('/') ? apiVersion.split('/')[0]! : ''
    const target = findKind(group, 'v1', kind)
    const path = target && client.resource(resourceOf(target.kind)).path(metadata.namespace, name, 'scale')
    const answer = path ? client.request({ method: 'GET', path }) : undefined
    if (!answer || answer.code >= 300) {
      const why = answer?.body.message ?? `no matches for kind "${kind}" in group "${group}"`
      recorder.event(autoscaler, 'Warning', 'FailedGetScale', why)
      set(
        status,
        'AbleToScale',
        'False',
        'FailedGetScale',
        `the HPA controller was unable to get the target's current scale: ${why}`,
      )
      write(autoscaler, status)
      return
    }
    set(
      status,
      'AbleToScale',
      'True',
      'SucceededGetScale',
      "the HPA controller was able to get the target's current scale",
    )
    const scale = answer.body
    const current: number = scale.spec.replicas ?? 0
    const least: number = spec.minReplicas ?? 1
    let desired = current
    let reason = ''
    let metricsStatus: AnyObject['status'][] | undefined
    if (current === 0 && least !== 0) {
      set(
        status,
        'ScalingActive',
        'False',
        'ScalingDisabled',
        'scaling is disabled since the replica count of the target is zero',
      )
    } else if (current > spec.maxReplicas) {
      reason = 'Current number of replicas above Spec.MaxReplicas'
      desired = spec.maxReplicas
    } else if (current < least) {
      reason = 'Current number of replicas below Spec.MinReplicas'
      desired = least
    } else {
      const verdict = compute(autoscaler, scale, current, status)
      if (!verdict) {
        status.currentReplicas = scale.status?.replicas ?? current
        status.desiredReplicas ??= current
        status.currentMetrics = [{ type: '' }]
        write(autoscaler, status)
        return
      }
      metricsStatus = verdict.current
      desired = stabilize(key, verdict.replicas, current, status)
      desired = limit(desired, least, spec.maxReplicas, status)
      if (desired > current) reason = `${verdict.metric} above target`
      else if (desired < current) reason = 'All metrics below target'
    }
    if (desired !== current) {
      client.call({
        method: 'PUT',
        path: path!,
        body: { ...scale, spec: { ...scale.spec, replicas: desired } },
      })
      set(
        status,
        'AbleToScale',
        'True',
        'SucceededRescale',
        `the HPA controller was able to update the target scale to ${desired}`,
      )
      recorder.event(autoscaler, 'Normal', 'SuccessfulRescale', `New size: ${desired}; reason: ${reason}`)
      status.lastScaleTime = engine.timestamp
    }
    status.currentReplicas = current
    status.desiredReplicas = desired
    if (metricsStatus) status.currentMetrics = metricsStatus
    write(autoscaler, status)
  }

  /** The highest size that one of the metrics asks for. */
  function compute(
    autoscaler: Autoscaler,
    scale: AnyObject,
    current: number,
    status: AnyObject['status'],
  ): Verdict | undefined {
    const selector = parseSelector(scale.status?.selector ?? '')
    const test = 'error' in selector ? selectorFromObject(null)! : selector
    const members: Pod[] = []
    for (const pod of pods.eachByIndex('namespace', autoscaler.metadata.namespace!)) {
      if (matchesSelector(test, pod.metadata.labels) && isActive(pod)) members.push(pod)
    }
    let best: Verdict | undefined
    const statuses: AnyObject['status'][] = []
    let failure: { message: string; name: string } | undefined
    let invalid = 0
    const metrics: any[] = autoscaler.spec.metrics ?? []
    for (const { type, resource: metric } of metrics) {
      try {
        if (type !== 'Resource') throw new MetricsError(`unable to get ${type} metric: no metrics returned`)
        const found = byResource(metric, members, current, context)
        statuses.push(found.status)
        if (!best || found.replicas > best.replicas)
          best = { replicas: found.replicas, metric: found.text, current: statuses }
      } catch (error) {
        if (!(error instanceof MetricsError)) throw error
        invalid++
        failure ??= { message: error.message, name: metric?.name ?? type }
        recorder.event(autoscaler, 'Warning', 'FailedGetResourceMetric', error.message)
      }
    }
    if (failure && (!best || best.replicas < current)) {
      set(
        status,
        'ScalingActive',
        'False',
        'FailedGetResourceMetric',
        `the HPA was unable to compute the replica count: ${failure.message}`,
      )
      const first = `failed to get ${failure.name} resource metric value: ${failure.message}`
      const text = `invalid metrics (${invalid} invalid out of ${metrics.length}), first error is: ${first}`
      recorder.event(autoscaler, 'Warning', 'FailedComputeMetricsReplicas', text)
      return undefined
    }
    if (best) {
      const message = `the HPA was able to successfully calculate a replica count from ${best.metric}`
      set(status, 'ScalingActive', 'True', 'ValidMetricFound', message)
    }
    return best
  }

  function stabilize(key: string, replicas: number, current: number, status: AnyObject['status']): number {
    const records = (history.get(key) ?? []).filter(r => engine.now - r.at <= stabilizationMs)
    records.push({ at: engine.now, replicas })
    history.set(key, records)
    const highest = Math.max(...records.map(r => r.replicas))
    const desired = replicas < current ? Math.min(current, highest) : replicas
    if (desired !== replicas) {
      const message =
        'recent recommendations were higher than current one, applying the highest recent recommendation'
      set(status, 'AbleToScale', 'True', 'ScaleDownStabilized', message)
    } else set(status, 'AbleToScale', 'True', 'ReadyForNewScale', 'recommended size matches current size')
    return desired
  }

  function limit(desired: number, least: number, most: number, status: AnyObject['status']): number {
    if (desired > most)
      set(
        status,
        'ScalingLimited',
        'True',
        'TooManyReplicas',
        'the desired replica count is more than the maximum replica count',
      )
    else if (desired < least)
      set(
        status,
        'ScalingLimited',
        'True',
        'TooFewReplicas',
        'the desired replica count is less than the minimum replica count',
      )
    else
      set(
        status,
        'ScalingLimited',
        'False',
        'DesiredWithinRange',
        'the desired count is within the acceptable range',
      )
    return Math.min(most, Math.max(least, desired))
  }

  function set(
    status: AnyObject['status'],
    type: string,
    value: string,
    reason: string,
    message: string,
  ): void {
    const { conditions } = status
    const i = conditions.findIndex((c: { type: string }) => c.type === type)
    const lastTransitionTime =
      conditions[i]?.status === value ? conditions[i].lastTransitionTime : engine.timestamp
    const condition = { type, status: value, lastTransitionTime, reason, message }
    if (i < 0) conditions.push(condition)
    else conditions[i] = condition
  }

  function write(autoscaler: Autoscaler, status: AnyObject['status']): void {
    if (!equal(autoscaler.status, status)) resource.updateStatus({ ...autoscaler, status })
  }
}

const unavailable =
  'unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)'

function byResource(
  { name, target }: any,
  members: readonly Pod[],
  current: number,
  { settings, engine }: ControllerContext,
) {
  const byUtilization = target.averageUtilization !== undefined
  const what = byUtilization ? `failed to get ${name} utilization` : `failed to get ${name} usage`
  const fail = (why: string): never => {
    throw new MetricsError(`${what}: ${why}`)
  }
  if (!settings.podMetrics) fail(`unable to get metrics for resource ${name}: ${unavailable}`)
  const field = name === 'cpu' ? 'cpu' : 'memory'
  let used = 0
  let asked = 0
  let counted = 0
  for (const pod of members) {
    const started = pod.status?.startTime ? parseTime(pod.status.startTime) : engine.now
    if (!isReady(pod) && engine.now - started < 30_000) continue
    const usage = settings.podMetrics!(pod)
    if (!usage) continue
    counted++
    used += usage[field]
    for (const container of pod.spec.containers) {
      const request = container.resources?.requests?.[name]
      if (byUtilization && request === undefined)
        fail(`missing request for ${name} in container ${container.name} of Pod ${pod.metadata.name}`)
      asked += name === 'cpu' ? quantityMilliValue(request) : quantityValue(request)
    }
  }
  if (counted === 0)
    fail(`unable to get metrics for resource ${name}: no metrics returned from resource metrics API`)
  const average = Math.floor(used / counted)
  const averageValue = name === 'cpu' ? `${average}m` : String(average)
  const goal = name === 'cpu' ? quantityMilliValue(target.averageValue) : quantityValue(target.averageValue)
  const utilization = byUtilization ? Math.floor((used * 100) / asked) : undefined
  const ratio = utilization !== undefined ? utilization / target.averageUtilization : used / counted / goal
  const replicas = Math.abs(ratio - 1) <= tolerance ? current : Math.ceil(ratio * counted)
  const kind = byUtilization ? 'resource utilization (percentage of request)' : 'resource'
  return {
    replicas,
    text: `${name} ${kind}`,
    status: {
      type: 'Resource',
      resource: {
        name,
        current: { ...(utilization !== undefined && { averageUtilization: utilization }), averageValue },
      },
    },
  }
}
