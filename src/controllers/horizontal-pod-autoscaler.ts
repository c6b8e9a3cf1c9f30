// The horizontal pod autoscaler: every 15 seconds the size of its target from what the target's pods use. The figures
// come from the world's settings; without them it is a cluster without a metrics server, which says so.
// Rules: pkg/controller/podautoscaler; what metrics ask for stands in hpa-metrics.ts, how fast the target follows in
// hpa-behavior.ts.
import { objectKey } from '../api/informer.ts'
import { findKind } from '../kinds/index.ts'
import { equal } from '../kinds/machinery/equality.ts'
import { matches as matchesSelector, parseSelector, selectorFromObject } from '../kinds/machinery/labels.ts'
import type {
  HorizontalPodAutoscaler,
  HorizontalPodAutoscalerCondition,
  HorizontalPodAutoscalerStatus,
  MetricStatus,
  Scale,
} from '../kinds/schema/types.ts'
import { attempt, recorderFor, type StartController } from './controller.ts'
import { resourceOf } from './garbage-collector.ts'
import { type Behavior, Pace, tolerancesOf } from './hpa-behavior.ts'
import { MetricsError, propose } from './hpa-metrics.ts'
import { isActive, type Pod } from './pods.ts'

/** --horizontal-pod-autoscaler-sync-period. */
const periodMs = 15_000

/** The defaults have filled in both directions of its behaviour. */
type Paced = Parameters<Pace['normalize']>[2]
type Autoscaler = HorizontalPodAutoscaler
/** As the controller works it out: with conditions, be there none. */
type FullStatus = HorizontalPodAutoscalerStatus & { conditions: HorizontalPodAutoscalerCondition[] }

interface Verdict {
  readonly replicas: number
  readonly metric: string
  readonly current: MetricStatus[]
}

export const startHorizontalPodAutoscaler: StartController = context => {
  const { client, informers, engine } = context
  const autoscalers = informers.of<Autoscaler>('horizontalpodautoscalers.autoscaling/v2')
  const resource = client.resource<Autoscaler>('horizontalpodautoscalers.autoscaling/v2')
  const recorder = recorderFor(context, 'horizontal-pod-autoscaler')
  const pods = informers.of('pods')
  const paces = new Map<string, Pace>()
  const running = new Set<string>()
  const loop = (key: string) => {
    engine.after(
      periodMs,
      () => {
        const autoscaler = autoscalers.get(key)
        if (!autoscaler) {
          running.delete(key)
          paces.delete(key)
          return
        }
        loop(key)
        if (context.process.running) attempt(context, key, () => reconcile(key, autoscaler))
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
    const { observedGeneration: _, ...before } = autoscaler.status
    const status: FullStatus = { ...before, conditions: [...(before.conditions ?? [])] }
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
    const scale: Scale = answer.body
    const current = scale.spec.replicas ?? 0
    const least = spec.minReplicas ?? 1
    let desired = current
    let reason = ''
    let metricsStatus: MetricStatus[] | undefined
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
      const { replicas, conditions } = paceOf(key).normalize(
        verdict.replicas,
        current,
        spec as Paced,
        engine.now,
      )
      desired = replicas
      for (const { type, status: value, reason: why, message } of conditions)
        set(status, type, value, why, message)
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
      paceOf(key).changed(current, desired, engine.now)
    }
    status.currentReplicas = current
    status.desiredReplicas = desired
    if (metricsStatus) status.currentMetrics = metricsStatus
    write(autoscaler, status)
  }

  function paceOf(key: string): Pace {
    let pace = paces.get(key)
    if (!pace) paces.set(key, (pace = new Pace()))
    return pace
  }

  /** The highest size that one of the metrics asks for. */
  function compute(
    autoscaler: Autoscaler,
    scale: Scale,
    current: number,
    status: FullStatus,
  ): Verdict | undefined {
    const selector = parseSelector(scale.status?.selector ?? '')
    const test = 'error' in selector ? selectorFromObject(null)! : selector
    const members: Pod[] = []
    for (const pod of pods.eachByIndex('namespace', autoscaler.metadata.namespace!)) {
      if (matchesSelector(test, pod.metadata.labels) && isActive(pod)) members.push(pod)
    }
    let best: Verdict | undefined
    const statuses: MetricStatus[] = []
    let failure: MetricsError | undefined
    let invalid = 0
    const metrics = autoscaler.spec.metrics ?? []
    const { namespace = '' } = autoscaler.metadata
    const tolerances = tolerancesOf(autoscaler.spec.behavior as Behavior | undefined)
    for (const metric of metrics) {
      try {
        const found = propose(metric, namespace, members, current, tolerances, context)
        statuses.push(found.status)
        if (!best || found.replicas > best.replicas)
          best = { replicas: found.replicas, metric: found.text, current: statuses }
      } catch (error) {
        if (!(error instanceof MetricsError)) throw error
        invalid++
        failure ??= error
        recorder.event(autoscaler, 'Warning', error.reason, error.message)
      }
    }
    if (failure && (!best || best.replicas < current)) {
      set(
        status,
        'ScalingActive',
        'False',
        failure.reason,
        `the HPA was unable to compute the replica count: ${failure.message}`,
      )
      const text = `invalid metrics (${invalid} invalid out of ${metrics.length}), first error is: ${failure.summary}`
      recorder.event(autoscaler, 'Warning', 'FailedComputeMetricsReplicas', text)
      return undefined
    }
    if (best) {
      const message = `the HPA was able to successfully calculate a replica count from ${best.metric}`
      set(status, 'ScalingActive', 'True', 'ValidMetricFound', message)
    }
    return best
  }

  function set(status: FullStatus, type: string, value: string, reason: string, message: string): void {
    const { conditions } = status
    const i = conditions.findIndex(c => c.type === type)
    const lastTransitionTime =
      conditions[i]?.status === value ? conditions[i]?.lastTransitionTime : engine.timestamp
    const condition = { type, status: value, lastTransitionTime, reason, message }
    if (i < 0) conditions.push(condition)
    else conditions[i] = condition
  }

  function write(autoscaler: Autoscaler, status: FullStatus): void {
    if (!equal(autoscaler.status, status)) resource.updateStatus({ ...autoscaler, status })
  }
}
